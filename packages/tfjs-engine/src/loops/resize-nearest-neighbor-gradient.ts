import type { ResizeGeometry } from './resize-bilinear-gradient';
import { resizeStep, type ResizeSampling } from './resize-sampling';

/**
 * Nearest-neighbour resizing's gradient: each dy goes to the pixel that it was copied from.
 *
 * @param round  how the forward pass rounds positions: a position that is an integer but for its last digit may fall
 *               on either side (from 2 to 49 pixels, say), and the gradient must follow
 * @param dy  [images, outHeight, outWidth, channels]
 * @param dx  [images, inHeight, inWidth, channels], overwritten
 */
export function resizeNearestNeighborGradient(
  dy: Float32Array,
  g: ResizeGeometry,
  sampling: ResizeSampling,
  round: (position: number) => number,
  dx: Float32Array,
): void {
  const { channels } = g;
  const rows = nearest(g.inHeight, g.outHeight, sampling, round);
  const columns = nearest(g.inWidth, g.outWidth, sampling, round);
  dx.fill(0);
  let out = 0;
  for (let n = 0; n < g.images; n++) {
    for (const row of rows) {
      for (const column of columns) {
        const at = ((n * g.inHeight + row) * g.inWidth + column) * channels;
        for (let c = 0; c < channels; c++, out++) dx[at + c] += dy[out];
      }
    }
  }
}

/** The input that each output position along an axis is copied from. */
function nearest(
  inSize: number,
  outSize: number,
  sampling: ResizeSampling,
  round: (position: number) => number,
): number[] {
  const step = round(resizeStep(inSize, outSize, sampling));
  return Array.from({ length: outSize }, (_, out) => {
    const at = round((sampling.halfPixelCenters ? out + 0.5 : out) * step);
    return Math.min(inSize - 1, sampling.alignCorners ? Math.round(at) : Math.floor(at));
  });
}
