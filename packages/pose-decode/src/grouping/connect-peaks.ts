import { checkWhole } from '../check-arguments';
import { DecodeError } from '../decode-error';
import { checkHeatmaps, type HeatmapShape, stepsOf } from '../heatmaps/heatmap-shape';
import type { Peaks } from './find-peaks';
import { lineIntegral, type LineIntegralOptions } from './line-integral';

export interface ConnectOptions extends Pick<HeatmapShape, 'size' | 'layout'>, LineIntegralOptions {
  /** pairs of keypoint indices, from and to; limb n has channels 2n (x) and 2n + 1 (y) of the fields */
  limbs: readonly (readonly [number, number])[];
  /** network input pixels per cell of the fields; default 8 */
  stride?: number;
}

/** Two peaks that a limb joins. */
export interface Connection {
  /** indices into the peaks */
  from: number;
  to: number;
  /** the line integral */
  score: number;
}

/**
 * The limbs between peaks, each kind by itself (Cao et al. 2017, section 2.4): every pair of peaks that the limb could
 * join is scored by its line integral, then pairs are taken greedily, the best first, each peak at most once.
 *
 * @param peaks  of `findPeaks`, network input pixels
 * @param fields part affinity fields, shape [height, width, 2 * limbs], or [2 * limbs, height, width] with layout 'khw'
 * @returns per limb its connections, best first
 * @throws DecodeError when lengths do not fit, a limb names a keypoint that the peaks do not have, a peak lies outside of the
 *   fields, as when these are of another size than the heatmaps, or NaN or Infinity is read from the fields. Only what lies
 *   between two peaks is read, and of that no more than it takes to see that no limb is there
 */
export function connectPeaks(peaks: Peaks, fields: Float32Array, options: ConnectOptions): Connection[][] {
  const { size, layout, limbs, stride = 8 } = options;
  checkWhole({ stride });
  checkLimbs(limbs, peaks.starts.length - 1);
  const steps = stepsOf({ size, layout, keypoints: 2 * limbs.length });
  checkHeatmaps('fields', fields, steps);
  checkPeaks(peaks, stride * steps.width - 1, stride * steps.height - 1);
  const integral = lineIntegral(fields, steps, stride, options);
  const { points, starts } = peaks;
  const taken = new Uint8Array(points.length / 3);
  return limbs.map(([a, b], limb) => {
    const candidates: Connection[] = [];
    for (let from = starts[a]; from < starts[a + 1]; from++) {
      for (let to = starts[b]; to < starts[b + 1]; to++) {
        const score = integral(limb, points[3 * from], points[3 * from + 1], points[3 * to], points[3 * to + 1]);
        if (score > 0) candidates.push({ from, to, score });
      }
    }
    candidates.sort((one, other) => other.score - one.score);
    taken.fill(0);
    return candidates.filter(({ from, to }) => {
      if (taken[from] || taken[to]) return false;
      taken[from] = taken[to] = 1;
      return true;
    });
  });
}

function checkLimbs(limbs: ConnectOptions['limbs'], keypoints: number): void {
  if (limbs.length === 0) throw new DecodeError('Expected at least one limb but received none');
  limbs.forEach((limb, n) => {
    const isKeypoint = (k: number) => Number.isInteger(k) && k >= 0 && k < keypoints;
    if (limb.length !== 2 || !limb.every(isKeypoint) || limb[0] === limb[1]) {
      throw new DecodeError(
        `Expected two keypoint indices 0..${keypoints - 1} for limbs[${n}] but received [${limb.join(', ')}]`,
      );
    }
  });
}

function checkPeaks({ points, starts }: Peaks, right: number, bottom: number): void {
  const count = starts[starts.length - 1];
  if (points.length !== 3 * count) {
    throw new DecodeError(
      `Expected ${3 * count} numbers in peaks.points, as peaks.starts says, but found ${points.length}`,
    );
  }
  for (let i = 0; i < points.length; i += 3) {
    const [x, y] = [points[i], points[i + 1]];
    if (!(x >= 0 && x <= right && y >= 0 && y <= bottom)) {
      throw new DecodeError(
        `Expected peaks within the fields (x 0..${right}, y 0..${bottom}) but peak ${i / 3} is at (${x}, ${y}): do size and stride fit the network input?`,
      );
    }
  }
}
