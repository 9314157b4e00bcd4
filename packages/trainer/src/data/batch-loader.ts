import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import type { PersonInstance } from '@pose/coco-dataset';
import { buildBatch } from './build-batch';
import type { BatchArrays, BatchTask, SampleSettings } from './sample-task';
import { shuffledOrder } from './shuffled-order';
import { TrainerError } from '../trainer-error';

export interface BatchLoaderOptions {
  people: readonly PersonInstance[];
  settings: SampleSettings;
  batchSize: number;
  /** Worker threads; 0 prepares the samples on the calling thread. Default: all cores but one, at least one. */
  workers?: number;
  /** Seed of the order and of the augmentation. Default 0. */
  seed?: number;
}

/** A prepared batch and the people in it, in order. */
export interface Batch extends BatchArrays {
  people: PersonInstance[];
}

/**
 * Prepares batches in worker threads, a few ahead of the one in use. Order and content depend on seed and epoch alone,
 * not on the number of workers.
 */
export class BatchLoader {
  readonly #options: Required<BatchLoaderOptions>;
  readonly #pool: Piscina<BatchTask, BatchArrays> | undefined;

  constructor(options: BatchLoaderOptions) {
    const { workers = Math.max(1, availableParallelism() - 1), seed = 0 } = options;
    this.#options = { ...options, workers, seed };
    if (this.#options.workers > 0) {
      this.#pool = new Piscina({
        filename: join(dirname(fileURLToPath(import.meta.url)), 'sample-worker.cjs'),
        minThreads: this.#options.workers,
        maxThreads: this.#options.workers,
      });
    }
  }

  /** Batches of one epoch; the last one may be smaller. */
  get batches(): number {
    return Math.ceil(this.#options.people.length / this.#options.batchSize);
  }

  get samples(): number {
    return this.#options.people.length;
  }

  get people(): readonly PersonInstance[] {
    return this.#options.people;
  }

  /** Training batches of an epoch in shuffled order, from batch `first` on. */
  shuffled(epoch: number, first = 0): AsyncGenerator<Batch> {
    const { people, seed } = this.#options;
    return this.#load(shuffledOrder(people.length, seed, epoch), epoch, first);
  }

  /** Every person once, in the order of the data set. */
  inOrder(): AsyncGenerator<Batch> {
    return this.#load(
      Uint32Array.from({ length: this.#options.people.length }, (_, i) => i),
      0,
      0,
    );
  }

  /** Ends the worker threads; loading afterwards fails. */
  async close(): Promise<void> {
    await this.#pool?.destroy();
  }

  async *#load(order: Uint32Array, epoch: number, first: number): AsyncGenerator<Batch> {
    const { people, settings, batchSize, seed, workers } = this.#options;
    const prefetch = workers === 0 ? 1 : workers + 1;
    const pending: Promise<Batch>[] = [];
    let next = first;
    try {
      for (let batch = first; batch < this.batches; batch++) {
        while (next < this.batches && pending.length < prefetch) {
          const indices = order.subarray(next * batchSize, (next + 1) * batchSize);
          const members = Array.from(indices, (i) => people[i]);
          const seeds = Array.from(indices, (i) => [seed, epoch, i]);
          pending.push(this.#prepare({ settings, people: members, seeds }));
          next++;
        }
        yield await (pending.shift() as Promise<Batch>);
      }
    } finally {
      // A consumer that stops early leaves batches under way; their errors are no longer anybody's.
      await Promise.allSettled(pending);
    }
  }

  async #prepare(task: BatchTask): Promise<Batch> {
    try {
      const arrays = await (this.#pool ? this.#pool.run(task) : buildBatch(task));
      return { ...arrays, people: task.people };
    } catch (error) {
      throw new TrainerError(`Could not prepare a batch. ${(error as Error).message}`, { cause: error });
    }
  }
}
