import { getBackend } from '@tensorflow/tfjs-core';

export const RUNTIMES = ['tensorflow', 'onnx', 'onnx-webgpu', 'onnx-cuda'] as const;
/**
 * What runs a graph: TensorFlow through the native engine that is active, or ONNX Runtime beside any engine, on the CPU or
 * on a GPU through WebGPU or CUDA.
 */
export type Runtime = (typeof RUNTIMES)[number];

/** Of ONNX Runtime, for each of its runtimes. */
export const PROVIDERS = { onnx: 'cpu', 'onnx-webgpu': 'webgpu', 'onnx-cuda': 'cuda' } as const;

/** The runtime that suits the active backend. */
export function defaultRuntime(): Runtime {
  return getBackend() === 'tensorflow' ? 'tensorflow' : 'onnx';
}
