import * as tf from '@tensorflow/tfjs-core';
import type { VariableUpdate } from '@pose/tfjs-compile';
import { checkOption } from '../check-option';
import { TrainerError } from '../trainer-error';
import {
  SlotOptimizer,
  type Decays,
  type MovedVariable,
  type VariableGraphStep,
  type VariableStep,
} from './slot-optimizer';

export interface SgdOptions {
  /** Default 0: none. */
  momentum?: number;
  /** Nesterov's momentum: the step looks one step of the momentum ahead. Default false. */
  nesterov?: boolean;
  /** Added to the gradient times the variable, an L2 penalty. Default 0. */
  weightDecay?: number;
  /** Default: all. */
  decays?: Decays;
}

/** Gradient descent with momentum as torch.optim.SGD: the learning rate multiplies the momentum, not what goes into it. */
export class Sgd extends SlotOptimizer {
  readonly #options: Required<Omit<SgdOptions, 'decays' | 'weightDecay'>>;

  /** @throws TrainerError naming the option that is out of its range */
  constructor({ decays, momentum = 0, nesterov = false, weightDecay = 0 }: SgdOptions = {}) {
    checkOption('sgd momentum', momentum, 'a number, 0 or more', momentum >= 0);
    checkOption('sgd weightDecay', weightDecay, 'a number, 0 or more', weightDecay >= 0);
    if (nesterov && momentum === 0) {
      throw new TrainerError('sgd nesterov: expected a momentum above 0, found 0. Set momentum, such as 0.9.');
    }
    super('sgd', { slots: momentum > 0 ? 1 : 0, decays, penalty: weightDecay });
    this.#options = { momentum, nesterov };
  }

  protected move({ variable, gradient, slots, learningRate }: VariableStep): MovedVariable {
    const { momentum, nesterov } = this.#options;
    if (momentum === 0) return { value: tf.sub(variable, tf.mul(gradient, learningRate)), slots: [] };
    const buffer = tf.add(tf.mul(slots[0], momentum), gradient); // from zero, so that the first is the gradient itself
    const direction = nesterov ? tf.add(gradient, tf.mul(buffer, momentum)) : buffer;
    return { value: tf.sub(variable, tf.mul(direction, learningRate)), slots: [buffer] };
  }

  protected update({ variable, gradient, slots: [velocity] }: VariableGraphStep): VariableUpdate {
    if (this.#options.momentum === 0) return { kind: 'gradient-descent', variable, gradient };
    return { kind: 'momentum', variable, gradient, velocity, ...this.#options };
  }
}
