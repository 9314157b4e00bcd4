import type { JsonValue } from '../json-value';
import { packArray, unpackArray } from './packed-array';
import { EASY, HARD, MEDIUM } from './rank-losses';

/** When a sample is put off, and for how long; see AdaBatchOptions. `limit` is the most samples put off at a time. */
export interface PuttingOff {
  patience: number;
  delay: number;
  limit: number;
}

/**
 * How each sample fared over the epochs, in arrays by place. Visits of the unfinished epoch stand apart, in `latest`,
 * until `settle`. The arrays have room for 32767 epochs.
 */
export class SampleHistory {
  readonly samples: number;
  /** Rank at the visit of the unfinished epoch; 0 before it. */
  readonly latest: Uint8Array;
  readonly #visits: Uint16Array;
  /** Hard visits less easy ones. */
  readonly #sum: Int16Array;
  /** Visits in a row, up to the last one, that were hard; no more than `patience`. */
  readonly #hardRun: Uint8Array;
  readonly #everEasy: Uint8Array;
  readonly #timesPutOff: Uint8Array;
  /** The epoch from which a sample takes part again. */
  readonly #returns: Uint16Array;

  constructor(samples: number) {
    this.samples = samples;
    this.latest = new Uint8Array(samples);
    this.#visits = new Uint16Array(samples);
    this.#sum = new Int16Array(samples);
    this.#hardRun = new Uint8Array(samples);
    this.#everEasy = new Uint8Array(samples);
    this.#timesPutOff = new Uint8Array(samples);
    this.#returns = new Uint16Array(samples);
  }

  isPutOff(place: number, epoch: number): boolean {
    return this.#returns[place] > epoch;
  }

  /**
   * Difficulty index by place: the mean of -1 (easy), 0 (medium) and 1 (hard) over the visits of the settled epochs,
   * 0 without any; shape [samples].
   */
  index(): Float32Array {
    const index = new Float32Array(this.samples);
    for (let place = 0; place < index.length; place++) {
      if (this.#visits[place] > 0) index[place] = this.#sum[place] / this.#visits[place];
    }
    return index;
  }

  /** The index with the unfinished epoch's visits, of the samples that were ever visited, without the others. */
  indexNow(): Float32Array {
    const index = new Float32Array(this.samples);
    let seen = 0;
    for (let place = 0; place < index.length; place++) {
      const rank = this.latest[place];
      const visits = this.#visits[place] + (rank > 0 ? 1 : 0);
      if (visits > 0) index[seen++] = (this.#sum[place] + (rank > 0 ? rank - MEDIUM : 0)) / visits;
    }
    return index.subarray(0, seen);
  }

  /**
   * Ends an epoch: takes its visits in and puts off samples that were hard in their last `patience` visits and never
   * easy. Where these are more than the limit allows, the ones of highest index go, then those that come first.
   *
   * @param next the epoch that begins
   * @param shuffled all places, in the order that decides between samples of equal index
   */
  settle(next: number, shuffled: Uint32Array, { patience, delay, limit }: PuttingOff): void {
    let room = limit;
    for (let place = 0; place < this.samples; place++) {
      if (this.isPutOff(place, next)) room--;
      const rank = this.latest[place];
      if (rank === 0) continue;
      this.#visits[place]++;
      this.#sum[place] += rank - MEDIUM;
      this.#hardRun[place] = rank === HARD ? Math.min(this.#hardRun[place] + 1, patience) : 0;
      if (rank === EASY) this.#everEasy[place] = 1;
    }
    const stuck = (place: number): boolean =>
      this.latest[place] === HARD && this.#hardRun[place] === patience && this.#everEasy[place] === 0;
    const index = this.index();
    const leaving = shuffled.filter(stuck);
    if (leaving.length > room) leaving.sort((a, b) => index[b] - index[a]);
    for (const place of leaving.subarray(0, room)) {
      this.#timesPutOff[place]++;
      this.#returns[place] = next + delay * this.#timesPutOff[place];
    }
    this.latest.fill(0);
  }

  state(): { [name: string]: JsonValue } {
    return Object.fromEntries(this.#arrays().map(([name, array]) => [name, packArray(array)]));
  }

  /** @throws TrainerError naming the array that is missing or of another length; what was there before is still there */
  restore(state: { [name: string]: JsonValue }): void {
    const restored = new SampleHistory(this.samples).#arrays();
    for (const [name, array] of restored) unpackArray(state[name], array, `AdaBatch: ${name}`);
    this.#arrays().forEach(([, array], i) => array.set(restored[i][1]));
  }

  #arrays() {
    return [
      ['latest', this.latest],
      ['visits', this.#visits],
      ['sum', this.#sum],
      ['hardRun', this.#hardRun],
      ['everEasy', this.#everEasy],
      ['timesPutOff', this.#timesPutOff],
      ['returns', this.#returns],
    ] as const;
  }
}
