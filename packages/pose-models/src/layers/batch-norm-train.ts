import * as tf from '@tensorflow/tfjs-core';

/** Called while the batch runs forward; both tensors have shape [C] and live only during the call. */
export type OnBatchStatistics = (mean: tf.Tensor1D, variance: tf.Tensor1D) => void;

/** A backend that has a kernel of this name, and a gradient for it, does each direction in one call; any other gets the composites below. */
const KERNEL = 'BatchNormTrain';

const BATCH_AND_SPACE = [0, 1, 2];

/**
 * Batch normalisation by the statistics of the batch itself (Ioffe and Szegedy 2015, algorithm 1), differentiable in
 * all three tensors: y = scale * (x - mean) / sqrt(variance + epsilon) + offset.
 *
 * @param x        [N, H, W, C]
 * @param scale    [C], gamma
 * @param offset   [C], beta
 * @param epsilon  added to the variance inside the square root
 * @param onStatistics  receives the batch's mean and biased variance (divisor N*H*W), outside of any gradient
 * @returns [N, H, W, C]
 */
export function batchNormTrain(
  x: tf.Tensor4D,
  scale: tf.Tensor1D,
  offset: tf.Tensor1D,
  epsilon: number,
  onStatistics?: OnBatchStatistics,
): tf.Tensor4D {
  if (tf.getKernel(KERNEL, tf.getBackend()) && tf.getGradient(KERNEL)) {
    const [y, mean, variance] = tf.engine().runKernel<tf.Tensor[]>(KERNEL, { x, scale, offset }, { epsilon });
    onStatistics?.(mean as tf.Tensor1D, variance as tf.Tensor1D);
    return y as tf.Tensor4D;
  }
  const normalise = tf.customGrad((...args) => {
    const save = args[3] as tf.GradSaveFunc;
    const [y, mean, variance] = forward(x, scale, offset, epsilon);
    save([x, scale, mean, variance]);
    onStatistics?.(mean as tf.Tensor1D, variance as tf.Tensor1D);
    return { value: y, gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => tf.tidy(() => backward(dy, saved, epsilon)) };
  });
  return normalise(x, scale, offset) as tf.Tensor4D;
}

/** [y, mean, biased variance]; two passes, because E[x^2] - E[x]^2 costs float32 half of its digits. */
function forward(x: tf.Tensor4D, scale: tf.Tensor1D, offset: tf.Tensor1D, epsilon: number): tf.Tensor[] {
  const mean = tf.mean<tf.Tensor1D>(x, BATCH_AND_SPACE);
  const variance = tf.mean<tf.Tensor1D>(tf.square(tf.sub(x, mean)), BATCH_AND_SPACE);
  return [tf.batchNorm4d(x, mean, variance, offset, scale, epsilon), mean, variance];
}

/** [dx, dscale, doffset], with dx = scale * invStd / n * (n * dy - sum(dy) - xhat * sum(dy * xhat)). */
function backward(dy: tf.Tensor, [x, scale, mean, variance]: tf.Tensor[], epsilon: number): tf.Tensor[] {
  const n = x.size / scale.size;
  const invStd = tf.rsqrt(tf.add(variance, epsilon));
  const xhat = tf.mul(tf.sub(x, mean), invStd);
  const dscale = tf.sum(tf.mul(dy, xhat), BATCH_AND_SPACE);
  const doffset = tf.sum(dy, BATCH_AND_SPACE);
  const centred = tf.sub(tf.sub(dy, tf.div(doffset, n)), tf.mul(xhat, tf.div(dscale, n)));
  return [tf.mul(centred, tf.mul(scale, invStd)), dscale, doffset];
}
