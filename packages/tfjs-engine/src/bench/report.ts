import type { Machine } from '../doctor/machine';
import type { EngineKind } from '../engine-info';
import type { BenchSettings, Memory } from './bench-task';
import type { KernelProfile } from './kernel-profile';
import type { Timing } from './measure';

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
