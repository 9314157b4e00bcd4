import * as tf from '@tensorflow/tfjs-core';
import { describe } from './check-shapes';
import { LossError } from './loss-error';

/**
 * Weights of samples by how many of their keypoints are labelled, for weightedMean: the sample's number of keypoints of
 * weight above 0, divided by the batch's mean of it.
 *
 * @param weight  [N, K], keypoint weights
 * @returns [N], of mean 1; all 0 where no sample has a labelled keypoint
 * @throws LossError when weight is not [N, K] or empty
 */
export function labelledKeypointWeights(weight: tf.Tensor2D): tf.Tensor1D {
  if (weight.shape.length !== 2 || weight.size === 0) {
    throw new LossError(`Expected weight [N, K], not empty, found ${describe(weight.shape)}`);
  }
  return tf.tidy(() => {
    const labelled = tf.sum(tf.cast(tf.greater(weight, 0), 'float32'), 1);
    return tf.divNoNan(labelled, tf.mean(labelled)) as tf.Tensor1D;
  });
}
