import * as tf from '@tensorflow/tfjs-core';
import { checkHeatmaps, checkShape, describe } from './check-shapes';
import { LossError } from './loss-error';
import { weightedSquaredError } from './weighted-squared-error';

/**
 * CombinedTargetMSELoss with target weights (UDP, Huang et al. 2020; open-mmlab/mmpose, mmpose/models/losses/heatmap_loss.py).
 * Three maps per keypoint, next to each other: a disc and the offsets along x and y, the order of udpCombinedMaps in
 * \@pose/heatmap-targets. Per keypoint half the sum of three means over pixels: (weight * disc error)^2 and, for x and y,
 * (weight * target disc * offset error)^2, so offsets count within the disc only; then the mean over keypoints. Nothing
 * leaves the denominators.
 *
 * @param prediction  [N, H, W, 3K]; the gradient goes here
 * @param target      [N, H, W, 3K], a constant
 * @param weight      [N, K], a constant; 0 for keypoints that are not labelled
 * @returns [N], one loss per sample; the published loss is its mean
 * @throws LossError when the shapes do not belong together
 */
export function udpCombined(prediction: tf.Tensor4D, target: tf.Tensor4D, weight: tf.Tensor2D): tf.Tensor1D {
  checkHeatmaps(prediction, target);
  const { shape } = prediction;
  const [batch, height, width, channels] = shape;
  if (channels % 3 !== 0) {
    throw new LossError(`Expected prediction [N, H, W, 3K], three maps per keypoint, found ${describe(shape)}`);
  }
  const keypoints = channels / 3;
  checkShape('weight', weight, [batch, keypoints], `for prediction ${describe(shape)} of three maps per keypoint`);
  const pixels = height * width;
  // The mean is over 3K maps instead of K keypoints.
  return weightedSquaredError(prediction, target, 1.5, () => {
    const maps = tf.reshape(target, [batch, pixels, keypoints, 3]);
    const discs = tf.slice(maps, [0, 0, 0, 0], [batch, pixels, keypoints, 1]);
    const gates = tf.concat([tf.onesLike(discs), discs, discs], 3);
    const byKeypoint = tf.reshape(weight, [batch, 1, keypoints, 1]);
    return tf.reshape(tf.square(tf.mul(gates, byKeypoint)), shape);
  });
}
