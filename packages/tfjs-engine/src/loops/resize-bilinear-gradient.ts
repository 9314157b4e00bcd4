import { resizeStep, type ResizeSampling } from './resize-sampling';

export interface ResizeGeometry {
  images: number;
  inHeight: number;
  inWidth: number;
  outHeight: number;
  outWidth: number;
  channels: number;
}

/**
 * Bilinear resizing's gradient: each dy goes to the four pixels that it was interpolated from, with the same weights.
 *
 * @param dy  [images, outHeight, outWidth, channels]
 * @param dx  [images, inHeight, inWidth, channels], overwritten
 */
export function resizeBilinearGradient(
  dy: Float32Array,
  g: ResizeGeometry,
  sampling: ResizeSampling,
  dx: Float32Array,
): void {
  const { channels } = g;
  const rows = interpolation(g.inHeight, g.outHeight, sampling);
  const columns = interpolation(g.inWidth, g.outWidth, sampling);
  dx.fill(0);
  let out = 0;
  for (let n = 0; n < g.images; n++) {
    for (const row of rows) {
      const low = (n * g.inHeight + row.low) * g.inWidth;
      const high = (n * g.inHeight + row.high) * g.inWidth;
      for (const column of columns) {
        const lowLow = (low + column.low) * channels;
        const lowHigh = (low + column.high) * channels;
        const highLow = (high + column.low) * channels;
        const highHigh = (high + column.high) * channels;
        for (let c = 0; c < channels; c++, out++) {
          const toHigh = dy[out] * row.weight;
          const toLow = dy[out] - toHigh;
          dx[lowLow + c] += toLow * (1 - column.weight);
          dx[lowHigh + c] += toLow * column.weight;
          dx[highLow + c] += toHigh * (1 - column.weight);
          dx[highHigh + c] += toHigh * column.weight;
        }
      }
    }
  }
}

/** For each output position along an axis, the two inputs that it lies between, and the weight of the second. */
function interpolation(inSize: number, outSize: number, sampling: ResizeSampling) {
  const step = resizeStep(inSize, outSize, sampling);
  return Array.from({ length: outSize }, (_, out) => {
    const at = sampling.halfPixelCenters ? (out + 0.5) * step - 0.5 : out * step;
    const floor = Math.floor(at);
    return { low: Math.max(0, floor), high: Math.min(inSize - 1, Math.ceil(at)), weight: at - floor };
  });
}
