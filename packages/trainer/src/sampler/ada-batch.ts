import { shuffledOrder } from '../data/shuffled-order';
import type { ReportPicture } from '../evaluation/evaluator';
import type { JsonValue } from '../json-value';
import { TrainerError } from '../trainer-error';
import { type AdaBatchOptions, completeOptions } from './ada-batch-options';
import { epochDifficulty, type EpochDifficulty } from './difficulty-history';
import { difficultyChart } from './difficulty-chart';
import { rankLosses } from './rank-losses';
import { SampleHistory } from './sample-history';
import type { Sampler } from './sampler';
import { stratifiedOrder } from './stratified-order';

/**
 * Ada-Batch, from the article on DeepLab pose after SimpleBaseline. We know of it: losses are ranked in each batch into
 * 30 % easy, 40 % medium and 30 % hard; an index keeps each sample's history over the epochs; hard samples that were
 * never easy are put off until later; easy ones are kept from being forgotten. The rest is our reading:
 *
 * - The difficulty index is the mean of -1 (easy), 0 (medium) and 1 (hard) over a sample's visits.
 * - A sample that was hard in `patience` visits running and never easy is left out for `delay` epochs. It then comes
 *   back; hard again, it is left out for twice, then three times as many, and so on. Nobody is dropped for good.
 * - No more than `hardShare` of all samples are left out at a time, the ones of highest index first. Without this
 *   limit others would rank as hard in the place of those that left, and would have to follow them.
 * - Each batch holds the easy, medium and hard by index in their shares. So the easy ones are seen all the time, and
 *   ranks mean the same in all batches. A sample that was easy once is never left out.
 * - The first epoch is a plain shuffle, that of ShuffledSampler.
 */
export class AdaBatch implements Sampler {
  readonly #options: Required<AdaBatchOptions>;
  readonly #samples: SampleHistory;
  #epoch: number | undefined;
  #settled: EpochDifficulty[] = [];

  /** @throws TrainerError naming the option that is out of range */
  constructor(options: AdaBatchOptions) {
    this.#options = completeOptions(options);
    this.#samples = new SampleHistory(this.#options.samples);
  }

  /**
   * The places of all samples that are not put off, each once. An epoch that follows another ends it.
   *
   * @throws TrainerError when a later epoch was asked for before
   */
  order(epoch: number): Uint32Array {
    const { samples, seed, easyShare, hardShare, patience, delay } = this.#options;
    const shuffled = shuffledOrder(samples, seed, epoch);
    if (this.#epoch !== undefined && epoch < this.#epoch) {
      throw new TrainerError(
        `AdaBatch: expected epoch ${this.#epoch} or a later one, found ${epoch}. Restore its state.`,
      );
    }
    if (this.#epoch !== undefined && epoch > this.#epoch) {
      const ended = epochDifficulty(this.#samples, this.#epoch);
      if (ended) this.#settled.push(ended);
      this.#samples.settle(epoch, shuffled, { patience, delay, limit: Math.floor(hardShare * samples) });
    }
    this.#epoch = epoch;
    if (this.#settled.length === 0) return shuffled;
    const present = shuffled.filter((place) => !this.#samples.isPutOff(place, epoch));
    return stratifiedOrder(present, this.#samples.index(), easyShare, hardShare);
  }

  /**
   * Ranks the losses of a batch of the epoch whose order was asked for last. Samples that no batch holds, since their
   * image cannot be read, stay as they are.
   *
   * @throws TrainerError when no order was asked for, the numbers of places and losses differ, or a place is not one
   */
  observe(places: readonly number[], losses: Float32Array): void {
    const { samples, easyShare, hardShare } = this.#options;
    if (this.#epoch === undefined) {
      throw new TrainerError('AdaBatch: expected order(epoch) to be called before observe, found no epoch.');
    }
    if (places.length !== losses.length) {
      throw new TrainerError(`AdaBatch: expected a loss for each of ${places.length} samples, found ${losses.length}.`);
    }
    const stray = places.find((place) => !(Number.isInteger(place) && place >= 0 && place < samples));
    if (stray !== undefined) {
      throw new TrainerError(`AdaBatch: expected places from 0 to ${samples - 1}, found ${stray}.`);
    }
    const ranks = rankLosses(losses, easyShare, hardShare);
    places.forEach((place, i) => (this.#samples.latest[place] = ranks[i]));
  }

  /** What each epoch's samples were like; the last entry is the unfinished epoch as it is so far. */
  history(): EpochDifficulty[] {
    const current = this.#epoch === undefined ? undefined : epochDifficulty(this.#samples, this.#epoch);
    return current ? [...this.#settled, current] : [...this.#settled];
  }

  figures(): ReportPicture[] {
    const history = this.history();
    if (history.length === 0) return [];
    const caption =
      'Quantiles of the difficulty index, from -1 (always easy) to 1 (always hard), and the share put off.';
    return [{ file: 'difficulty.png', title: 'Ada-Batch', caption, image: difficultyChart(history) }];
  }

  /** About 14 bytes per sample: seven arrays as base64. */
  state(): JsonValue {
    return {
      options: { ...this.#options },
      epoch: this.#epoch ?? null,
      samples: this.#samples.state(),
      history: [...this.#settled],
    };
  }

  /** @throws TrainerError when the state is of other options than this sampler's, or damaged */
  restore(state: JsonValue): void {
    const { options, epoch, samples, history } = partsOf(state);
    for (const [name, expected] of Object.entries(this.#options)) {
      if (options[name] !== expected) {
        throw new TrainerError(
          `AdaBatch: expected a state with ${name} ${expected}, found ${options[name]}. Resume with the options of the run.`,
        );
      }
    }
    this.#samples.restore(samples);
    this.#epoch = epoch ?? undefined;
    this.#settled = [...history];
  }
}

interface Parts {
  options: { [name: string]: JsonValue };
  epoch: number | null;
  samples: { [name: string]: JsonValue };
  history: EpochDifficulty[];
}

function partsOf(state: JsonValue): Parts {
  const { options, epoch, samples, history } = (state ?? {}) as Partial<Parts>;
  const whole = epoch === null || Number.isInteger(epoch);
  if (!isObject(options) || !isObject(samples) || !whole || !Array.isArray(history)) {
    throw new TrainerError(
      `AdaBatch: expected a state of options, epoch, samples and history, found ${JSON.stringify(state).slice(0, 80)}. Was the run made with another sampler?`,
    );
  }
  return { options, epoch: epoch as number | null, samples, history };
}

function isObject(value: unknown): value is { [name: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
