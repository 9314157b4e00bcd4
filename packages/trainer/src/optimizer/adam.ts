import type { AdamUpdate } from '@pose/tfjs-compile';
import { adamStep, adamUpdate, checkAdamOptions, type AdamOptions } from './adam-step';
import { SlotOptimizer, type MovedVariable, type VariableGraphStep, type VariableStep } from './slot-optimizer';

/**
 * Adam (Kingma & Ba 2015, algorithm 1) as torch.optim.Adam. Weight decay is added to the gradient (an L2 penalty), so
 * that it goes through the moments.
 */
export class Adam extends SlotOptimizer {
  readonly #options: Required<Omit<AdamOptions, 'decays' | 'weightDecay'>>;

  /** @throws TrainerError naming the option that is out of its range */
  constructor({ beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, weightDecay = 0, decays }: AdamOptions = {}) {
    super('adam', { slots: 2, decays, penalty: weightDecay });
    this.#options = { beta1, beta2, epsilon };
    checkAdamOptions('adam', { ...this.#options, weightDecay });
  }

  protected move({ variable, gradient, slots, step, learningRate }: VariableStep): MovedVariable {
    return adamStep(variable, gradient, slots, { ...this.#options, learningRate, step });
  }

  protected update(step: VariableGraphStep): AdamUpdate {
    return adamUpdate(step, this.#options);
  }
}
