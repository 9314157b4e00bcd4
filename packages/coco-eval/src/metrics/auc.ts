import { fail, isFiniteNumber } from '../input/json-checks';
import { keypointDistances } from './keypoint-distances';
import { pckAt } from './pck';

export interface AucOptions {
  /** The largest distance of the curve, the same for everybody, in the keypoints' pixels. Default 30. */
  readonly length?: number;
  /** Number of thresholds. Default 20. */
  readonly steps?: number;
}

/**
 * Area under the PCK curve, usual for hands: the mean of PCK at the distances 0, 1 / steps, ..., (steps - 1) / steps of
 * `length`. Equal to mmpose mmpose/evaluation/functional/keypoint_eval.py `keypoint_auc`; the defaults are those of its
 * metric `AUC` in mmpose/evaluation/metrics/keypoint_2d_metrics.py.
 *
 * @param predictions flat [x, y, anything] triplets of each person, pixels of any space
 * @param groundTruth flat [x, y, v] triplets of the same people in the same order and space; v > 0 counts
 * @returns 0 to 1; 0 where nobody has a keypoint
 * @throws CocoEvalError as `pck`, or when the length is not above 0 or the steps are no whole number above 0
 */
export function auc(
  predictions: readonly ArrayLike<number>[],
  groundTruth: readonly ArrayLike<number>[],
  { length = 30, steps = 20 }: AucOptions = {},
): number {
  if (!(isFiniteNumber(length) && length > 0)) fail('params', 'length', 'a number above 0', length);
  if (!(Number.isInteger(steps) && steps > 0)) fail('params', 'steps', 'a whole number above 0', steps);
  const distances = keypointDistances(predictions, groundTruth, length);
  let area = 0;
  for (let step = 0; step < steps; step++) area += pckAt(distances, step / steps).average / steps;
  return area;
}
