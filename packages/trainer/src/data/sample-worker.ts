import { move, transferableSymbol, valueSymbol } from 'piscina';
import { buildBatch } from './build-batch';
import type { BatchArrays, BatchTask } from './sample-task';

/** Runs in a worker thread: the arrays are handed over, not copied. */
export default async function run(task: BatchTask): Promise<unknown> {
  const batch: BatchArrays = await buildBatch(task);
  const buffers = [batch.input.buffer, batch.target.buffer, batch.weight.buffer, batch.crops.buffer];
  return move({ [transferableSymbol]: buffers, [valueSymbol]: batch });
}
