export interface SpaceToBatchGeometry {
  images: number;
  height: number;
  width: number;
  channels: number;
  blockHeight: number;
  blockWidth: number;
  padTop: number;
  padLeft: number;
  /** Sizes of the target's images. */
  outHeight: number;
  outWidth: number;
}

/**
 * Takes padded images apart into one for each pixel of a block: image (by, bx, n) of the target has the pixels
 * (y * blockHeight + by, x * blockWidth + bx) of image n.
 *
 * @param x  [images, height, width, channels]
 * @param target  [blockHeight * blockWidth * images, outHeight, outWidth, channels], overwritten
 */
export function spaceToBatch(x: Float32Array, g: SpaceToBatchGeometry, target: Float32Array): void {
  const { channels } = g;
  target.fill(0);
  for (let by = 0; by < g.blockHeight; by++) {
    for (let bx = 0; bx < g.blockWidth; bx++) {
      for (let n = 0; n < g.images; n++) {
        const image = (by * g.blockWidth + bx) * g.images + n;
        for (let oy = 0; oy < g.outHeight; oy++) {
          const iy = oy * g.blockHeight + by - g.padTop;
          if (iy < 0 || iy >= g.height) continue;
          for (let ox = 0; ox < g.outWidth; ox++) {
            const ix = ox * g.blockWidth + bx - g.padLeft;
            if (ix < 0 || ix >= g.width) continue;
            const from = ((n * g.height + iy) * g.width + ix) * channels;
            const to = ((image * g.outHeight + oy) * g.outWidth + ox) * channels;
            for (let c = 0; c < channels; c++) target[to + c] = x[from + c];
          }
        }
      }
    }
  }
}
