import { checkWhole } from '../check-arguments';
import { cubicTaps, type CubicTaps } from './cubic-enlargement';
import { DecodeError } from '../decode-error';
import { checkHeatmaps, type HeatmapShape, stepsOf } from '../heatmaps/heatmap-shape';

const { max, min } = Math;

export interface PeakOptions extends Omit<HeatmapShape, 'batch'> {
  /** maps in the array, where others follow those of the keypoints, such as OpenPose's background; default `keypoints` */
  maps?: number;
  /** a peak is above this; default 0.1 */
  peakThreshold?: number;
  /** network input pixels per heatmap pixel, and parts of a pixel that a position is refined to; default 8 */
  stride?: number;
}

/** Where keypoints may be, of any number of people. */
export interface Peaks {
  /** flat [x, y, score] triplets in network input pixels: the peaks of keypoint 0 row by row, then those of keypoint 1, ... */
  points: Float32Array;
  /** K + 1 numbers: keypoint k has the peaks from starts[k] on, up to but without starts[k + 1] */
  starts: Int32Array;
}

/** Cells around a peak, on each side, that its position is refined with. */
const REACH = 2;

/**
 * All peaks of the confidence maps of an image with any number of people (Cao et al. 2017, section 2.2;
 * pytorch_Realtime_Multi-Person_Pose_Estimation lib/utils/paf_to_pose.py `NMS`). A peak is a cell above the threshold
 * and not below its four neighbours. Its position and score are those of the first maximum of the 5x5 cells around it
 * (fewer at the border) after cubic interpolation to `stride` times their size: whole network input pixels, where the
 * heatmap's pixel (x, y) stands at stride * (x + 0.5) - 0.5.
 *
 * @param heatmaps shape [height, width, maps], or [maps, height, width] with layout 'khw'
 * @throws DecodeError when the length does not fit the shape, or a map of a keypoint holds NaN or Infinity
 */
export function findPeaks(heatmaps: Float32Array, options: PeakOptions): Peaks {
  const { keypoints, maps = keypoints, peakThreshold = 0.1, stride = 8 } = options;
  checkWhole({ keypoints, maps, stride });
  if (maps < keypoints)
    throw new DecodeError(`Expected at least keypoints (${keypoints}) for maps but received ${maps}`);
  if (!Number.isFinite(peakThreshold)) {
    throw new DecodeError(`Expected a finite number for peakThreshold but received ${peakThreshold}`);
  }
  const { size, layout } = options;
  const steps = stepsOf({ size, layout, keypoints: maps });
  checkHeatmaps('heatmaps', heatmaps, steps);
  const { width, height, perKeypoint, perPixel } = steps;
  const refine = peakRefinement(heatmaps, width, height, perPixel, cubicTaps(stride));
  const perRow = width * perPixel;
  const points: number[] = [];
  const starts = new Int32Array(keypoints + 1);
  for (let k = 0; k < keypoints; k++) {
    const start = k * perKeypoint;
    for (let y = 0, i = start; y < height; y++) {
      for (let x = 0; x < width; x++, i += perPixel) {
        const value = heatmaps[i];
        // false for NaN and Infinity, of either sign
        if (!(value - value === 0)) {
          throw new DecodeError(
            `Expected finite heatmaps but the map of keypoint ${k} holds ${value} at x ${x}, y ${y}: has the network diverged?`,
          );
        }
        if (value <= peakThreshold) continue;
        if (x > 0 && heatmaps[i - perPixel] > value) continue;
        if (x < width - 1 && heatmaps[i + perPixel] > value) continue;
        if (y > 0 && heatmaps[i - perRow] > value) continue;
        if (y < height - 1 && heatmaps[i + perRow] > value) continue;
        refine(start, x, y, points);
      }
    }
    starts[k + 1] = points.length / 3;
  }
  return { points: Float32Array.from(points), starts };
}

/** A function that appends [x, y, score] of the peak in cell (x, y) of the map that begins at `start`. */
function peakRefinement(heatmaps: Float32Array, width: number, height: number, perPixel: number, taps: CubicTaps) {
  const { factor, first, weights } = taps;
  const side = 2 * REACH + 1;
  const wide = new Float64Array(side * side * factor); // rows of the patch, enlarged along x
  return (start: number, x: number, y: number, points: number[]) => {
    const [left, right] = [max(x - REACH, 0), min(x + REACH, width - 1)];
    const [top, bottom] = [max(y - REACH, 0), min(y + REACH, height - 1)];
    const length = (right - left + 1) * factor;
    for (let row = top, o = 0; row <= bottom; row++) {
      const line = start + row * width * perPixel;
      for (let column = left; column <= right; column++) {
        for (let phase = 0; phase < factor; phase++, o++) {
          let sum = 0;
          for (let tap = 0, i = column + first[phase]; tap < 4; tap++, i++) {
            sum += weights[4 * phase + tap] * heatmaps[line + (i < left ? left : i > right ? right : i) * perPixel];
          }
          wide[o] = sum;
        }
      }
    }
    let best = -Infinity;
    let bestX = 0;
    let bestY = 0;
    for (let row = top; row <= bottom; row++) {
      for (let phase = 0; phase < factor; phase++) {
        const [w0, w1, w2, w3] = weights.subarray(4 * phase, 4 * phase + 4);
        const line = (tap: number) => (min(max(row + first[phase] + tap, top), bottom) - top) * length;
        const [r0, r1, r2, r3] = [line(0), line(1), line(2), line(3)];
        for (let i = 0; i < length; i++) {
          const value = w0 * wide[r0 + i] + w1 * wide[r1 + i] + w2 * wide[r2 + i] + w3 * wide[r3 + i];
          if (value > best) {
            best = value;
            bestX = i;
            bestY = row * factor + phase;
          }
        }
      }
    }
    points.push(factor * left + bestX, bestY, best);
  };
}
