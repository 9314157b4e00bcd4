import { getKernel, type KernelConfig, type TensorInfo } from '@tensorflow/tfjs-core';
import { defineKernel } from '../define-kernel';
import { heapLoops } from './simd/heap-loops';
import { allocate, type BackendWasm } from './wasm-backend';

/**
 * tfjs' own kernel makes 0 of a NaN with its sign bit set, as x86 makes them, so that a diverged network looks healthy.
 * For integers that kernel, the one registered now, goes on.
 */
export function reluKernel(): KernelConfig {
  const original = getKernel('Relu', 'wasm');
  const kernel = defineKernel('wasm', 'Relu', ({ x }: { x: TensorInfo }, _: object, backend: BackendWasm) => {
    if (x.dtype !== 'float32') return original.kernelFunc({ inputs: { x }, attrs: {}, backend }) as TensorInfo;
    const y = allocate(backend, x.shape);
    heapLoops(backend).relu(x, y);
    return y;
  });
  return { ...original, kernelFunc: kernel.kernelFunc };
}
