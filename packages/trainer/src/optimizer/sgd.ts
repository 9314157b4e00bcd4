import * as tf from '@tensorflow/tfjs-core';
import { checkOption } from '../check-option';
import { TrainerError } from '../trainer-error';
import { SlotOptimizer, type Decays, type MovedVariable, type VariableStep } from './slot-optimizer';

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
  readonly #options: Required<Omit<SgdOptions, 'decays'>>;

  /** @throws TrainerError naming the option that is out of its range */
  constructor({ decays, momentum = 0, nesterov = false, weightDecay = 0 }: SgdOptions = {}) {
    checkOption('sgd momentum', momentum, 'a number, 0 or more', momentum >= 0);
    checkOption('sgd weightDecay', weightDecay, 'a number, 0 or more', weightDecay >= 0);
    if (nesterov && momentum === 0) {
      throw new TrainerError('sgd nesterov: expected a momentum above 0, found 0. Set momentum, such as 0.9.');
    }
    super('sgd', momentum > 0 ? 1 : 0, decays);
    this.#options = { momentum, nesterov, weightDecay };
  }

  protected move({ variable, gradient, slots, learningRate, decay }: VariableStep): MovedVariable {
    const { momentum, nesterov, weightDecay } = this.#options;
    const slope = decay && weightDecay > 0 ? tf.add(gradient, tf.mul(variable, weightDecay)) : gradient;
    if (momentum === 0) return { value: tf.sub(variable, tf.mul(slope, learningRate)), slots: [] };
    const buffer = tf.add(tf.mul(slots[0], momentum), slope); // from zero, so that the first is the gradient itself
    const direction = nesterov ? tf.add(slope, tf.mul(buffer, momentum)) : buffer;
    return { value: tf.sub(variable, tf.mul(direction, learningRate)), slots: [buffer] };
  }
}
