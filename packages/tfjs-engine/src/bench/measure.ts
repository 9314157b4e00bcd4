/** Seconds per run: the median of `runs` runs, after those that warm up. */
export interface Timing {
  seconds: number;
  runs: number;
}

const WARM_UP = 2;
const FEWEST = 3;

/** Runs two times to warm up, then for `seconds` and at least three times. `run` must have finished its work on return. */
export async function measure(seconds: number, run: () => unknown): Promise<Timing> {
  for (let i = 0; i < WARM_UP; i++) await run();
  const times: number[] = [];
  const end = performance.now() + 1000 * seconds;
  while (times.length < FEWEST || performance.now() < end) {
    const start = performance.now();
    await run();
    times.push((performance.now() - start) / 1000);
  }
  return { seconds: median(times), runs: times.length };
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
}
