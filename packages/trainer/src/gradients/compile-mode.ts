import { RUNTIMES, type Runtime } from '@pose/tfjs-compile';

/**
 * How training steps run: 'off', op by op; 'tensorflow', 'onnx-webgpu' and 'onnx-cuda', as one graph of that runtime with
 * the optimizer in it; 'onnx', forward and backward pass as one graph of ONNX Runtime on the CPU; 'auto', whichever is
 * faster, op by op or as a graph of the runtime that suits the engine.
 */
export const COMPILE_MODES = ['auto', ...RUNTIMES, 'off'] as const;
export type CompileMode = (typeof COMPILE_MODES)[number];

/** For messages. */
export const RUNTIME_NAMES: Readonly<Record<Runtime, string>> = {
  tensorflow: 'TensorFlow',
  onnx: 'ONNX Runtime',
  'onnx-webgpu': 'ONNX Runtime with WebGPU',
  'onnx-cuda': 'ONNX Runtime with CUDA',
};
