import type { EngineInfo, EngineKind } from '../engine-info';
import type { KernelProfile } from './kernel-profile';
import type { Timing } from './measure';

/** What all measurements of a run have in common. */
export interface BenchSettings {
  /** Network input, pixels. */
  input: [height: number, width: number];
  /** Images per step. */
  batch: number;
  /** How long each number is measured for. */
  seconds: number;
}

/** One model on one engine: the work of one child process. */
export interface BenchTask extends BenchSettings {
  engine: EngineKind;
  model: string;
  /** Profile the kernels of a training step, instead of timing the step and the forward pass. */
  profile: boolean;
}

/** Bytes that the process held at most, where the system tells, and on a GPU those of its memory taken since the start. */
export interface Memory {
  process?: number;
  device?: number;
}

export interface Measurement {
  info: EngineInfo;
  /** Version of TensorFlow.js. */
  tfjs: string;
  /** Multiply-adds of the model's convolutions for one image. */
  macs: number;
  /** Seconds of a training step, and of a forward pass, over the batch. */
  train: Timing;
  forward: Timing;
  memory: Memory;
}

export type BenchAnswer = { measured: Measurement } | { profile: KernelProfile } | { error: string };
