import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import { TrainerError } from '../trainer-error';
import type { Arrays, BatchKind, Item, Settings } from './batch-kinds';
import type { BatchTask, BuiltBatch } from './batch-task';
import { buildBatch } from './build-batch';
import { keepsImages } from './keeps-images';
import { buffersOf, wholeArrays } from './sample-arrays';
import { shuffledOrder } from './shuffled-order';
import { Workspace } from './workspace';

export interface BatchLoaderOptions<Kind extends BatchKind = 'top-down'> {
  /** People for top-down samples, images for bottom-up ones. */
  items: readonly Item<Kind>[];
  settings: Settings<Kind>;
  batchSize: number;
  /** Worker threads; 0 prepares the samples on the calling thread. Default: all cores but one, at least one. */
  workers?: number;
  /** Seed of the order and of the augmentation. Default 0. */
  seed?: number;
  /** An image that is missing, broken or of another size than annotated fails its batch, or its items are left out. Default 'fail'. */
  onUnreadable?: 'fail' | 'skip';
  /** Told of each such image that is skipped, once. Default: a line on stderr. */
  onSkip?: (message: string) => void;
}

/** A prepared batch. */
export type Batch<Kind extends BatchKind = 'top-down'> = Arrays<Kind> & {
  /** Whose samples these are, in order. */
  items: Item<Kind>[];
  /** Their places among the loader's items. */
  places: number[];
  /** Its place in the epoch, from 0; batches of which nothing could be read are missing. */
  index: number;
  /** Hands the arrays back for a later batch to be written to. They must not be used afterwards. */
  release(): void;
};

/**
 * Prepares batches in worker threads, a few ahead of the one in use. Order and content depend on seed and epoch alone,
 * not on the number of workers.
 */
export class BatchLoader<Kind extends BatchKind = 'top-down'> {
  readonly #options: Required<BatchLoaderOptions<Kind>>;
  readonly #pool: Piscina<BatchTask<Kind>, BuiltBatch<Kind>> | undefined;
  readonly #workspace = new Workspace();
  readonly #free: Arrays<Kind>[] = [];
  readonly #skipped = new Set<string>();
  readonly #keepImages: boolean;
  /** The batch that this thread is making: the next one waits, since both write to one workspace. */
  #making: Promise<unknown> = Promise.resolve();
  #closed = false;

