import { shuffledOrder } from '../data/shuffled-order';
import type { Sampler } from './sampler';

/** Every sample once an epoch, in an order that depends on seed and epoch alone, so there is no state to keep. */
export class ShuffledSampler implements Sampler {
  readonly #samples: number;
  readonly #seed: number;

  /** @param options.samples how many there are */
  constructor({ samples, seed }: { samples: number; seed: number }) {
    this.#samples = samples;
    this.#seed = seed;
  }

  order(epoch: number): Uint32Array {
    return shuffledOrder(this.#samples, this.#seed, epoch);
  }
}
