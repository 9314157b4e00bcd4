import * as tf from '@tensorflow/tfjs-core';
import { checkPerSample } from './check-shapes';
import { LossError } from './loss-error';

/**
 * Small-loss selection: the weights that leave out the samples of the largest losses, for weightedMean (Han et al. 2018,
 * Co-teaching, algorithm 1; bhanML/Co-teaching, loss.py: floor((1 - share) * N) samples remain). At least one remains. The
 * ranking stays on the device.
 *
 * @param perSample  [N], losses; no gradient flows through the choice
 * @param dropShare  the share of the batch to leave out, 0 or more and below 1; 0 leaves nobody out
 * @returns [N], 1 for samples that remain and 0 for the others
 * @throws LossError when perSample is not [N] or dropShare out of range
 */
export function smallLossWeights(perSample: tf.Tensor1D, dropShare: number): tf.Tensor1D {
  checkPerSample(perSample);
  if (!(dropShare >= 0 && dropShare < 1)) {
    throw new LossError(`Expected a number from 0 to below 1 for dropShare, found ${dropShare}`);
  }
  const [batch] = perSample.shape;
  const remaining = Math.max(1, Math.floor((1 - dropShare) * batch + 1e-9)); // (1 - 0.9) * 10 is a little below 1
  if (remaining === batch) return tf.ones([batch]);
  const choose = tf.customGrad((...args) => {
    const [losses] = args as [tf.Tensor1D, tf.GradSaveFunc];
    const { indices } = tf.topk(tf.neg(losses), remaining, false);
    const value = tf.cast(tf.sum(tf.oneHot(tf.cast(indices, 'int32'), batch), 0), 'float32');
    return { value, gradFunc: () => tf.zeros([batch]) };
  });
  return choose(perSample) as tf.Tensor1D;
}
