import { backend_util, type KernelConfig, type TensorInfo } from '@tensorflow/tfjs-core';
import { defineKernel } from '../define-kernel';
import type { PoolAttributes, Shape4D } from '../loop-kernels/attributes';
import { conv2dKernel } from './conv2d';
import { conv2dBackpropFilterKernel } from './conv2d-backprop-filter';
import { conv2dBackpropInputKernel } from './conv2d-backprop-input';
import { identityKernel } from './share-memory';
import { heapLoops } from './simd/heap-loops';
import { allocate, type BackendWasm } from './wasm-backend';

const maxPoolGrad = defineKernel(
  'wasm',
  'MaxPoolGrad',
  ({ dy, input }: { dy: TensorInfo; input: TensorInfo }, attributes: PoolAttributes, backend: BackendWasm) => {
    const { filterSize, strides, pad, dimRoundingMode } = attributes;
    const shape = input.shape as Shape4D;
    const geometry = backend_util.computePool2DInfo(shape, filterSize, strides, 1, pad, dimRoundingMode);
    const dx = allocate(backend, shape);
    const { top: padTop, left: padLeft } = geometry.padInfo;
    heapLoops(backend).maxPoolGradient(dy, input, { ...geometry, padTop, padLeft }, dx);
    return dx;
  },
);

/** What tfjs' wasm backend lacks for training convolutional networks, or has only in a slow form. */
export const wasmTrainingKernels: readonly KernelConfig[] = [
  conv2dKernel,
  conv2dBackpropFilterKernel,
  conv2dBackpropInputKernel,
  maxPoolGrad,
  identityKernel,
];
