export interface Resizing {
  /** [batch, height, width, channels] */
  xShape: [number, number, number, number];
  size: [number, number];
  alignCorners: boolean;
  halfPixelCenters: boolean;
}

/** Where an output's centre lies on the input's axis of pixel centres, when nothing is clamped. */
function position(out: number, inSize: number, outSize: number, { alignCorners, halfPixelCenters }: Resizing): number {
  if (halfPixelCenters) return ((out + 0.5) * inSize) / outSize - 0.5;
  return alignCorners && outSize > 1 ? (out * (inSize - 1)) / (outSize - 1) : (out * inSize) / outSize;
}

const clamp = (at: number, size: number) => Math.min(size - 1, Math.max(0, at));

function resize(r: Resizing, sample: (image: (y: number, x: number) => number, y: number, x: number) => number) {
  const [batch, height, width, channels] = r.xShape;
  const [outHeight, outWidth] = r.size;
  return (x: Float64Array): Float64Array =>
    Float64Array.from({ length: batch * outHeight * outWidth * channels }, (_, i) => {
      const c = i % channels;
      const ox = Math.floor(i / channels) % outWidth;
      const oy = Math.floor(i / channels / outWidth) % outHeight;
      const n = Math.floor(i / channels / outWidth / outHeight);
      const image = (iy: number, ix: number) =>
        x[((n * height + clamp(iy, height)) * width + clamp(ix, width)) * channels + c];
      return sample(image, position(oy, height, outHeight, r), position(ox, width, outWidth, r));
    });
}

/** As torch.nn.functional.interpolate(mode='bilinear') does: beyond the outermost centres the image goes on as it ends. */
export function bilinear(r: Resizing) {
  const [, height, width] = r.xShape;
  return resize(r, (image, y, x) => {
    const [top, left] = [Math.floor(clamp(y, height)), Math.floor(clamp(x, width))];
    const [fy, fx] = [clamp(y, height) - top, clamp(x, width) - left];
    const upper = image(top, left) * (1 - fx) + image(top, left + 1) * fx;
    const lower = image(top + 1, left) * (1 - fx) + image(top + 1, left + 1) * fx;
    return upper * (1 - fy) + lower * fy;
  });
}

/** The pixel whose square the position lies in; with corners aligned, the pixel whose centre is nearest. */
export function nearestNeighbor(r: Resizing) {
  const shift = r.halfPixelCenters || r.alignCorners ? 0.5 : 0;
  return resize(r, (image, y, x) => image(Math.floor(y + shift), Math.floor(x + shift)));
}
