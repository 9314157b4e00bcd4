import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { BenchSettings, Memory } from './bench-task';
import type { Timing } from './measure';

const SCRIPT = fileURLToPath(new URL('../python/pytorch_bench.py', import.meta.url));
const python = () => process.env.PYTHON ?? 'python3';

export type PyTorchDevice = 'cpu' | 'cuda';

/** What python/pytorch_bench.py prints. */
export interface PyTorchMeasurement {
  device: PyTorchDevice;
  version: string;
  threads: number;
  train: Timing;
  forward: Timing;
  memory: Memory;
}

/** What PyTorch runs on here, or why there is none. */
export async function findPyTorch(): Promise<{ devices: PyTorchDevice[] } | { reason: string }> {
  try {
    const { stdout } = await promisify(execFile)(python(), ['-c', 'import torch; print(torch.cuda.is_available())']);
    return { devices: stdout.trim() === 'True' ? ['cpu', 'cuda'] : ['cpu'] };
  } catch {
    return { reason: `${python()} has no torch (PYTHON names another interpreter)` };
  }
}

/** The same network, batch and step in PyTorch; of the models that the script builds. */
export async function measurePyTorch(
  { model, device, input, batch, seconds }: BenchSettings & { model: string; device: PyTorchDevice },
  threads: number,
): Promise<PyTorchMeasurement | { reason: string }> {
  const depth = /^pose_resnet(\d+)$/.exec(model)?.[1];
  if (depth === undefined) return { reason: 'there is no PyTorch twin of this model here' };
  const values = { depth, device, height: input[0], width: input[1], batch, seconds, threads };
  const options = Object.entries(values).flatMap(([name, value]) => [`--${name}`, `${value}`]);
  try {
    const { stdout } = await promisify(execFile)(python(), [SCRIPT, ...options]);
    return JSON.parse(stdout) as PyTorchMeasurement;
  } catch (error) {
    const { stderr = '', message } = error as Error & { stderr?: string };
    return { reason: stderr.trim().split('\n').at(-1) || message };
  }
}
