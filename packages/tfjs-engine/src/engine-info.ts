/** cuda: TensorFlow on a GPU. native: TensorFlow's CPU kernels. wasm: WebAssembly, from npm alone. cpu: plain JavaScript. */
export const ENGINE_KINDS = ['cuda', 'native', 'wasm', 'cpu'] as const;
export type EngineKind = (typeof ENGINE_KINDS)[number];

export interface EngineInfo {
  kind: EngineKind;
  /** TensorFlow.js backend name: 'tensorflow', 'wasm' or 'cpu'. */
  backend: string;
  /** The npm package that provides it. */
  package: string;
  /** What it computes on: the CPU's or the GPU's name. */
  device: string;
  /** Bytes of that device: the machine's memory, or the GPU's where nvidia-smi tells it. */
  memory?: number;
  /** Instruction sets that its kernels may use: the CPU's (native), or those of this Node's WebAssembly (wasm). */
  features: string[];
  /** Threads that compute one op; not on a GPU. */
  threads?: number;
  /** TensorFlow's own version, where TensorFlow runs. */
  tensorflow?: string;
  /** Whether the kernels that `useEngine` can turn off are one each, or composed of elementary ops. */
  fusedKernels: boolean;
  /** One sentence: why this engine was taken. */
  why: string;
  /** What keeps faster engines from being used, one line each. */
  notes: string[];
}
