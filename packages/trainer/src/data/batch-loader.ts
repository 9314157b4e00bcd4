import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import type { PersonInstance } from '@pose/coco-dataset';
import { TrainerError } from '../trainer-error';
import { buildBatch } from './build-batch';
import type { BatchArrays, BatchTask, SampleSettings } from './sample-task';
import { shuffledOrder } from './shuffled-order';

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
  #closed = false;

  /** @throws TrainerError when there are no people, or a number is out of range */
  constructor(options: BatchLoaderOptions) {
    const { people, batchSize, workers = Math.max(1, availableParallelism() - 1), seed = 0 } = options;
    if (people.length === 0) throw new TrainerError('people: expected at least one person, found none.');
    requireWhole('batchSize', batchSize, 1);
    requireWhole('workers', workers, 0);
    requireWhole('seed', seed, 0);
    this.#options = { ...options, workers, seed };
    if (workers > 0) {
      this.#pool = new Piscina({
        filename: join(dirname(fileURLToPath(import.meta.url)), 'sample-worker.cjs'),
        minThreads: workers,
        maxThreads: workers,
      });
    }
  }

  /** Batches of one epoch; the last one may be smaller. */
  get batches(): number {
    return Math.ceil(this.#options.people.length / this.#options.batchSize);
  }

  get batchSize(): number {
    return this.#options.batchSize;
  }

  get samples(): number {
    return this.#options.people.length;
  }

  get people(): readonly PersonInstance[] {
    return this.#options.people;
  }

  get seed(): number {
    return this.#options.seed;
  }

  /**
   * Training batches of an epoch in shuffled order, from batch `first` on.
   *
   * @throws TrainerError (while it is read) naming the image file that is missing, broken or of another size than annotated
   */
  shuffled(epoch: number, first = 0): AsyncGenerator<Batch> {
    const { people, seed } = this.#options;
    return this.#load(shuffledOrder(people.length, seed, epoch), epoch, first);
  }

  /** Every person once, in the order of the data set. Errors as in `shuffled`. */
  inOrder(): AsyncGenerator<Batch> {
    const order = Uint32Array.from(this.#options.people, (_, i) => i);
    return this.#load(order, 0, 0);
  }

  /** Ends the worker threads; loading afterwards fails. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#pool?.destroy();
  }

  async *#load(order: Uint32Array, epoch: number, first: number): AsyncGenerator<Batch> {
    const { people, settings, batchSize, seed, workers } = this.#options;
    const prefetch = workers === 0 ? 1 : workers + 1;
    const pending: Promise<Batch>[] = [];
    let next = first;
    try {
      for (let batch = first; batch < this.batches; batch++) {
        // Training steps block this thread: a turn of the event loop between them hands finished batches in, and new ones out.
        await setImmediate();
        while (next < this.batches && pending.length < prefetch) {
          const indices = order.subarray(next * batchSize, (next + 1) * batchSize);
          const members = Array.from(indices, (i) => people[i]);
          const seeds = Array.from(indices, (i) => [seed, epoch, i]);
          const prepared = this.#prepare({ settings, people: members, seeds });
          // A batch may fail before its turn; the error is reported in its turn, or not at all when nobody reads so far.
          prepared.catch(() => undefined);
          pending.push(prepared);
          next++;
        }
        yield await (pending.shift() as Promise<Batch>);
      }
    } finally {
      await Promise.allSettled(pending);
    }
  }

  async #prepare(task: BatchTask): Promise<Batch> {
    if (this.#closed) throw new TrainerError('Could not prepare a batch. The loader is closed.');
    try {
      const arrays = await (this.#pool ? this.#pool.run(task) : buildBatch(task));
      return { ...arrays, people: task.people };
    } catch (error) {
      throw new TrainerError(`Could not prepare a batch. ${(error as Error).message}`, { cause: error });
    }
  }
}

function requireWhole(name: string, found: number, least: number): void {
  if (!Number.isSafeInteger(found) || found < least) {
    throw new TrainerError(`${name}: expected a whole number, ${least} or more, found ${found}.`);
  }
}
