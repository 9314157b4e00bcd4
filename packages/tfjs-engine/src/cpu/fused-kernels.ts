import type { KernelConfig } from '@tensorflow/tfjs-core';
import {
  defineKernel,
  type AdamUpdateInputs,
  type BatchNormTrainGradInputs,
  type BatchNormTrainInputs,
  type ReluGradInputs,
} from '../define-kernel';
import { adamStep, type AdamAttributes } from '../loops/adam';
import { channelMoments, normalize, normalizeGradient } from '../loops/batch-norm';
import { reluGradient } from '../loops/relu';
import { cpuHeap, type CpuBackend } from './cpu-backend';

const { allocate, view } = cpuHeap;

const batchNormTrain = defineKernel(
  'cpu',
  'BatchNormTrain',
  ({ x, scale, offset }: BatchNormTrainInputs, { epsilon }: { epsilon: number }, backend: CpuBackend) => {
    const outputs = [x, scale, scale].map(({ shape }) => allocate(backend, shape));
    const [y, mean, variance] = outputs.map((tensor) => view(backend, tensor));
    const values = view(backend, x);
    channelMoments(values, mean.length, mean, variance);
    normalize(values, mean, variance, view(backend, scale), view(backend, offset), epsilon, y);
    return outputs;
  },
);

const batchNormTrainGrad = defineKernel(
  'cpu',
  'BatchNormTrainGrad',
  (inputs: BatchNormTrainGradInputs, { epsilon }: { epsilon: number }, backend: CpuBackend) => {
    const outputs = [inputs.x, inputs.scale, inputs.scale].map(({ shape }) => allocate(backend, shape));
    const { dy, x, scale, mean, variance } = inputs;
    const [dx, dScale, dOffset] = outputs.map((tensor) => view(backend, tensor));
    normalizeGradient(
      ...([view(backend, dy), view(backend, x), view(backend, scale)] as const),
      ...([view(backend, mean), view(backend, variance), epsilon, dx, dScale, dOffset] as const),
    );
    return outputs;
  },
);

const reluGrad = defineKernel('cpu', 'ReluGrad', ({ dy, y }: ReluGradInputs, _: object, backend: CpuBackend) => {
  const dx = allocate(backend, y.shape);
  reluGradient(view(backend, dy), view(backend, y), view(backend, dx));
  return dx;
});

const adamUpdate = defineKernel(
  'cpu',
  'AdamUpdate',
  (inputs: AdamUpdateInputs, attributes: AdamAttributes, backend: CpuBackend) => {
    const { value, gradient, firstMoment, secondMoment } = inputs;
    const next = allocate(backend, value.shape);
    adamStep(
      ...([view(backend, value), view(backend, gradient)] as const),
      ...([view(backend, firstMoment), view(backend, secondMoment), attributes, view(backend, next)] as const),
    );
    return next;
  },
);

/** Training steps in one kernel each, as on the other engines: for speed, not for right results. */
export const cpuFusedKernels: readonly KernelConfig[] = [batchNormTrain, batchNormTrainGrad, reluGrad, adamUpdate];
