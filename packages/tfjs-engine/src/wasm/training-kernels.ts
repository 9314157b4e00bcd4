import { backend_util, type KernelConfig, type TensorInfo } from '@tensorflow/tfjs-core';
import {
  defineKernel,
  type AdamUpdateInputs,
  type BatchNormTrainGradInputs,
  type BatchNormTrainInputs,
} from '../define-kernel';
import { adamStep, type AdamAttributes } from '../loops/adam';
import { channelMoments, normalize, normalizeGradient } from '../loops/batch-norm';
import { maxPoolGradient } from '../loops/max-pool-gradient';
import { conv2dBackpropFilterKernel } from './conv2d-backprop-filter';
import { conv2dBackpropInputKernel } from './conv2d-backprop-input';
import { allocate, view, type BackendWasm } from './wasm-backend';

const batchNormTrain = defineKernel(
  'wasm',
  'BatchNormTrain',
  ({ x, scale, offset }: BatchNormTrainInputs, { epsilon }: { epsilon: number }, backend: BackendWasm) => {
    const channels = scale.shape[0];
    const y = allocate(backend, x.shape);
    const mean = allocate(backend, [channels]);
    const variance = allocate(backend, [channels]);
    const [xs, means, variances] = [view(backend, x), view(backend, mean), view(backend, variance)];
    channelMoments(xs, channels, means, variances);
    normalize(xs, means, variances, view(backend, scale), view(backend, offset), epsilon, view(backend, y));
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
    normalizeGradient(
      view(backend, inputs.dy),
      view(backend, inputs.x),
      view(backend, inputs.scale),
      view(backend, inputs.mean),
      view(backend, inputs.variance),
      epsilon,
      view(backend, dx),
      view(backend, dScale),
      view(backend, dOffset),
    );
    return [dx, dScale, dOffset];
  },
);

interface PoolAttributes {
  filterSize: number | [number, number];
  strides: number | [number, number];
  pad: Parameters<typeof backend_util.computePool2DInfo>[4];
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

const maxPoolGrad = defineKernel(
  'wasm',
  'MaxPoolGrad',
  ({ dy, input }: { dy: TensorInfo; input: TensorInfo }, attributes: PoolAttributes, backend: BackendWasm) => {
    const { filterSize, strides, pad, dimRoundingMode } = attributes;
    const shape = input.shape as [number, number, number, number];
    const geometry = backend_util.computePool2DInfo(shape, filterSize, strides, 1, pad, dimRoundingMode);
    const dx = allocate(backend, shape);
    const values = view(backend, dx);
    values.fill(0);
    const { top: padTop, left: padLeft } = geometry.padInfo;
    maxPoolGradient(view(backend, dy), view(backend, input), { ...geometry, padTop, padLeft }, values);
    return dx;
  },
);

const adamUpdate = defineKernel(
  'wasm',
  'AdamUpdate',
  ({ value, gradient, firstMoment, secondMoment }: AdamUpdateInputs, attributes: AdamAttributes, backend: BackendWasm) => {
    // New tensors, not in place: XNNPACK keeps packed copies of filters by tensor, and would go on using the old ones.
    const outputs = [value, firstMoment, secondMoment].map((t) => allocate(backend, t.shape));
    const [nextValue, nextFirst, nextSecond] = outputs.map((t) => view(backend, t));
    adamStep(
      view(backend, value),
      view(backend, gradient),
      view(backend, firstMoment),
      view(backend, secondMoment),
      attributes,
      { value: nextValue, firstMoment: nextFirst, secondMoment: nextSecond },
    );
    return outputs;
  },
);

/** What tfjs' wasm backend lacks for training SimpleBaseline, or has only in a slow form. */
export const wasmTrainingKernels: readonly KernelConfig[] = [
  conv2dBackpropFilterKernel,
  conv2dBackpropInputKernel,
  maxPoolGrad,
  batchNormTrain,
  batchNormTrainGrad,
  adamUpdate,
];
