import * as tf from '@tensorflow/tfjs-core';
import { checkOption } from '../check-option';
import type { NamedVariables } from '../optimizer/optimizer';
import { packTensors, unpackTensors } from '../optimizer/pack-tensors';

/** An average as plain numbers, for a checkpoint. */
export interface WeightAverageState {
  names: string[];
  /** Of every variable, one after the other, in the order of `names`. */
  values: Float32Array;
}

/**
 * Exponential moving average of the weights, as openpifpaf keeps it (src/openpifpaf/network/trainer.py): a copy after the
 * first step, then average = average * (1 - decay) + weight * decay after each, in float32. openpifpaf starts anew with every
 * epoch: call `dispose` there to do the same.
 */
export class WeightAverage {
  readonly #decay: number;
  #averages = new Map<string, tf.Tensor[]>();

  /**
   * @param decay  share of the newest weights, from 0 to 1; openpifpaf: 0.01; a smaller one averages over more steps
   * @throws TrainerError when it is out of this range
   */
  constructor(decay: number) {
    checkOption('WeightAverage decay', decay, 'a number from 0 to 1', decay >= 0 && decay <= 1);
    this.#decay = decay;
  }

  /** Takes up the weights after an optimizer step. */
  update(variables: NamedVariables): void {
    for (const [name, variable] of Object.entries(variables)) {
      const [average] = this.#averages.get(name) ?? [];
      const next = average
        ? tf.tidy(() => tf.add(tf.mul(average, 1 - this.#decay), tf.mul(variable, this.#decay)))
        : tf.clone(variable);
      this.#averages.set(name, [tf.keep(next)]);
      average?.dispose();
    }
  }

  /**
   * Runs something, such as an evaluation or a save, while the variables hold their averages, and puts the trained values
   * back to the bit, also when it fails. A variable that has no average yet keeps its value.
   *
   * @returns what `run` returns
   */
  async whileAveraged<T>(variables: NamedVariables, run: () => T | Promise<T>): Promise<T> {
    const averaged = Object.entries(variables).flatMap(([name, variable]) =>
      (this.#averages.get(name) ?? []).map((average) => ({ variable, average, trained: tf.clone(variable) })),
    );
    for (const { variable, average } of averaged) variable.assign(average);
    try {
      return await run();
    } finally {
      for (const { variable, trained } of averaged) {
        variable.assign(trained);
        trained.dispose();
      }
    }
  }

  /** Downloads the average. */
  state(): WeightAverageState {
    return { names: [...this.#averages.keys()], values: packTensors([...this.#averages.values()].flat()) };
  }

  /** Takes up a saved average. @throws TrainerError when it is one of other variables; nothing has changed then */
  restore({ names, values }: WeightAverageState, variables: NamedVariables): void {
    const averages = unpackTensors(values, names, 1, variables, 'weight average');
    this.dispose();
    this.#averages = averages;
  }

  /** Frees the average; the next update starts anew. */
  dispose(): void {
    for (const average of this.#averages.values()) tf.dispose(average);
    this.#averages.clear();
  }
}
