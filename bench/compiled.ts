import { CompiledReference } from './compiled-reference';
import { startWay, WAYS, type Device, type Way, type Work } from './compiled-ways';
import { median } from './median';
import type { StepProcess } from './step-process';

/** A training step or a forward pass over a batch. */
export interface TaskTiming {
  /** Median over the rounds. */
  seconds: number;
  /** PyTorch eager's time by this one's, median of the rounds' ratios: above 1, this one is faster. */
  overPyTorch?: number;
}

/** One way to run a network. */
export interface CompiledRow {
  way: string;
  /** What computes, with its version. */
  runtime?: string;
  train?: TaskTiming;
  forward?: TaskTiming;
  /** What the first training step took more than a later one. */
  compileSeconds?: number;
  /** Highest resident size of the process, bytes. */
  memory?: number;
  /** Why there is no (further) number. */
  reason?: string;
}

export interface CompiledResult extends Work {
  rows: CompiledRow[];
}

interface Settings {
  device: Device;
  input: [height: number, width: number];
  models: readonly string[];
  batches: readonly number[];
  /** For which rounds go on, for each number. */
  seconds: number;
  /** Seconds that a process may take to start, and for a step; the first one compiles. */
  limit: number;
}

export type Task = 'train' | 'forward';

const FEWEST_ROUNDS = 3;

/**
 * Training step and forward pass of each network and batch size, in all ways. Each way has a process of its own, beside
 * one of PyTorch eager: they take steps in turn, so that what slows the machine slows both. Two are alive at a time.
 *
 * @param onStart  for progress
 * @throws Error when a network and its twin in PyTorch have different numbers of parameters
 */
export async function* measureCompiled(
  { device, models, batches, input, seconds, limit }: Settings,
  onStart: (what: string) => void,
): AsyncGenerator<CompiledResult> {
  for (const model of models) {
    for (const batch of batches) {
      const work = { device, model, batch, input };
      const rows: CompiledRow[] = [];
      const reference = await CompiledReference.start(work, limit);
      for (const way of WAYS[device]) {
        onStart(`${model}, batch ${batch}: ${way.name}`);
        rows.push(await measureWay(way, { ...work, seconds, limit }, reference));
      }
      yield { ...work, rows: [await reference.finish(), ...rows] };
    }
  }
}

async function measureWay(
  way: Way,
  { seconds, limit, ...work }: Work & Pick<Settings, 'seconds' | 'limit'>,
  reference: CompiledReference,
): Promise<CompiledRow> {
  const row: CompiledRow = { way: way.name };
  let own: StepProcess;
  try {
    own = await startWay(way, work, limit);
  } catch (error) {
    return { ...row, reason: (error as Error).message };
  }
  reference.requireSameNetwork(own, work.model);
  row.runtime = own.greeting.runtime;
  try {
    const first = await own.ask('train');
    row.train = await measureRounds(own, 'train', seconds, reference);
    if (way.compiles) row.compileSeconds = Math.max(0, first - row.train.seconds);
    await own.ask('forward');
    row.forward = await measureRounds(own, 'forward', seconds, reference);
    row.memory = await own.ask('memory');
  } catch (error) {
    row.reason = (error as Error).message;
  }
  await own.stop();
  return row;
}

/** Steps in turn, each one's first having been taken. */
async function measureRounds(
  own: StepProcess,
  task: Task,
  seconds: number,
  reference: CompiledReference,
): Promise<TaskTiming> {
  const times: number[] = [];
  const ratios: number[] = [];
  const end = performance.now() + 1000 * seconds;
  while (times.length < FEWEST_ROUNDS || performance.now() < end) {
    const mine = await own.ask(task);
    const pyTorch = await reference.step(task);
    times.push(mine);
    if (pyTorch !== undefined) ratios.push(pyTorch / mine);
  }
  return { seconds: median(times), overPyTorch: ratios.length > 0 ? median(ratios) : undefined };
}
