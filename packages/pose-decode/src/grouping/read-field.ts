import type { HeatmapSteps } from '../heatmaps/heatmap-shape';
import { cubicTaps, tapOffsets } from './cubic-enlargement';

/** A limb's field at a whole pixel (x, y) of the network input: its dot product with (dx, dy). */
export type FieldAlong = (limb: number, x: number, y: number, dx: number, dy: number) => number;

/** The field of the cell that the pixel lies in. */
export function fieldByNearest(fields: Float32Array, steps: HeatmapSteps, stride: number): FieldAlong {
  const { width, height, perKeypoint, perPixel } = steps;
  const columns = cellOffsets(stride, width, perPixel);
  const rows = cellOffsets(stride, height, width * perPixel);
  return (limb, x, y, dx, dy) => {
    const i = 2 * limb * perKeypoint + rows[y] + columns[x];
    return dx * fields[i] + dy * fields[i + perKeypoint];
  };
}

/** For each pixel of a line of `length` cells its cell, times `step`. */
function cellOffsets(stride: number, length: number, step: number): Int32Array {
  const offsets = new Int32Array(stride * length);
  for (let cell = 0; cell < length; cell++) offsets.fill(step * cell, stride * cell, stride * (cell + 1));
  return offsets;
}

/** The field enlarged `stride` times by cubic interpolation, along x and then along y, at this pixel alone. */
export function fieldByCubic(fields: Float32Array, steps: HeatmapSteps, stride: number): FieldAlong {
  const { width, height, perKeypoint, perPixel } = steps;
  const taps = cubicTaps(stride);
  const { weights } = taps;
  const columns = tapOffsets(taps, width, perPixel);
  const rows = tapOffsets(taps, height, width * perPixel);
  return (limb, x, y, dx, dy) => {
    const c = 4 * x;
    const wx = 4 * (x % stride);
    const wy = 4 * (y % stride);
    const [c0, c1, c2, c3] = [columns[c], columns[c + 1], columns[c + 2], columns[c + 3]];
    const [w0, w1, w2, w3] = [weights[wx], weights[wx + 1], weights[wx + 2], weights[wx + 3]];
    let alongX = 0;
    let alongY = 0;
    for (let tap = 0; tap < 4; tap++) {
      const ix = 2 * limb * perKeypoint + rows[4 * y + tap];
      const iy = ix + perKeypoint;
      const w = weights[wy + tap];
      alongX += w * (w0 * fields[ix + c0] + w1 * fields[ix + c1] + w2 * fields[ix + c2] + w3 * fields[ix + c3]);
      alongY += w * (w0 * fields[iy + c0] + w1 * fields[iy + c1] + w2 * fields[iy + c2] + w3 * fields[iy + c3]);
    }
    return dx * alongX + dy * alongY;
  };
}