  /** @throws TrainerError when there are no items, or a number is out of range */
  constructor(options: BatchLoaderOptions<Kind>) {
    const { items, batchSize, workers = Math.max(1, availableParallelism() - 1), seed = 0 } = options;
    const { onUnreadable = 'fail', onSkip = (message) => process.stderr.write(`${message}\n`) } = options;
    if (items.length === 0) throw new TrainerError('items: expected at least one person or image, found none.');
    requireWhole('batchSize', batchSize, 1);
    requireWhole('workers', workers, 0);
    requireWhole('seed', seed, 0);
    this.#options = { ...options, workers, seed, onUnreadable, onSkip };
    this.#keepImages = keepsImages(items, Math.max(1, workers));
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
    return Math.ceil(this.#options.items.length / this.#options.batchSize);
  }

  get batchSize(): number {
    return this.#options.batchSize;
  }

  get samples(): number {
    return this.#options.items.length;
  }

  get items(): readonly Item<Kind>[] {
    return this.#options.items;
  }

  get seed(): number {
    return this.#options.seed;
  }

  /**
   * Training batches of an epoch in shuffled order, from batch `first` on.
   *
   * @throws TrainerError (while it is read) naming the image file that is missing, broken or of another size than
   *   annotated, unless those are skipped
   */
  shuffled(epoch: number, first = 0): AsyncGenerator<Batch<Kind>> {
    return this.#load(this.order(epoch), epoch, first);
  }

  /** Places of the items in the order in which `shuffled` gives their samples. */
  order(epoch: number): Uint32Array {
    const { items, seed } = this.#options;
    return shuffledOrder(items.length, seed, epoch);
  }

  /**
   * Samples of some items, by their places and in that order, as they are in an epoch, from batch `first` on. Errors as
   * in `shuffled`.
   */
  chosen(places: Iterable<number>, epoch: number, first = 0): AsyncGenerator<Batch<Kind>> {
    return this.#load(Uint32Array.from(places), epoch, first);
  }

  /** Every item once, in the order of the data set. Errors as in `shuffled`. */
  inOrder(): AsyncGenerator<Batch<Kind>> {
    const order = Uint32Array.from(this.#options.items, (_, i) => i);
    return this.#load(order, 0, 0, false);
  }

  /** Ends the worker threads; loading afterwards fails. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#pool?.destroy();
    this.#workspace.close();
  }

  async *#load(
    order: Uint32Array,
    epoch: number,
    first: number,
    keepImages = this.#keepImages,
  ): AsyncGenerator<Batch<Kind>> {
    const { batchSize, seed, workers } = this.#options;
    const prefetch = workers === 0 ? 1 : workers + 1;
    const batches = Math.ceil(order.length / batchSize);
    const pending: Promise<Batch<Kind>>[] = [];
    let next = first;
    let any = false;
    try {
      for (let index = first; index < batches; index++) {
        // Training steps block this thread: a turn of the event loop between them hands finished batches in, and new ones out.
        await setImmediate();
        while (next < batches && pending.length < prefetch) {
          const indices = order.subarray(next * batchSize, (next + 1) * batchSize);
          const seeds = Array.from(indices, (i) => [seed, epoch, i]);
          const prepared = this.#prepare(next, Array.from(indices), seeds, keepImages);
          // A batch may fail before its turn; the error is reported in its turn, or not at all when nobody reads so far.
          prepared.catch(() => undefined);
          pending.push(prepared);
          next++;
        }
        const batch = await (pending.shift() as Promise<Batch<Kind>>);
        if (batch.items.length === 0) batch.release();
        else {
          any = true;
          yield batch;
        }
      }
      if (!any && first === 0 && order.length > 0) {
        throw new TrainerError(`Could not prepare a batch. None of the ${order.length} images can be used.`);
      }
    } finally {
      await Promise.allSettled(pending);
    }
  }

  async #prepare(index: number, places: number[], seeds: number[][], keepImages: boolean): Promise<Batch<Kind>> {
    if (this.#closed) throw new TrainerError('Could not prepare a batch. The loader is closed.');
    const items = places.map((place) => this.#options.items[place]);
    const { settings, batchSize: capacity, onUnreadable } = this.#options;
    const room = this.#free.pop();
    const task = { settings, items, seeds, capacity, room, skipUnreadable: onUnreadable === 'skip', keepImages };
    let built: BuiltBatch<Kind>;
    try {
      built = await (this.#pool
        ? this.#pool.run(task, { transferList: room && buffersOf(room) })
        : this.#buildHere(task));
    } catch (error) {
      throw new TrainerError(`Could not prepare a batch. ${(error as Error).message}`, { cause: error });
    }
    const left = new Set(built.skipped.map(({ place }) => place));
    for (const { file, message } of built.skipped) this.#reportSkip(file, message);
    return {
      ...built.arrays,
      items: items.filter((_, i) => !left.has(i)),
      places: places.filter((_, i) => !left.has(i)),
      index,
      release: once(() => this.#free.push(wholeArrays(built.arrays))),
    };
  }

  #buildHere(task: BatchTask<Kind>): Promise<BuiltBatch<Kind>> {
    const built = this.#making.then(() => buildBatch(task, this.#workspace));
    this.#making = built.catch(() => undefined);
    return built;
  }

  #reportSkip(file: string, message: string): void {
    if (this.#skipped.has(file)) return;
    this.#skipped.add(file);
    this.#options.onSkip(`Skipped: ${message}`);
  }
}

/** Arrays that were handed back twice would be written to by two batches at once. */
function once(action: () => void): () => void {
  let done = false;
  return () => {
    if (!done) action();
    done = true;
  };
}

function requireWhole(name: string, found: number, least: number): void {
  if (!Number.isSafeInteger(found) || found < least) {
    throw new TrainerError(`${name}: expected a whole number, ${least} or more, found ${found}.`);
  }
}
