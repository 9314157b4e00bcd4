import type { Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import { checkHeatmaps, checkKeypointWeight } from './check-shapes';
import { squaredKeypointWeight, weightedSquaredError } from './weighted-squared-error';

/**
 * JointsMSELoss with target weights (Microsoft/human-pose-estimation.pytorch, lib/core/loss.py): half the mean over
 * pixels and keypoints of (weight * prediction - weight * target)^2. Keypoints of weight 0 stay in the denominator.
 *
 * @param prediction  heatmaps [N, H, W, K]; the gradient goes here
 * @param target      heatmaps [N, H, W, K], a constant
 * @param weight      [N, K], a constant; 0 for keypoints that are not labelled
 * @returns [N], one loss per sample; the published loss is its mean
 * @throws LossError when the shapes do not belong together
 */
export function jointsMse(prediction: Tensor4D, target: Tensor4D, weight: Tensor2D): Tensor1D {
  checkHeatmaps(prediction, target);
  checkKeypointWeight(weight, prediction.shape);
  return weightedSquaredError(prediction, target, 0.5, () => squaredKeypointWeight(weight));
}
