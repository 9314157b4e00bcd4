import * as tf from '@tensorflow/tfjs-core';
import type { AdamUpdate } from '@pose/tfjs-compile';
import { checkOption } from '../check-option';
import type { Decays, MovedVariable, VariableGraphStep } from './slot-optimizer';

export interface AdamOptions {
  /** Default 0.9. */
  beta1?: number;
  /** Default 0.999. */
  beta2?: number;
  /** Added to the root of the second moment. Default 1e-8. */
  epsilon?: number;
  /** Default 0 in Adam, 0.01 in AdamW. */
  weightDecay?: number;
  /** Default: all. */
  decays?: Decays;
}

/** The numbers of a step; `step` counts from 1. */
export interface AdamAttributes {
  learningRate: number;
  beta1: number;
  beta2: number;
  epsilon: number;
  step: number;
}

/** @throws TrainerError naming the option that is out of its range */
export function checkAdamOptions(kind: string, options: Required<Omit<AdamOptions, 'decays'>>): void {
  const { beta1, beta2, epsilon, weightDecay } = options;
  checkOption(`${kind} beta1`, beta1, 'a number from 0 to below 1', beta1 >= 0 && beta1 < 1);
  checkOption(`${kind} beta2`, beta2, 'a number from 0 to below 1', beta2 >= 0 && beta2 < 1);
  checkOption(`${kind} epsilon`, epsilon, 'a number, 0 or more', epsilon >= 0);
  checkOption(`${kind} weightDecay`, weightDecay, 'a number, 0 or more', weightDecay >= 0);
}

/**
 * One step of Adam (Kingma & Ba 2015, algorithm 1) in PyTorch's form (torch/optim/adam.py): both moments
 * bias-corrected, epsilon outside of the root. Uses the engine's own kernel `AdamUpdate` where it has one.
 *
 * @param value  the variable's, from which the step goes
 */
export function adamStep(
  value: tf.Tensor,
  gradient: tf.Tensor,
  [first, second]: readonly tf.Tensor[],
  attributes: AdamAttributes,
): MovedVariable {
  if (tf.getKernel('AdamUpdate', tf.getBackend())) {
    const inputs = { value, gradient, firstMoment: first, secondMoment: second };
    const next = tf.engine().runKernel<tf.Tensor>('AdamUpdate', inputs, { ...attributes }); // overwrites the moments
    return { value: next, slots: [first, second] };
  }
  const { learningRate, beta1, beta2, epsilon, step } = attributes;
  const m = tf.add(tf.mul(first, beta1), tf.mul(gradient, 1 - beta1));
  const v = tf.add(tf.mul(second, beta2), tf.mul(tf.square(gradient), 1 - beta2));
  const root = tf.add(tf.mul(tf.sqrt(v), 1 / Math.sqrt(1 - beta2 ** step)), epsilon);
  const change = tf.mul(tf.div(m, root), learningRate / (1 - beta1 ** step));
  return { value: tf.sub(value, change), slots: [m, v] };
}

/** The same step for a graph. */
export function adamUpdate(
  { variable, gradient, slots: [firstMoment, secondMoment], steps }: VariableGraphStep,
  options: Pick<AdamAttributes, 'beta1' | 'beta2' | 'epsilon'>,
): AdamUpdate {
  return { kind: 'adam', variable, gradient, firstMoment, secondMoment, ...options, steps };
}
