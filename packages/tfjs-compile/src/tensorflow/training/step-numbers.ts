import type { GraphBuilder } from '../graph-builder';
import type { AdamUpdate } from './variable-update';

/** Placeholders of the numbers that change from step to step. */
export class StepNumbers {
  readonly learningRate: string;
  readonly #builder: GraphBuilder;
  readonly #adam = new Map<string, { update: AdamUpdate; nodes: [string, string, string] }>();

  constructor(builder: GraphBuilder) {
    this.#builder = builder;
    this.learningRate = scalarPlaceholder(builder);
  }

  /** beta1 and beta2 to the power of the step, and the epsilon of TensorFlow: variables of equal options share them. */
  adam(update: AdamUpdate): readonly [beta1Power: string, beta2Power: string, epsilon: string] {
    const { beta1, beta2, epsilon, steps } = update;
    const key = [beta1, beta2, epsilon, steps].join();
    const add = (): string => scalarPlaceholder(this.#builder);
    const found = this.#adam.get(key) ?? { update, nodes: [add(), add(), add()] };
    this.#adam.set(key, found);
    return found.nodes;
  }

  /** Their values. @param step  steps of this graph, this one included */
  valuesAt(step: number, learningRate: number): Map<string, number> {
    const values = new Map([[this.learningRate, learningRate]]);
    for (const { update, nodes } of this.#adam.values()) {
      const { beta1, beta2, epsilon, steps } = update;
      const power = beta2 ** (steps + step);
      // TensorFlow adds epsilon to the uncorrected root of the second moment, PyTorch to the corrected one.
      const numbers = [beta1 ** (steps + step), power, epsilon * Math.sqrt(1 - power)];
      nodes.forEach((node, i) => values.set(node, numbers[i]));
    }
    return values;
  }
}

const scalarPlaceholder = (builder: GraphBuilder): string => builder.placeholder({ dtype: 'float32', shape: [] });
