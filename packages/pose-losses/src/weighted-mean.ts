import * as tf from '@tensorflow/tfjs-core';
import { checkPerSample, checkShape, describe } from './check-shapes';

/**
 * The mean of the samples' losses, each as often as its weight says: sum(weights * perSample) / sum(weights), or 0 where
 * all weights are 0. A loss that is not finite makes it not finite, whatever its weight.
 *
 * @param perSample  [N], losses; the gradient goes here
 * @param weights    [N], constants, 0 or more
 * @returns a scalar
 * @throws LossError when the shapes do not belong together
 */
export function weightedMean(perSample: tf.Tensor1D, weights: tf.Tensor1D): tf.Scalar {
  checkPerSample(perSample);
  checkShape('weights', weights, perSample.shape, `for perSample ${describe(perSample.shape)}`);
  return tf.tidy(() => tf.sum(tf.mul(perSample, tf.divNoNan(weights, tf.sum(weights)))) as tf.Scalar);
}
