import { arch, availableParallelism, platform, totalmem } from 'node:os';
import { cpuFeatures } from '../device/cpu-features';
import { cpuName } from '../device/describe-device';
import { listGpus, type Gpu } from '../device/nvidia-smi';
import { wasmFeatures } from '../device/wasm-features';

export interface Machine {
  node: string;
  platform: string;
  arch: string;
  /** Cores that this process may use. */
  cores: number;
  cpu: string;
  /** Instruction sets of the CPU, such as avx2; empty where the system does not tell. */
  cpuFeatures: string[];
  /** Which of simd, threads and relaxed-simd this Node's WebAssembly has. */
  wasmFeatures: string[];
  /** Bytes. */
  memory: number;
  /** CUDA GPUs, as nvidia-smi lists them. */
  gpus: Gpu[];
  /** Why nvidia-smi lists none. */
  gpuProblem?: string;
}

export function describeMachine(): Machine {
  const { gpus, problem } = listGpus();
  return {
    node: process.versions.node,
    platform: platform(),
    arch: arch(),
    cores: availableParallelism(),
    cpu: cpuName(),
    cpuFeatures: cpuFeatures(),
    wasmFeatures: wasmFeatures(),
    memory: totalmem(),
    gpus,
    gpuProblem: problem,
  };
}
