import { checkFinite, checkWhole } from '../check-arguments';
import { DecodeError } from '../decode-error';
import type { HeatmapSteps } from '../heatmaps/heatmap-shape';
import { type FieldAlong, fieldByCubic, fieldByNearest } from './read-field';

export interface LineIntegralOptions {
  /**
   * how the fields are read along a limb. 'nearest' (the default): the cell below each sample, and samples that leave the
   * second end out, as pafprocess.cpp does. 'cubic': fields enlarged `stride` times by cubic interpolation, and samples
   * at both ends too, as paf_to_pose.py does
   */
  lineIntegral?: 'nearest' | 'cubic';
  /** samples along a limb (STEP_PAF of pafprocess.h, `num_intermed_pts` of paf_to_pose.py); default 10 */
  samples?: number;
  /** a sample counts for a limb when the field along it is above this (THRESH_VECTOR_SCORE, THRESH_PAF); default 0.05 */
  vectorThreshold?: number;
  /** at least so many samples must count, one more than THRESH_VECTOR_CNT1; default 7 */
  minSamplesAbove?: number;
}

/** The score of a limb from (ax, ay) to (bx, by), network input pixels; NaN where there is none. */
type LineIntegral = (limb: number, ax: number, ay: number, bx: number, by: number) => number;

const { floor, min, sqrt } = Math;

/**
 * How well part affinity fields support a limb between two points (Cao et al. 2017, eq. 10): the mean over the samples of
 * the field's component along the limb, less a penalty for limbs longer than half of the image,
 * min(0, 0.5 * image height / length - 1) (pytorch_Realtime_Multi-Person_Pose_Estimation lib/pafprocess/pafprocess.cpp
 * `process_paf`; lib/utils/paf_to_pose.py `find_connected_joints`). No limb where too few samples are above the
 * threshold, where the score is not above 0, or where both points are one.
 *
 * The samples of most pairs of points are below the threshold: reading ends when too many are.
 */
export function lineIntegral(
  fields: Float32Array,
  steps: HeatmapSteps,
  stride: number,
  options: LineIntegralOptions,
): LineIntegral {
  const { lineIntegral: reading = 'nearest', samples = 10, vectorThreshold = 0.05, minSamplesAbove = 7 } = options;
  checkWhole({ samples });
  checkFinite({ vectorThreshold, minSamplesAbove });
  if (reading !== 'nearest' && reading !== 'cubic') {
    throw new DecodeError(`Expected lineIntegral 'nearest' or 'cubic' but received '${reading as string}'`);
  }
  const isCubic = reading === 'cubic';
  if (isCubic && samples < 2) {
    throw new DecodeError(`Expected at least 2 samples, one at each end, but received ${samples}`);
  }
  const round = isCubic ? roundHalfEven : (value: number) => floor(value + 0.5);
  const intervals = isCubic ? samples - 1 : samples;
  const fieldAlong: FieldAlong = (isCubic ? fieldByCubic : fieldByNearest)(fields, steps, stride);
  const mayFail = samples - minSamplesAbove;
  const halfImage = 0.5 * stride * steps.height;

  return (limb, ax, ay, bx, by) => {
    const dx = bx - ax;
    const dy = by - ay;
    const length = sqrt(dx * dx + dy * dy);
    if (length === 0) return NaN;
    let sum = 0;
    let failed = 0;
    for (let s = 0; s < samples && failed <= mayFail; s++) {
      const along =
        fieldAlong(limb, round(ax + (s * dx) / intervals), round(ay + (s * dy) / intervals), dx, dy) / length;
      sum += along;
      if (!(along > vectorThreshold)) failed++;
    }
    if (!(sum - sum === 0)) {
      throw new DecodeError(
        `Expected finite fields but those of limb ${limb} between (${ax}, ${ay}) and (${bx}, ${by}) add up to ${sum}: has the network diverged?`,
      );
    }
    if (failed > mayFail) return NaN;
    const score = sum / samples + min(0, halfImage / length - 1);
    return score > 0 ? score : NaN;
  };
}

function roundHalfEven(value: number): number {
  const rounded = floor(value + 0.5);
  return rounded - value === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}
