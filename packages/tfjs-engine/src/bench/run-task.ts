import { fileURLToPath } from 'node:url';
import type { EngineKind } from '../engine-info';
import { runChild } from '../run-child';
import type { BenchAnswer, BenchTask } from './bench-task';

const CHILD = fileURLToPath(new URL('./bench-child.cjs', import.meta.url));

/** GPUs are hidden from `native`, so that it measures TensorFlow's CPU kernels on a machine with a GPU too. */
const ENVIRONMENT: Partial<Record<EngineKind, Record<string, string>>> = {
  native: { CUDA_VISIBLE_DEVICES: '' },
  cuda: { TF_FORCE_GPU_ALLOW_GROWTH: 'true' }, // Otherwise TensorFlow takes all of the GPU's memory at once.
};

/** Measures in a process of its own; a crash of it is an answer too. */
export async function runTask(task: BenchTask): Promise<BenchAnswer> {
  const { result, end } = await runChild<BenchAnswer>(CHILD, [JSON.stringify(task)], { env: ENVIRONMENT[task.engine] });
  return result ?? { error: `the process ${end}` };
}
