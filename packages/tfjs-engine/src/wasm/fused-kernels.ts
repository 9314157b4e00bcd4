import type { KernelConfig } from '@tensorflow/tfjs-core';
import {
  defineKernel,
  type AdamUpdateInputs,
  type BatchNormTrainGradInputs,
  type BatchNormTrainInputs,
  type ReluGradInputs,
} from '../define-kernel';
import type { AdamAttributes } from '../loops/adam';
import { heapLoops } from './simd/heap-loops';
import { allocate, type BackendWasm } from './wasm-backend';

const batchNormTrain = defineKernel(
  'wasm',
  'BatchNormTrain',
  (inputs: BatchNormTrainInputs, { epsilon }: { epsilon: number }, backend: BackendWasm) => {
    const y = allocate(backend, inputs.x.shape);
    const mean = allocate(backend, inputs.scale.shape);
    const variance = allocate(backend, inputs.scale.shape);
    const loops = heapLoops(backend);
    loops.channelMoments(inputs.x, mean, variance);
    loops.normalize(inputs, mean, variance, epsilon, y);
    return [y, mean, variance];
  },
);

const batchNormTrainGrad = defineKernel(
  'wasm',
  'BatchNormTrainGrad',
  (inputs: BatchNormTrainGradInputs, { epsilon }: { epsilon: number }, backend: BackendWasm) => {
    const dx = allocate(backend, inputs.x.shape);
    const dScale = allocate(backend, inputs.scale.shape);
    const dOffset = allocate(backend, inputs.scale.shape);
    heapLoops(backend).normalizeGradient(inputs, epsilon, { dx, dScale, dOffset });
    return [dx, dScale, dOffset];
  },
);

const reluGrad = defineKernel('wasm', 'ReluGrad', ({ dy, y }: ReluGradInputs, _: object, backend: BackendWasm) => {
  const dx = allocate(backend, y.shape);
  heapLoops(backend).reluGradient(dy, y, dx);
  return dx;
});

const adamUpdate = defineKernel(
  'wasm',
  'AdamUpdate',
  (inputs: AdamUpdateInputs, attributes: AdamAttributes, backend: BackendWasm) => {
    // A new tensor, not in place: XNNPACK keeps packed copies of filters by tensor, and would go on using the old ones.
    const next = allocate(backend, inputs.value.shape);
    heapLoops(backend).adamStep(inputs, attributes, next);
    return next;
  },
);

/** One pass over memory or two, where tfjs composes many. */
export const wasmFusedKernels: readonly KernelConfig[] = [batchNormTrain, batchNormTrainGrad, reluGrad, adamUpdate];
