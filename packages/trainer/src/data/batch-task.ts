import type { Arrays, BatchKind, Item, Settings } from './batch-kinds';

/** The samples of one batch, as plain data that can be sent to a worker. */
export interface BatchTask<Kind extends BatchKind> {
  settings: Settings<Kind>;
  items: Item<Kind>[];
  /** One stream of random numbers per sample: `[seed, epoch, index of the item]`. */
  seeds: (readonly number[])[];
  /** How many samples the arrays have room for, at least as many as there are items. */
  capacity: number;
  /** Arrays of an earlier batch to write into; else new ones are made. */
  room?: Arrays<Kind>;
  /** An item whose image cannot be used is left out instead of failing the batch. */
  skipUnreadable: boolean;
  /** Decoded images are kept for later epochs. */
  keepImages: boolean;
}

/** An item that was left out of its batch. */
export interface SkippedItem {
  /** Its place in the task. */
  place: number;
  file: string;
  /** Names the file and what is wrong with it. */
  message: string;
}

/** A batch as a worker returns it. */
export interface BuiltBatch<Kind extends BatchKind> {
  /** One sample for each item that was not left out, in order. */
  arrays: Arrays<Kind>;
  skipped: SkippedItem[];
}
