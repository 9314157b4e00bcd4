import type { KernelConfig } from '@tensorflow/tfjs-core';
import {
  defineKernel,
  type AdamUpdateInputs,
  type BatchNormTrainGradInputs,
  type BatchNormTrainInputs,
} from '../define-kernel';
import { adamStep, type AdamAttributes } from '../loops/adam';
import { channelMoments, normalize, normalizeGradient } from '../loops/batch-norm';
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

const adamUpdate = defineKernel(
  'cpu',
  'AdamUpdate',
  (inputs: AdamUpdateInputs, attributes: AdamAttributes, backend: CpuBackend) => {
    const { value, gradient, firstMoment, secondMoment } = inputs;
    const outputs = [0, 1, 2].map(() => allocate(backend, value.shape));
    const [nextValue, nextFirst, nextSecond] = outputs.map((tensor) => view(backend, tensor));
    adamStep(
      ...([view(backend, value), view(backend, gradient)] as const),
      ...([view(backend, firstMoment), view(backend, secondMoment), attributes] as const),
      { value: nextValue, firstMoment: nextFirst, secondMoment: nextSecond },
    );
    return outputs;
  },
);

/** Training steps in one kernel each, as on the other engines: for speed, not for right results. */
export const cpuFusedKernels: readonly KernelConfig[] = [batchNormTrain, batchNormTrainGrad, adamUpdate];
