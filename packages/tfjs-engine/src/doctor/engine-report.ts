import type { EngineInfo } from '../engine-info';
import type { LinkRecord } from '../link/link-record';
import type { ExecutionProvider } from './onnx-runtime';

/** Every engine, fastest first. */
export const ENGINES = ['tfjs-node-gpu', 'tfjs-node', 'wasm', 'cpu'] as const;
export type EngineName = (typeof ENGINES)[number];

export interface EngineReport {
  name: EngineName;
  /** absent: not installed. incomplete: installed without its native part. broken: does not load. */
  state: 'loads' | 'absent' | 'incomplete' | 'broken';
  version?: string;
  /** The package's folder; of the native engines. */
  root?: string;
  /** What its native part was linked to, where `pose-engine link` built it. */
  link?: LinkRecord;
  /** Why it does not load. */
  reason?: string;
  /** TensorFlow's own version. */
  tensorflow?: string;
  /** Threads that compute, where the engine tells. */
  threads?: number;
  /** What TensorFlow runs on. */
  device?: 'cuda' | 'cpu';
  /** TensorFlow's own warnings while it loaded and ran, such as a CUDA library that is not there. */
  warnings?: string[];
  /** Forward 3x3 convolution, GFLOP/s. */
  gflops?: number;
}

/** What the child process that tries something found out. */
export type ProbeResult = Omit<EngineReport, 'name'> | { picked: EngineInfo } | { providers: ExecutionProvider[] };

/** What a child process tries: an engine, the choice that `useEngine` makes, or ONNX Runtime. */
export type ProbeTarget = EngineName | 'auto' | 'onnxruntime-node';
