import { reshape, type Tensor1D, type Tensor2D, type Tensor4D } from '@tensorflow/tfjs-core';
import { checkHeatmaps, checkKeypointWeight } from './check-shapes';
import { weightedSquaredError } from './weighted-squared-error';

/**
 * L2Loss with sample weights, as GluonCV trains its pose networks (dmlc/gluon-cv, scripts/pose/simple_pose/train_simple_pose.py;
 * apache/mxnet, python/mxnet/gluon/loss.py): half the mean over pixels and keypoints of weight * (prediction - target)^2.
 * The weight itself counts, not its square: for weights of 0 and 1 this is jointsMse.
 *
 * @param prediction  heatmaps [N, H, W, K]; the gradient goes here
 * @param target      heatmaps [N, H, W, K], a constant
 * @param weight      [N, K], a constant; 0 for keypoints that are not labelled; they stay in the denominator
 * @returns [N], one loss per sample; the published training step takes its mean
 * @throws LossError when the shapes do not belong together
 */
export function gluonL2(prediction: Tensor4D, target: Tensor4D, weight: Tensor2D): Tensor1D {
  checkHeatmaps(prediction, target);
  checkKeypointWeight(weight, prediction.shape);
  const [batch, , , keypoints] = prediction.shape;
  return weightedSquaredError(prediction, target, 0.5, () => reshape(weight, [batch, 1, 1, keypoints]));
}
