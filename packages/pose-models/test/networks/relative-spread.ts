import * as tf from '@tensorflow/tfjs-core';

/** Standard deviation of a tensor's values, over the one that is expected. */
export function relativeSpread(values: tf.Tensor, expected: number): number {
  return tf.tidy(() => Math.sqrt(tf.moments(values).variance.dataSync()[0]) / expected);
}
