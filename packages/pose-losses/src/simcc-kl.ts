import * as tf from '@tensorflow/tfjs-core';
import { checkShape, describe } from './check-shapes';
import { LossError } from './loss-error';

/** A line of bins per keypoint and axis: [N, K, bins along x] and [N, K, bins along y]. */
export interface SimccLines {
  x: tf.Tensor3D;
  y: tf.Tensor3D;
}

/**
 * KLDiscretLoss of SimCC (Li et al. 2022; leeyegy/SimCC, lib/core/loss.py): per keypoint and axis the mean over bins, not
 * the sum, of target * (ln target - log-softmax of the prediction), times the keypoint's weight; x and y added up, then
 * the mean over keypoints. Keypoints of weight 0 stay in the denominator.
 *
 * @param prediction  logits; the gradient goes here
 * @param target      distributions such as simccLabels of \@pose/heatmap-targets makes, constants; an empty line costs nothing
 * @param weight      [N, K], a constant; 0 for keypoints that are not labelled
 * @returns [N], one loss per sample; the published loss is its mean
 * @throws LossError when the shapes do not belong together
 */
export function simccKl(prediction: SimccLines, target: SimccLines, weight: tf.Tensor2D): tf.Tensor1D {
  const { shape } = prediction.x;
  if (shape.length !== 3 || prediction.x.size === 0 || prediction.y.size === 0) {
    throw new LossError(`Expected prediction.x [N, K, bins] and prediction.y, not empty, found ${describe(shape)}`);
  }
  const [batch, keypoints] = shape;
  const reason = `for prediction.x ${describe(shape)}`;
  checkShape('prediction.y', prediction.y, [batch, keypoints, prediction.y.shape[2]], reason);
  checkShape('target.x', target.x, shape, 'like prediction.x');
  checkShape('target.y', target.y, prediction.y.shape, 'like prediction.y');
  checkShape('weight', weight, [batch, keypoints], reason);
  return tf.tidy(() => {
    const perKeypoint = tf.add(divergence(prediction.x, target.x), divergence(prediction.y, target.y));
    return tf.mean(tf.mul(perKeypoint, weight), 1) as tf.Tensor1D;
  });
}

/** [N, K] */
function divergence(logits: tf.Tensor3D, target: tf.Tensor3D): tf.Tensor {
  const logTarget = tf.log(tf.maximum(target, 1e-30)); // 0 ln 0 is 0
  return tf.mean(tf.mul(target, tf.sub(logTarget, tf.logSoftmax(logits))), 2);
}
