import { keypointDistances, meanDistance } from './keypoint-distances';

/**
 * End-point error: the mean distance of the predicted from the labelled keypoints, over all keypoints of all people
 * together (mmpose mmpose/evaluation/functional/keypoint_eval.py `keypoint_epe`).
 *
 * @param predictions flat [x, y, anything] triplets of each person, pixels of any space
 * @param groundTruth flat [x, y, v] triplets of the same people in the same order and space; v > 0 counts
 * @returns pixels of that space; 0, as there, where nobody has a keypoint
 * @throws CocoEvalError as `pck`
 */
export function epe(predictions: readonly ArrayLike<number>[], groundTruth: readonly ArrayLike<number>[]): number {
  return meanDistance(keypointDistances(predictions, groundTruth, 1));
}
