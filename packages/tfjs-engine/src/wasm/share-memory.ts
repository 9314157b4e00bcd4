import { getKernel, type KernelConfig, type TensorInfo } from '@tensorflow/tfjs-core';
import { defineKernel } from '../define-kernel';
import type { BackendWasm } from './wasm-backend';

function share(x: TensorInfo, backend: BackendWasm): TensorInfo {
  backend.incRef(x.dataId);
  return { dataId: x.dataId, shape: x.shape, dtype: x.dtype };
}

/**
 * Shares the memory, as tfjs' own Reshape does. tfjs' Identity copies, and the engine clones every tensor that it keeps
 * for the backward pass: all activations and filters, once per step.
 */
export const identityKernel = defineKernel(
  'wasm',
  'Identity',
  ({ x }: { x: TensorInfo }, _: object, backend: BackendWasm) => share(x, backend),
);

/** The gradient of each clone is a cast to float32, nearly always of float32; for others the kernel registered now goes on. */
export function castKernel(): KernelConfig {
  const original = getKernel('Cast', 'wasm');
  const kernel = defineKernel(
    'wasm',
    'Cast',
    ({ x }: { x: TensorInfo }, { dtype }: { dtype: TensorInfo['dtype'] }, backend: BackendWasm) =>
      x.dtype === dtype
        ? share(x, backend)
        : (original.kernelFunc({ inputs: { x }, attrs: { dtype }, backend }) as TensorInfo),
  );
  return { ...original, kernelFunc: kernel.kernelFunc };
}
