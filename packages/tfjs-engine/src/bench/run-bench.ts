import { availableParallelism, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { describeMachine, type Machine } from '../doctor/machine';
import type { EngineKind } from '../engine-info';
import { runChild } from '../run-child';
import type { BenchAnswer, BenchSettings, BenchTask, Measurement, Memory } from './bench-task';
import type { KernelProfile } from './kernel-profile';
import type { Timing } from './measure';
import { chooseModels } from './models';
import { findPyTorch, measurePyTorch, type PyTorchMeasurement } from './pytorch';

const CHILD = fileURLToPath(new URL('./bench-child.cjs', import.meta.url));

export interface BenchOptions extends BenchSettings {
  engines: EngineKind[];
  /** As `listModels()` of @pose/pose-models names them; by default those of DEFAULT_MODELS that it has. */
  models?: string[];
}

/** Shown instead of numbers: what is not there, and why. */
export interface Unavailable {
  model: string;
  engine: string;
  reason: string;
}

export interface TaskResult extends Timing {
  imagesPerSecond: number;
  /** Billions of multiplications and additions per second: of the convolutions forward, threefold in a training step. */
  gflops?: number;
  gflopsPerThread?: number;
  /** Time over PyTorch's on the same kind of device. */
  toPyTorch?: number;
}

export interface BenchResult {
  model: string;
  /** Such as 'native' or 'PyTorch cpu'. */
  engine: string;
  /** What provides it, with versions. */
  from: string;
  threads?: number;
  /** Whether the forward pass is that of the model with batch normalisation folded into its convolutions. */
  folded: boolean;
  train: TaskResult;
  forward: TaskResult;
  memory: Memory;
}

export interface BenchReport extends BenchSettings {
  machine: Machine;
  results: BenchResult[];
  unavailable: Unavailable[];
}

export interface ProfileReport extends Omit<BenchSettings, 'seconds'> {
  machine: Machine;
  profiles: ({ model: string; engine: EngineKind } & KernelProfile)[];
  unavailable: Unavailable[];
}

/** Every model on every engine and in PyTorch, one after the other, each in its own process. @param onStart for progress */
export async function runBench(options: BenchOptions, onStart: (what: string) => void): Promise<BenchReport> {
  const { models, unavailable } = chooseModels(options.models);
  const { engines, input, batch, seconds } = options;
  const settings = { input, batch, seconds };
  warnOfLoad(onStart);
  const pyTorch = await findPyTorch();
  if ('reason' in pyTorch) unavailable.push({ model: 'all', engine: 'PyTorch', reason: pyTorch.reason });
  const results: BenchResult[] = [];
  for (const model of models) {
    const measured: { engine: EngineKind; measurement: Measurement }[] = [];
    for (const engine of engines) {
      onStart(`${model} on ${engine}`);
      const answer = await runTask({ ...settings, engine, model, profile: false });
      if ('measured' in answer) measured.push({ engine, measurement: answer.measured });
      else if ('error' in answer) unavailable.push({ model, engine, reason: answer.error });
    }
    // As many threads as the engine that has most.
    const ours = measured.map(({ measurement }) => measurement.info.threads ?? 1);
    const threads = ours.length > 0 ? Math.max(...ours) : availableParallelism();
    const torch: PyTorchMeasurement[] = [];
    for (const device of 'devices' in pyTorch ? pyTorch.devices : []) {
      onStart(`${model} in PyTorch on ${device}`);
      const outcome = await measurePyTorch({ ...settings, model, device }, threads);
      if ('reason' in outcome) unavailable.push({ model, engine: `PyTorch ${device}`, reason: outcome.reason });
      else torch.push(outcome);
    }
    results.push(...compare(model, batch, measured, torch));
  }
  return { machine: describeMachine(), ...settings, results, unavailable };
}

/** Where the time of one training step goes, per model and engine. */
export async function runProfile(options: BenchOptions, onStart: (what: string) => void): Promise<ProfileReport> {
  const { models, unavailable } = chooseModels(options.models);
  const { engines, input, batch, seconds } = options;
  const profiles: ProfileReport['profiles'] = [];
  warnOfLoad(onStart);
  for (const model of models) {
    for (const engine of engines) {
      onStart(`${model} on ${engine}`);
      const answer = await runTask({ input, batch, seconds, engine, model, profile: true });
      if ('profile' in answer) profiles.push({ model, engine, ...answer.profile });
      else if ('error' in answer) unavailable.push({ model, engine, reason: answer.error });
    }
  }
  return { machine: describeMachine(), input, batch, profiles, unavailable };
}

/** GPUs are hidden from `native`, so that it measures TensorFlow's CPU kernels on a machine with a GPU too. */
const ENVIRONMENT: Partial<Record<EngineKind, Record<string, string>>> = {
  native: { CUDA_VISIBLE_DEVICES: '' },
  cuda: { TF_FORCE_GPU_ALLOW_GROWTH: 'true' }, // Otherwise TensorFlow takes all of the GPU's memory at once.
};

async function runTask(task: BenchTask): Promise<BenchAnswer> {
  const { result, end } = await runChild<BenchAnswer>(CHILD, JSON.stringify(task), { env: ENVIRONMENT[task.engine] });
  return result ?? { error: `the process ${end}` };
}

function warnOfLoad(onStart: (what: string) => void): void {
  const load = loadavg()[0]; // 0 on Windows, which keeps none
  if (load > 0.5)
    onStart(`although the load average is ${load.toFixed(1)}: other programs are running, the numbers will be low`);
}

/** One model's results, with what follows from the times. */
function compare(
  model: string,
  batch: number,
  measured: { engine: EngineKind; measurement: Measurement }[],
  torch: PyTorchMeasurement[],
): BenchResult[] {
  const macs = measured.at(0)?.measurement.macs;
  const task = (which: 'train' | 'forward', timing: Timing, threads?: number, reference?: Timing): TaskResult => {
    const flops = macs && 2 * macs * batch * (which === 'train' ? 3 : 1);
    const gflops = flops && flops / timing.seconds / 1e9;
    return {
      ...timing,
      imagesPerSecond: batch / timing.seconds,
      gflops,
      gflopsPerThread: gflops && threads && gflops / threads,
      toPyTorch: reference && timing.seconds / reference.seconds,
    };
  };
  const ours = measured.map(({ engine, measurement }): BenchResult => {
    const { info, tfjs, train, forward, folded, memory } = measurement;
    const twin = torch.find(({ device }) => device === (engine === 'cuda' ? 'cuda' : 'cpu'));
    return {
      model,
      engine,
      from: `${info.package} ${tfjs}${info.tensorflow ? `, TensorFlow ${info.tensorflow}` : ''}`,
      threads: info.threads,
      folded,
      train: task('train', train, info.threads, twin?.train),
      forward: task('forward', forward, info.threads, twin?.forward),
      memory,
    };
  });
  const theirs = torch.map(({ device, version, threads, train, forward, memory }): BenchResult => ({
    model,
    engine: `PyTorch ${device}`,
    from: `torch ${version}, channels_last`,
    threads,
    folded: false,
    train: task('train', train, threads),
    forward: task('forward', forward, threads),
    memory,
  }));
  return [...ours, ...theirs];
}
