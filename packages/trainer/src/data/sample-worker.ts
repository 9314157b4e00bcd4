import { move, transferableSymbol, valueSymbol } from 'piscina';
import type { BatchKind } from './batch-kinds';
import type { BatchTask } from './batch-task';
import { buildBatch } from './build-batch';
import { buffersOf } from './sample-arrays';
import { Workspace } from './workspace';

/** A worker makes one batch at a time. */
const workspace = new Workspace();

/** Runs in a worker thread: the arrays are handed over, not copied. */
export default async function run(task: BatchTask<BatchKind>): Promise<unknown> {
  const built = await buildBatch(task, workspace);
  return move({ [transferableSymbol]: buffersOf(built.arrays), [valueSymbol]: built });
}
