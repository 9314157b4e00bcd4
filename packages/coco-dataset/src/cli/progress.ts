import { statSync } from 'node:fs';
import { SingleBar } from 'cli-progress';

/** Told how much more of the work is done. */
export type Advance = (amount: number) => void;

/**
 * Runs work with a bar on standard error, if that is a terminal.
 *
 * @param task   what the bar says
 * @param total  amount of work, in the unit that `advance` counts
 */
export async function withProgress<Result>(
  task: string,
  total: number,
  work: (advance: Advance) => Promise<Result>,
): Promise<Result> {
  if (!process.stderr.isTTY) return work(() => undefined);
  const bar = new SingleBar({
    format: `${task} {bar} {percentage}% | ETA {eta_formatted}`,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    barsize: 24,
    hideCursor: true,
    clearOnComplete: true,
    etaBuffer: 20,
    stream: process.stderr,
  });
  bar.start(total, 0);
  // The time that is left is estimated from the last steps, so these must not be too small.
  let pending = 0;
  const advance = (amount: number): void => {
    pending += amount;
    if (pending < total / 200) return;
    bar.increment(pending);
    pending = 0;
  };
  try {
    return await work(advance);
  } finally {
    bar.stop();
  }
}

/** Bytes of all the files together; those that are not there count 0, since the work itself will say so. */
export function totalBytes(files: readonly string[]): number {
  return files.reduce((sum, file) => sum + (statSync(file, { throwIfNoEntry: false })?.size ?? 0), 0);
}
