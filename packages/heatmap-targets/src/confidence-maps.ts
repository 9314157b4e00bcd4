import { checkChoice, checkPeople, checkSigmas } from './check-arguments';
import { stepsOf } from './heatmap-layout';
import { checkFrame, type FrameOptions, type PeopleOptions } from './heatmap-options';
import { room } from './room';

export interface ConfidenceMapOptions extends FrameOptions, PeopleOptions {
  /** standard deviation, network input pixels; default 7 */
  sigma?: number;
  /** where people overlap: the larger value (the paper's, the default), or their sum limited to 1 (the repository's) */
  rule?: 'max' | 'sum';
}

/** Half of the squared distance in sigmas from which on a peak is cut to 0: exp(-4.6052) is 0.01. */
const CUT = 4.6052;

/**
 * OpenPose's confidence maps with background (Cao et al. 2017, section 2.2, eq. 6-7;
 * pytorch_Realtime_Multi-Person_Pose_Estimation lib/datasets/heatmap.py). Cells stand at the centres of their squares:
 * cell j at stride * j + stride / 2 - 0.5 of the input. The paper takes the maximum over people, the repository adds.
 *
 * @param people flat [x, y, v] triplets per person, network input pixels; v = 0 means not labelled
 * @param into   room for the result, to be used again (it is cleared); default a new array
 * @returns shape [height, width, K + 1] or, with layout 'khw', [K + 1, height, width]; the last channel is the background,
 *          1 - the largest of the others
 * @throws TargetError when people differ in their number of keypoints, a labelled one is not finite, or sizes do not fit
 */
export function confidenceMaps(
  people: readonly ArrayLike<number>[],
  options: ConfidenceMapOptions,
  into?: Float32Array,
): Float32Array {
  const { inputSize, heatmapSize, layout = 'hwk', sigma = 7, rule = 'max' } = options;
  checkFrame(options);
  checkSigmas({ sigma });
  checkChoice('rule', rule, ['max', 'sum']);
  const count = checkPeople(people, options.keypointCount);
  const [width, height] = heatmapSize;
  const maps = room('into', into, width * height * (count + 1));
  const steps = stepsOf(layout, heatmapSize, count + 1);
  const background = count * steps.channel;
  for (let row = 0; row < height; row++) {
    for (let column = 0, i = background + row * steps.y; column < width; column++, i += steps.x) maps[i] = 1;
  }

  const across = squaredDistances(inputSize[0], width, sigma);
  const down = squaredDistances(inputSize[1], height, sigma);
  for (const keypoints of people) {
    for (let k = 0; k < count; k++) {
      if (keypoints[3 * k + 2] === 0) continue;
      across.measure(keypoints[3 * k]);
      down.measure(keypoints[3 * k + 1]);
      for (let row = down.first; row < down.last; row++) {
        const [farY, bellY] = [down.halfSquares[row], down.bell[row]];
        let cell = row * steps.y + across.first * steps.x;
        for (let column = across.first; column < across.last; column++, cell += steps.x) {
          if (across.halfSquares[column] + farY > CUT) continue;
          const value = across.bell[column] * bellY;
          const i = cell + k * steps.channel;
          if (rule === 'sum') maps[i] = Math.min(1, maps[i] + value);
          else if (value > maps[i]) maps[i] = value;
          // people only ever raise a map, so the background only falls
          const rest = 1 - maps[i];
          if (rest < maps[cell + background]) maps[cell + background] = rest;
        }
      }
    }
  }
  return maps;
}

/** Per cell of one axis near a keypoint: half the squared distance in sigmas, and the Gaussian of it. */
function squaredDistances(inputLength: number, length: number, sigma: number) {
  const stride = inputLength / length;
  const reach = Math.sqrt(2 * CUT) * sigma;
  const axis = {
    first: 0,
    last: 0,
    halfSquares: new Float64Array(length),
    bell: new Float64Array(length),
    measure(at: number) {
      const middle = (at + 0.5) / stride - 0.5; // in cells
      axis.first = Math.max(Math.floor(middle - reach / stride), 0);
      axis.last = Math.min(Math.ceil(middle + reach / stride) + 1, length);
      for (let cell = axis.first; cell < axis.last; cell++) {
        const distance = (cell * stride + stride / 2 - 0.5 - at) / sigma;
        axis.halfSquares[cell] = (distance * distance) / 2;
        axis.bell[cell] = Math.exp(-axis.halfSquares[cell]);
      }
    },
  };
  return axis;
}
