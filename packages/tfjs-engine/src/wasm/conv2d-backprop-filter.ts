import { backend_util, type TensorInfo } from '@tensorflow/tfjs-core';
import { defineKernel } from '../define-kernel';
import type { Pad, Shape4D } from '../loop-kernels/attributes';
import { heapLoops } from './simd/heap-loops';
import { allocate, type BackendWasm } from './wasm-backend';

export const conv2dBackpropFilterKernel = defineKernel(
  'wasm',
  'Conv2DBackpropFilter',
  (
    { x, dy }: { x: TensorInfo; dy: TensorInfo },
    { strides, pad, filterShape }: { strides: number | [number, number]; pad: Pad; filterShape: Shape4D },
    backend: BackendWasm,
  ) => {
    const conv = backend_util.computeConv2DInfo(x.shape as Shape4D, filterShape, strides, 1, pad);
    const geometry = { ...conv, padTop: conv.padInfo.top, padLeft: conv.padInfo.left };
    const dFilter = allocate(backend, filterShape);
    heapLoops(backend).filterGradient(x, dy, geometry, dFilter);
    return dFilter;
  },
);
