import { keypointDistances, meanDistance, type PersonLengths } from './keypoint-distances';

export interface NmeOptions {
  /**
   * What distances are divided by, for each person, in the keypoints' pixels: the distance between the eyes for faces,
   * the box's size; or two numbers, one for x and one for y. A person with 0 is left out.
   */
  readonly lengths: PersonLengths;
}

/**
 * Normalized mean error, usual for faces: the mean distance of the predicted from the labelled keypoints in lengths of
 * the person, over all keypoints of all people together (mmpose mmpose/evaluation/functional/keypoint_eval.py
 * `keypoint_nme`).
 *
 * @param predictions flat [x, y, anything] triplets of each person, pixels of any space
 * @param groundTruth flat [x, y, v] triplets of the same people in the same order and space; v > 0 counts
 * @returns a share of the length, not a percentage; 0, as there, where nobody has a keypoint
 * @throws CocoEvalError as `pck`
 */
export function nme(
  predictions: readonly ArrayLike<number>[],
  groundTruth: readonly ArrayLike<number>[],
  { lengths }: NmeOptions,
): number {
  return meanDistance(keypointDistances(predictions, groundTruth, lengths));
}
