import * as tf from '@tensorflow/tfjs-core';
import { checkOption } from '../check-option';

/** Gradients that were scaled together, and their norm before. */
export interface ClippedGradients {
  norm: number;
  /** New tensors, to be disposed of by the caller, by the names of the given ones. */
  gradients: tf.NamedTensorMap;
}

/**
 * Scales all gradients by min(1, maxNorm / (norm + 1e-6)), where the norm is the L2 norm of all of them together, as
 * torch.nn.utils.clip_grad_norm_. Where the norm is not finite, the gradients are not either.
 *
 * @throws TrainerError when maxNorm is not above 0
 */
export function clipGradients(gradients: tf.NamedTensorMap, maxNorm: number): ClippedGradients {
  checkOption('clipGradients maxNorm', maxNorm, 'a number above 0', maxNorm > 0);
  const found = Object.entries(gradients).filter(([, gradient]) => gradient); // tf gives null to what cannot be trained
  const norm = globalNorm(found.map(([, gradient]) => gradient));
  const scale = Math.min(1, maxNorm / (norm + 1e-6));
  const clipped = found.map(([name, gradient]) => [name, scale === 1 ? tf.clone(gradient) : tf.mul(gradient, scale)]);
  return { norm, gradients: Object.fromEntries(clipped) as tf.NamedTensorMap };
}

/**
 * The same as a part of a traced function, in which the norm cannot be read: all of it is taken in float32.
 *
 * @returns the scaled gradients, by the names of the given ones
 */
export function clipTracedGradients(gradients: tf.NamedTensorMap, maxNorm: number): tf.NamedTensorMap {
  const norm = tf.sqrt(tf.sum(rowSums(Object.values(gradients))));
  const scale = tf.minimum(1, tf.div(maxNorm, tf.add(norm, 1e-6)));
  const clipped = Object.entries(gradients).map(([name, gradient]) => [name, tf.mul(gradient, scale)] as const);
  return Object.fromEntries(clipped);
}

/** The sum of the rows' sums is taken in float64: one float32 sum over millions of squares would lose digits. */
function globalNorm(gradients: readonly tf.Tensor[]): number {
  if (gradients.length === 0) return 0;
  const sums = tf.tidy(() => rowSums(gradients).dataSync<'float32'>());
  return Math.sqrt(sums.reduce((total, sum) => total + sum, 0));
}

/** The sums of the squares of all rows. */
function rowSums(gradients: readonly tf.Tensor[]): tf.Tensor1D {
  const sums = gradients.map((gradient) => {
    const rows = tf.reshape(gradient, [-1, gradient.shape.at(-1) ?? 1]);
    return tf.sum(tf.square(rows), 1) as tf.Tensor1D;
  });
  return tf.concat1d(sums);
}
