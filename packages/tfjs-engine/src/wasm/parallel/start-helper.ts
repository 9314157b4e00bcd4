import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { HelperThread } from './helper-thread';
import { splitConvolutions } from './split-batch';

/**
 * Puts a second core to work: tfjs' own threaded build runs one thread only (its pthreadpool is a stand-in that reports
 * a single thread), so half of each batch's convolutions goes to a thread with a WebAssembly backend of its own.
 *
 * @returns the number of threads at work
 */
export async function startHelper(): Promise<number> {
  const file = join(dirname(fileURLToPath(import.meta.url)), 'kernel-helper.cjs');
  if (availableParallelism() < 2 || !existsSync(file)) return 1;
  splitConvolutions(await HelperThread.start(file));
  return 2;
}
