import { mapBlur } from './gaussian-blur';
import { DecodeError } from '../decode-error';
import { checkHeatmaps, type HeatmapShape, room, stepsOf } from './heatmap-shape';

export interface RefineOptions extends HeatmapShape {
  /** pixels of the Gaussian blur, odd: 11 for heatmaps of sigma 2, 17 for sigma 3; default 11 */
  blurKernelSize?: number;
}

/** The step from the maximum at (x, y) of a map towards the true one; row-major, blurred to the maximum it had before. */
export type RefineStep = (map: Float64Array, x: number, y: number, width: number, height: number) => [number, number];

/**
 * The common part of `refineDark` and `refineUdp`: each map blurred, zeros outside, and scaled to its old maximum ("modulated",
 * Zhang et al. 2020, eq. 11; mmpose mmpose/codecs/utils/refinement.py), then a step from the point.
 */
export function refinePoints(
  points: Float32Array,
  heatmaps: Float32Array,
  options: RefineOptions,
  into: Float32Array | undefined,
  stepFrom: RefineStep,
): Float32Array {
  const steps = stepsOf(options);
  checkHeatmaps('heatmaps', heatmaps, steps);
  const { width, height, keypoints, batch, perPerson, perKeypoint, perPixel } = steps;
  const count = batch * keypoints;
  if (points.length !== 3 * count) {
    throw new DecodeError(`Expected ${3 * count} numbers in points (${count} triplets) but found ${points.length}`);
  }
  const refined = room(into, points.length);
  const blur = mapBlur(width, height, options.blurKernelSize ?? 11, 'zero');
  const map = new Float64Array(width * height);
  for (let n = 0, o = 0; n < count; n++, o += 3) {
    const [x, y, score] = [points[o], points[o + 1], points[o + 2]];
    if (!(Number.isInteger(x) && x >= 0 && x < width && Number.isInteger(y) && y >= 0 && y < height)) {
      throw new DecodeError(
        `Expected whole pixels of a ${width}x${height} map, as decodeHeatmaps with refine 'none' gives, but point ${n} is (${x}, ${y})`,
      );
    }
    let [dx, dy] = [0, 0];
    if (score > 0) {
      const k = n % keypoints;
      const start = ((n - k) / keypoints) * perPerson + k * perKeypoint;
      for (let i = 0; i < map.length; i++) map[i] = heatmaps[start + i * perPixel];
      blur(map);
      const factor = score / largest(map);
      for (let i = 0; i < map.length; i++) map[i] *= factor;
      // A maximum in a valley of negative values may be blurred away; then there is nothing to step on.
      if (factor > 0 && factor < Infinity) [dx, dy] = stepFrom(map, x, y, width, height);
    }
    refined[o] = x + dx;
    refined[o + 1] = y + dy;
    refined[o + 2] = score;
  }
  return refined;
}

/** One step of Newton's method: the inverse of the Hessian times the gradient, with its sign turned; none where it has no inverse. */
export function newtonStep(dx: number, dy: number, dxx: number, dxy: number, dyy: number): [number, number] {
  const determinant = dxx * dyy - dxy * dxy;
  if (determinant === 0) return [0, 0];
  return [(dxy * dy - dyy * dx) / determinant, (dxy * dx - dxx * dy) / determinant];
}

function largest(values: Float64Array): number {
  let best = -Infinity;
  for (const value of values) if (value > best) best = value;
  return best;
}
