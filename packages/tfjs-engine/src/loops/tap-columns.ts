/** One filter tap over single-channel images: output (oy, ox) meets input (oy * strideHeight + offsetY, ...). */
export interface Tap {
  images: number;
  inHeight: number;
  inWidth: number;
  outHeight: number;
  outWidth: number;
  strideHeight: number;
  strideWidth: number;
  /** The tap's own position less the padding. */
  offsetY: number;
  offsetX: number;
}

/**
 * What one filter tap sees of source [images, inHeight, inWidth], in the order of the convolution's outputs: one row
 * per input channel of the im2col matrix, transposed. Outside of the image are zeros.
 *
 * @param target [images, outHeight, outWidth]
 */
export function tapColumns(source: Float32Array, tap: Tap, target: Float32Array): void {
  const { images, inHeight, inWidth, outHeight, outWidth, strideHeight, strideWidth, offsetY, offsetX } = tap;
  // The run of output columns whose input column lies inside of the image; the rest reads the zero padding.
  const fromX = Math.min(outWidth, Math.max(0, Math.ceil(-offsetX / strideWidth)));
  const toX = Math.max(fromX, Math.min(outWidth, Math.floor((inWidth - 1 - offsetX) / strideWidth) + 1));
  let at = 0;
  for (let image = 0; image < images; image++) {
    for (let oy = 0; oy < outHeight; oy++, at += outWidth) {
      const iy = oy * strideHeight + offsetY;
      if (iy < 0 || iy >= inHeight) {
        target.fill(0, at, at + outWidth);
        continue;
      }
      let from = (image * inHeight + iy) * inWidth + offsetX + fromX * strideWidth;
      for (let ox = 0; ox < fromX; ox++) target[at + ox] = 0;
      for (let ox = fromX; ox < toX; ox++, from += strideWidth) target[at + ox] = source[from];
      for (let ox = toX; ox < outWidth; ox++) target[at + ox] = 0;
    }
  }
}
