/** cuda: TensorFlow on a GPU. native: TensorFlow's CPU kernels. wasm: WebAssembly, from npm alone. cpu: plain JavaScript. */
export type EngineKind = 'cuda' | 'native' | 'wasm' | 'cpu';

export interface EngineInfo {
  kind: EngineKind;
  /** TensorFlow.js backend name: 'tensorflow', 'wasm' or 'cpu'. */
  backend: string;
  /** The npm package that provides it. */
  package: string;
  /** Threads that compute, where the engine tells. */
  threads?: number;
  /** TensorFlow's own version, where TensorFlow runs. */
  tensorflow?: string;
  /** Whether batch normalisation, the gradient of ReLU and Adam are one kernel each, or composed of elementary ops. */
  fusedKernels: boolean;
  /** One sentence: why this engine was taken. */
  why: string;
  /** What keeps faster engines from being used, one line each. */
  notes: string[];
}
