import * as tf from '@tensorflow/tfjs-core';
import type { AdamUpdate } from '@pose/tfjs-compile';
import { adamStep, adamUpdate, checkAdamOptions, type AdamOptions } from './adam-step';
import { SlotOptimizer, type MovedVariable, type VariableGraphStep, type VariableStep } from './slot-optimizer';

/**
 * Adam with decoupled weight decay (Loshchilov & Hutter 2019, algorithm 2) as torch.optim.AdamW: before Adam's step, the
 * variable shrinks by the factor 1 - learningRate * weightDecay.
 */
export class AdamW extends SlotOptimizer {
  readonly #options: Required<Omit<AdamOptions, 'decays'>>;

  /** @throws TrainerError naming the option that is out of its range */
  constructor({ beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, weightDecay = 0.01, decays }: AdamOptions = {}) {
    super('adamw', { slots: 2, decays });
    this.#options = { beta1, beta2, epsilon, weightDecay };
    checkAdamOptions('adamw', this.#options);
  }

  protected move({ variable, gradient, slots, step, learningRate, decay }: VariableStep): MovedVariable {
    const { weightDecay, ...attributes } = this.#options;
    const value = decay && weightDecay > 0 ? tf.mul(variable, 1 - learningRate * weightDecay) : variable;
    return adamStep(value, gradient, slots, { ...attributes, learningRate, step });
  }

  protected update(step: VariableGraphStep): AdamUpdate {
    const { weightDecay, ...options } = this.#options;
    return { ...adamUpdate(step, options), weightDecay: step.decay ? weightDecay : 0 };
  }
}
