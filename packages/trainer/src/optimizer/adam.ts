import * as tf from '@tensorflow/tfjs-core';
import { adamStep, checkAdamOptions, type AdamOptions } from './adam-step';
import { SlotOptimizer, type MovedVariable, type VariableStep } from './slot-optimizer';

/**
 * Adam (Kingma & Ba 2015, algorithm 1) as torch.optim.Adam. Weight decay is added to the gradient (an L2 penalty), so
 * that it goes through the moments.
 */
export class Adam extends SlotOptimizer {
  readonly #options: Required<Omit<AdamOptions, 'decays'>>;

  /** @throws TrainerError naming the option that is out of its range */
  constructor({ beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, weightDecay = 0, decays }: AdamOptions = {}) {
    super('adam', 2, decays);
    this.#options = { beta1, beta2, epsilon, weightDecay };
    checkAdamOptions('adam', this.#options);
  }

  protected move({ variable, gradient, slots, step, learningRate, decay }: VariableStep): MovedVariable {
    const { weightDecay, ...attributes } = this.#options;
    const slope = decay && weightDecay > 0 ? tf.add(gradient, tf.mul(variable, weightDecay)) : gradient;
    return adamStep(variable, slope, slots, { ...attributes, learningRate, step });
  }
}
