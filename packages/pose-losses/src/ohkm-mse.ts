import * as tf from '@tensorflow/tfjs-core';
import { checkHeatmaps, checkKeypointWeight } from './check-shapes';
import { LossError } from './loss-error';
import { squaredKeypointWeight, weightedSquaredError } from './weighted-squared-error';

export interface OhkmMseOptions {
  /** how many keypoints of each sample count, 1 to K; default 8 */
  topk?: number;
}

/**
 * JointsOHKMMSELoss, online hard keypoint mining (leoxiaobin/deep-high-resolution-net.pytorch, lib/core/loss.py): per
 * sample and keypoint half the mean over pixels of (weight * prediction - weight * target)^2, then the mean over the
 * sample's `topk` largest. The others get no gradient. Where fewer are labelled, zeros fill up the mean.
 *
 * @param prediction  heatmaps [N, H, W, K]; the gradient goes here
 * @param target      heatmaps [N, H, W, K], a constant
 * @param weight      [N, K], a constant; 0 for keypoints that are not labelled
 * @returns [N], one loss per sample; the published loss is its mean
 * @throws LossError when the shapes do not belong together or topk is no whole number from 1 to K
 */
export function ohkmMse(
  prediction: tf.Tensor4D,
  target: tf.Tensor4D,
  weight: tf.Tensor2D,
  { topk = 8 }: OhkmMseOptions = {},
): tf.Tensor1D {
  checkHeatmaps(prediction, target);
  checkKeypointWeight(weight, prediction.shape);
  const [batch, , , keypoints] = prediction.shape;
  if (!Number.isInteger(topk) || topk < 1 || topk > keypoints) {
    throw new LossError(`Expected a whole number from 1 to ${keypoints}, the keypoints, for topk, found ${topk}`);
  }
  // The mean is over all keypoints, of which `topk` are not 0.
  return weightedSquaredError(prediction, target, (0.5 * keypoints) / topk, (difference) => {
    const byKeypoint = squaredKeypointWeight(weight);
    if (topk === keypoints) return byKeypoint;
    const losses = tf.mean(tf.mul(tf.square(difference), byKeypoint), [1, 2]);
    const { indices } = tf.topk(losses, topk, false);
    const isHard = tf.sum(tf.oneHot(tf.cast(indices, 'int32'), keypoints), 1);
    return tf.mul(byKeypoint, tf.reshape(isHard, [batch, 1, 1, keypoints]));
  });
}
