import * as tf from '@tensorflow/tfjs-core';
import { checkOption } from '../check-option';

/**
 * The mean of the gradients of several batches, weighted by their numbers of samples: where losses are means over
 * samples, it is the gradient of the batches as one. A gradient that a batch does not have counts as zero.
 */
export class GradientSum {
  readonly #means = new Map<string, tf.Tensor>();
  #samples = 0;

  /** Samples added so far. */
  get samples(): number {
    return this.#samples;
  }

  /**
   * Adds a batch's gradients, which are not disposed of.
   *
   * @param samples  of the batch, over which its loss is the mean
   * @throws TrainerError when they are not a whole number above 0
   */
  add(gradients: tf.NamedTensorMap, samples: number): void {
    checkOption('GradientSum samples', samples, 'a whole number above 0', Number.isSafeInteger(samples) && samples > 0);
    const share = samples / (this.#samples + samples);
    for (const name of new Set([...this.#means.keys(), ...Object.keys(gradients)])) {
      const mean = this.#means.get(name);
      // A mean, not a sum: of a single batch it is the gradient itself, to the bit.
      const next = tf.tidy(() => {
        const before = mean && tf.mul(mean, 1 - share);
        const added = gradients[name] && (share === 1 ? tf.clone(gradients[name]) : tf.mul(gradients[name], share));
        return before && added ? tf.add(before, added) : (before ?? added);
      });
      if (!next) continue; // tf gives null to what cannot be trained
      mean?.dispose();
      this.#means.set(name, tf.keep(next));
    }
    this.#samples += samples;
  }

  /** The mean, by the names of the gradients, which the caller disposes of; the sum starts anew. */
  take(): tf.NamedTensorMap {
    const means = Object.fromEntries(this.#means);
    this.#means.clear();
    this.#samples = 0;
    return means;
  }

  /** Frees what was added. */
  dispose(): void {
    tf.dispose(this.take());
  }
}
