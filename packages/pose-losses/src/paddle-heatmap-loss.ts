import type { Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import { checkHeatmaps, checkKeypointWeight } from './check-shapes';
import { LossError } from './loss-error';
import { squaredKeypointWeight, weightedSquaredError } from './weighted-squared-error';

export interface PaddleHeatmapLossOptions {
  /** [N, K], a constant; given: use_target_weight. Left out: every keypoint counts, labelled or not */
  weight?: Tensor2D;
  /** factor of each keypoint's mean square; default 0.5 */
  lossScale?: number;
}

/**
 * KeyPointMSELoss (PaddlePaddle/PaddleDetection, ppdet/modeling/losses/keypoint_loss.py): the batch is split by keypoint;
 * each gives loss_scale times the mean over batch and pixels of (weight * prediction - weight * target)^2, and the loss
 * is the mean of these over all keypoints, of weight 0 too. With weight and the default scale this is jointsMse.
 *
 * @param prediction  heatmaps [N, H, W, K]; the gradient goes here
 * @param target      heatmaps [N, H, W, K], a constant
 * @returns [N], one loss per sample; the published loss is its mean
 * @throws LossError when the shapes do not belong together or lossScale is not above 0
 */
export function paddleHeatmapLoss(
  prediction: Tensor4D,
  target: Tensor4D,
  { weight, lossScale = 0.5 }: PaddleHeatmapLossOptions = {},
): Tensor1D {
  checkHeatmaps(prediction, target);
  if (!(lossScale > 0 && lossScale < Infinity)) {
    throw new LossError(`Expected a number above 0 for lossScale, found ${lossScale}`);
  }
  if (!weight) return weightedSquaredError(prediction, target, lossScale);
  checkKeypointWeight(weight, prediction.shape);
  return weightedSquaredError(prediction, target, lossScale, () => squaredKeypointWeight(weight));
}
