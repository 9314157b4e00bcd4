import { checkFinite, checkWhole } from '../check-arguments';
import { DecodeError } from '../decode-error';
import { checkHeatmaps, type HeatmapShape, type HeatmapSteps, stepsOf } from '../heatmaps/heatmap-shape';
import { peakRefinement } from './refine-peak';

export interface PeakOptions extends Omit<HeatmapShape, 'batch'> {
  /** maps in the array, where others follow those of the keypoints, such as OpenPose's background; default `keypoints` */
  maps?: number;
  /** a peak is above this; default 0.1, THRESH_HEATMAP of the repository's lib/config/default.py */
  peakThreshold?: number;
  /** network input pixels per heatmap pixel, and parts of a pixel that a position is refined to; default 8 */
  stride?: number;
  /** of each keypoint the cells with the highest values, this many at most; default 127, POSE_MAX_PEOPLE of OpenPose */
  maxPeaks?: number;
}

/** Where keypoints may be, of any number of people. */
export interface Peaks {
  /** flat [x, y, score] triplets in network input pixels: the peaks of keypoint 0 row by row, then those of keypoint 1, ... */
  points: Float32Array;
  /** K + 1 numbers: keypoint k has the peaks from starts[k] on, up to but without starts[k + 1] */
  starts: Int32Array;
}

/**
 * All peaks of the confidence maps of an image with any number of people (Cao et al. 2017, section 2.2;
 * pytorch_Realtime_Multi-Person_Pose_Estimation lib/utils/paf_to_pose.py `NMS`). A peak is a cell above the threshold
 * and not below its four neighbours. Its position and score are those of the first maximum of the 5x5 cells around it
 * (fewer at the border) after cubic interpolation to `stride` times their size: whole network input pixels, where the
 * heatmap's pixel (x, y) stands at stride * (x + 0.5) - 0.5.
 *
 * Every cell of a plateau is a peak, so a flat or noisy map has thousands: `maxPeaks` keeps the highest of them (of equal
 * ones the first). OpenPose has a limit as well (127 in its later versions, 96 before) and keeps the first
 * ones (src/openpose/net/nmsBase.cpp `nmsCpu`); paf_to_pose.py has none.
 *
 * @param heatmaps shape [height, width, maps], or [maps, height, width] with layout 'khw'
 * @throws DecodeError when the length does not fit the shape, or a map of a keypoint holds NaN or Infinity
 */
export function findPeaks(heatmaps: Float32Array, options: PeakOptions): Peaks {
  const { size, layout, keypoints, maps = keypoints, peakThreshold = 0.1, stride = 8, maxPeaks = 127 } = options;
  checkWhole({ keypoints, maps, stride, maxPeaks });
  checkFinite({ peakThreshold });
  if (maps < keypoints) {
    throw new DecodeError(`Expected at least keypoints (${keypoints}) for maps but received ${maps}`);
  }
  const steps = stepsOf({ size, layout, keypoints: maps });
  checkHeatmaps('heatmaps', heatmaps, steps);
  const { width, height, perKeypoint, perPixel } = steps;
  const cells = peakCells(heatmaps, steps, keypoints, peakThreshold).map((all, k) =>
    highest(all, maxPeaks, (cell) => heatmaps[k * perKeypoint + cell * perPixel]),
  );
  const starts = new Int32Array(keypoints + 1);
  cells.forEach(({ length }, k) => (starts[k + 1] = starts[k] + length));
  const points = new Float32Array(3 * starts[keypoints]);
  const refine = peakRefinement(heatmaps, width, height, perPixel, stride);
  for (let k = 0, peak = 0; k < keypoints; k++) {
    for (const cell of cells[k]) {
      const x = cell % width;
      refine(k * perKeypoint, x, (cell - x) / width, points, 3 * peak++);
    }
  }
  return { points, starts };
}

/** The cells of each keypoint's peaks, row by row, out of one pass over the maps. */
function peakCells(
  heatmaps: Float32Array,
  { width, height, perKeypoint, perPixel }: HeatmapSteps,
  keypoints: number,
  peakThreshold: number,
): number[][] {
  const cells: number[][] = Array.from({ length: keypoints }, () => []);
  const perRow = width * perPixel;
  for (let y = 0, cell = 0; y < height; y++) {
    for (let x = 0; x < width; x++, cell++) {
      for (let k = 0, i = cell * perPixel; k < keypoints; k++, i += perKeypoint) {
        const value = heatmaps[i];
        // most cells are below; NaN, Infinity and -Infinity go on
        if (value <= peakThreshold && value > -Infinity) continue;
        if (!(value - value === 0)) {
          throw new DecodeError(
            `Expected finite heatmaps but the map of keypoint ${k} holds ${value} at x ${x}, y ${y}: has the network diverged?`,
          );
        }
        if (x > 0 && heatmaps[i - perPixel] > value) continue;
        if (x < width - 1 && heatmaps[i + perPixel] > value) continue;
        if (y > 0 && heatmaps[i - perRow] > value) continue;
        if (y < height - 1 && heatmaps[i + perRow] > value) continue;
        cells[k].push(cell);
      }
    }
  }
  return cells;
}

/** The `count` cells of highest value, the earlier ones of equal value, in the order in which they came. */
function highest(cells: number[], count: number, valueOf: (cell: number) => number): number[] {
  if (cells.length <= count) return cells;
  const falling = [...cells].sort((one, other) => valueOf(other) - valueOf(one));
  return falling.slice(0, count).sort((one, other) => one - other);
}
