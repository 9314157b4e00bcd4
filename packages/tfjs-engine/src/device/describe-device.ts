import { availableParallelism, cpus, totalmem } from 'node:os';
import type { EngineInfo, EngineKind } from '../engine-info';
import { cpuFeatures } from './cpu-features';
import { gpuInUse } from './nvidia-smi';
import { wasmFeatures } from './wasm-features';

/** What an engine computes on, and with how many threads where that is not for the engine itself to tell (wasm). */
export function describeDevice(kind: EngineKind): Pick<EngineInfo, 'device' | 'memory' | 'threads' | 'features'> {
  switch (kind) {
    case 'cuda': {
      const gpu = gpuInUse();
      return { device: gpu?.name ?? 'CUDA GPU', memory: gpu && gpu.memoryMiB * 2 ** 20, features: [] };
    }
    case 'native':
      return { device: cpuName(), memory: totalmem(), threads: tensorflowThreads(), features: cpuFeatures() };
    case 'wasm':
      return { device: cpuName(), memory: totalmem(), features: wasmFeatures() };
    case 'cpu':
      return { device: cpuName(), memory: totalmem(), threads: 1, features: [] };
  }
}

export function cpuName(): string {
  return cpus()[0]?.model.trim() ?? 'unknown';
}

/**
 * TensorFlow's threads within one op, as local_device.cc of TensorFlow chooses them: the environment variable where it
 * is a number above 0, else the cores that the process may run on.
 */
export function tensorflowThreads(): number {
  const wish = process.env.TF_NUM_INTRAOP_THREADS?.trim() ?? '';
  return /^\d+$/.test(wish) && Number(wish) > 0 ? Number(wish) : availableParallelism();
}
