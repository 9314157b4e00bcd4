import { availableParallelism } from 'node:os';
import type { PyTorchMeasurement } from '../packages/tfjs-engine/src/bench/pytorch';
import { runNode } from './node-script';
import { runPython, type NoPython } from './python';
import { table } from './shared';

/** Milliseconds of a training step and of a forward pass over the batch. */
export interface StepTiming {
  train: number;
  forward: number;
  /** From the function to the loaded graph, seconds. */
  compileSeconds?: number;
  /** Highest resident size of the process, bytes. */
  memory: number;
}

export interface CompiledResult {
  model: string;
  /** By `engine, runtime`; or why there is no number. */
  timings: Record<string, StepTiming | { reason: string }>;
}

interface Settings {
  input: [height: number, width: number];
  batch: number;
  seconds: number;
}

/** Ways to run a step: engine, and what it is compiled for. */
const WAYS = [
  ['native', 'off'],
  ['native', 'tensorflow'],
  ['wasm', 'off'],
  ['wasm', 'onnx'],
] as const;
const PYTORCH_SCRIPT = '../../packages/tfjs-engine/python/pytorch_bench.py';
const MODELS = ['pose_resnet18', 'pose_resnet50', 'litehrnet_18', 'hourglass_2stack'];

/**
 * Training step and forward pass of the models, op by op and as one graph, per engine, and in PyTorch (eager), one after
 * the other in processes of their own.
 */
export async function measureCompiled(
  settings: Settings,
  models: readonly string[] = MODELS,
): Promise<CompiledResult[]> {
  const results: CompiledResult[] = [];
  for (const model of models) {
    const timings: CompiledResult['timings'] = {};
    for (const [engine, runtime] of WAYS)
      timings[`${engine}, ${runtime}`] = await measureStep(engine, runtime, model, settings);
    timings['PyTorch'] = await measurePyTorch(model, settings);
    results.push({ model, timings });
  }
  return results;
}

/** Ratios are PyTorch's time by ours: above 1, ours is faster. */
export function compiledTable(results: readonly CompiledResult[]): string {
  const rows = results.flatMap(({ model, timings }) => {
    const pytorch = timings['PyTorch'];
    const ratio = (mine: number, other: number | undefined) => (other ? `${(other / mine).toFixed(2)} x` : '');
    return Object.entries(timings).map(([way, timing]) => {
      if ('reason' in timing) return [model, way, '-', '', '-', '', '', ''];
      const [train, forward] = 'reason' in pytorch ? [] : [pytorch.train, pytorch.forward];
      return [
        ...[model, way, timing.train.toFixed(0), ratio(timing.train, train)],
        ...[timing.forward.toFixed(0), ratio(timing.forward, forward)],
        ...[timing.compileSeconds?.toFixed(1) ?? '', (timing.memory / 2 ** 30).toFixed(1)],
      ];
    });
  });
  const head = [
    'Model',
    'Engine, runtime',
    'step, ms',
    'PyTorch / it',
    'forward, ms',
    'PyTorch / it',
    'compile, s',
    'GiB',
  ];
  const missing = results.flatMap(({ model, timings }) =>
    Object.entries(timings).flatMap(([way, timing]) =>
      'reason' in timing ? [`${model}, ${way}: ${timing.reason}`] : [],
    ),
  );
  return [table(head, rows), ...missing].join('\n');
}

async function measureStep(
  engine: string,
  runtime: string,
  model: string,
  { input, batch, seconds }: Settings,
): Promise<StepTiming | { reason: string }> {
  try {
    const args = [engine, runtime, model, ...[...input, batch, seconds].map(String)];
    return await runNode<StepTiming>('compiled-step.mjs', args);
  } catch (error) {
    const { stderr = '', message } = error as Error & { stderr?: string };
    return { reason: /^\w*Error.*$/m.exec(stderr)?.[0] ?? message };
  }
}

/** By the script of `pose-engine bench`. */
async function measurePyTorch(model: string, { input, batch, seconds }: Settings): Promise<StepTiming | NoPython> {
  const depth = /^pose_resnet(\d+)$/.exec(model)?.[1];
  if (depth === undefined) return { reason: 'no twin in PyTorch here' };
  const [height, width] = input;
  const values = { depth, device: 'cpu', height, width, batch, seconds, threads: availableParallelism() };
  const options = Object.entries(values).flatMap(([name, value]) => [`--${name}`, `${value}`]);
  const measured = await runPython<PyTorchMeasurement>(PYTORCH_SCRIPT, options);
  if ('reason' in measured) return measured;
  const { train, forward, memory } = measured;
  return { train: 1000 * train.seconds, forward: 1000 * forward.seconds, memory: memory.process ?? NaN };
}
