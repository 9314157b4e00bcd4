import { checkFinite, checkWhole } from '../check-arguments';
import { cubicTaps, enlargedPixel } from './cubic-enlargement';
import { DecodeError } from '../decode-error';
import type { HeatmapSteps } from '../heatmaps/heatmap-shape';

export interface LineIntegralOptions {
  /**
   * how the fields are read along a limb. 'nearest' (the default): the cell below each sample, and samples that leave the
   * second end out, as pafprocess.cpp does. 'cubic': fields enlarged `stride` times by cubic interpolation, and samples
   * at both ends too, as paf_to_pose.py does
   */
  lineIntegral?: 'nearest' | 'cubic';
  /** samples along a limb; default 10 */
  samples?: number;
  /** a sample counts for a limb when the field along it is above this; default 0.05 */
  vectorThreshold?: number;
  /** at least so many samples must count; default 7 */
  minSamplesAbove?: number;
}

/** The score of a limb from (ax, ay) to (bx, by), network input pixels; NaN where there is none. */
export type LineIntegral = (limb: number, ax: number, ay: number, bx: number, by: number) => number;

const { floor, min, sqrt } = Math;

/**
 * How well part affinity fields support a limb between two points (Cao et al. 2017, eq. 10): the mean over the samples of
 * the field's component along the limb, less a penalty for limbs longer than half of the image,
 * min(0, 0.5 * image height / length - 1) (pytorch_Realtime_Multi-Person_Pose_Estimation lib/pafprocess/pafprocess.cpp
 * `process_paf`; lib/utils/paf_to_pose.py `find_connected_joints`). No limb where too few samples are above the
 * threshold, where the score is not above 0, or where both points are one.
 */
export function lineIntegral(
  fields: Float32Array,
  { width, height, perKeypoint, perPixel }: HeatmapSteps,
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
  const taps = cubicTaps(stride);
  const round = isCubic ? roundHalfEven : (value: number) => floor(value + 0.5);
  const intervals = isCubic ? samples - 1 : samples;
  // the field's dot product with (dx, dy)
  const nearest = (channel: number, x: number, y: number, dx: number, dy: number) => {
    const cell = floor(y / stride) * width + floor(x / stride);
    const i = channel * perKeypoint + cell * perPixel;
    return dx * fields[i] + dy * fields[i + perKeypoint];
  };
  const cubic = (channel: number, x: number, y: number, dx: number, dy: number) => {
    const component = (start: number) => enlargedPixel(taps, fields, start, perPixel, width, height, x, y);
    return dx * component(channel * perKeypoint) + dy * component((channel + 1) * perKeypoint);
  };
  const fieldAlong = isCubic ? cubic : nearest;

  return (limb, ax, ay, bx, by) => {
    const [dx, dy] = [bx - ax, by - ay];
    const length = sqrt(dx * dx + dy * dy);
    if (length === 0) return NaN;
    let sum = 0;
    let above = 0;
    for (let s = 0; s < samples; s++) {
      const x = round(ax + (s * dx) / intervals);
      const y = round(ay + (s * dy) / intervals);
      const along = fieldAlong(2 * limb, x, y, dx, dy) / length;
      sum += along;
      if (along > vectorThreshold) above++;
    }
    const score = sum / samples + min(0, (0.5 * stride * height) / length - 1);
    if (!(score - score === 0)) {
      throw new DecodeError(
        `Expected finite fields but those of limb ${limb} between (${ax}, ${ay}) and (${bx}, ${by}) add up to ${sum}: has the network diverged?`,
      );
    }
    return above >= minSamplesAbove && score > 0 ? score : NaN;
  };
}

function roundHalfEven(value: number): number {
  const rounded = floor(value + 0.5);
  return rounded - value === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}
