import * as tf from '@tensorflow/tfjs-core';

/**
 * factor * mean of weight * (prediction - target)^2 over the pixels and channels of each sample. With a gradient of its
 * own: a training step keeps one tensor of the prediction's size for it.
 *
 * @param prediction  [N, H, W, C]; the gradient goes here
 * @param target      [N, H, W, C], a constant
 * @param weigh       gives the weight, broadcast to [N, H, W, C], a constant; it may look at prediction - target.
 *                    Without it every value counts the same
 * @returns [N]
 */
export function weightedSquaredError(
  prediction: tf.Tensor4D,
  target: tf.Tensor4D,
  factor: number,
  weigh?: (difference: tf.Tensor4D) => tf.Tensor,
): tf.Tensor1D {
  const [batch] = prediction.shape;
  const slope = (2 * factor * batch) / prediction.size;
  const loss = tf.customGrad((...args) => {
    const [values, save] = args as [tf.Tensor4D, tf.GradSaveFunc];
    const difference = tf.sub<tf.Tensor4D>(values, target);
    const weighted = weigh ? tf.mul(difference, weigh(difference)) : difference;
    save([weighted]);
    // Pixels first: a single sum over all values loses digits on backends that add up float32 one by one.
    const value = tf.mul(tf.mean(tf.mean(tf.mul(difference, weighted), [1, 2]), 1), factor);
    const gradFunc = (dy: tf.Tensor, [saved]: tf.Tensor[]): tf.Tensor =>
      tf.tidy(() => tf.mul(saved, tf.reshape(tf.mul(dy, slope), [batch, 1, 1, 1])));
    return { value, gradFunc };
  });
  return loss(prediction) as tf.Tensor1D;
}

/** Keypoint weights [N, K] that the published loss multiplies prediction and target by, as a weight [N, 1, 1, K] of the square. */
export function squaredKeypointWeight(weight: tf.Tensor2D): tf.Tensor4D {
  const [batch, keypoints] = weight.shape;
  return tf.tidy(() => tf.reshape(tf.square(weight), [batch, 1, 1, keypoints]));
}
