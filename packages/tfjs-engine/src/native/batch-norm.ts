import { mul, scalar, tensor1d, tidy } from '@tensorflow/tfjs-core';
import { defineKernel, type BatchNormTrainGradInputs, type BatchNormTrainInputs } from '../define-kernel';
import type { NodeBackend } from './node-backend';

function attributes(backend: NodeBackend, epsilon: number) {
  const { TF_ATTR_TYPE, TF_ATTR_FLOAT, TF_ATTR_STRING, TF_ATTR_BOOL, TF_FLOAT } = backend.binding;
  return [
    { name: 'T', type: TF_ATTR_TYPE, value: TF_FLOAT },
    { name: 'U', type: TF_ATTR_TYPE, value: TF_FLOAT },
    { name: 'epsilon', type: TF_ATTR_FLOAT, value: epsilon },
    { name: 'data_format', type: TF_ATTR_STRING, value: 'NHWC' },
    { name: 'is_training', type: TF_ATTR_BOOL, value: true },
  ];
}

/** TensorFlow's FusedBatchNormV3; its batch variance is unbiased, ours biased, as the gradient needs it. */
export const batchNormTrain = defineKernel(
  'tensorflow',
  'BatchNormTrain',
  ({ x, scale, offset }: BatchNormTrainInputs, { epsilon }: { epsilon: number }, backend: NodeBackend) =>
    tidy(() => {
      const none = tensor1d([], 'float32');
      const op = [
        ...attributes(backend, epsilon),
        { name: 'exponential_avg_factor', type: backend.binding.TF_ATTR_FLOAT, value: 1 },
      ];
      const outputs = backend.executeMultipleOutputs('FusedBatchNormV3', op, [x, scale, offset, none, none], 6);
      const count = x.shape.slice(0, -1).reduce((a, b) => a * b, 1);
      return [outputs[0], outputs[1], mul(outputs[2], scalar((count - 1) / count))];
    }),
);

/** TensorFlow's FusedBatchNormGradV3, whose reserved inputs are on the CPU just the batch's mean and biased variance. */
export const batchNormTrainGrad = defineKernel(
  'tensorflow',
  'BatchNormTrainGrad',
  (inputs: BatchNormTrainGradInputs, { epsilon }: { epsilon: number }, backend: NodeBackend) =>
    tidy(() => {
      const { dy, x, scale, mean, variance } = inputs;
      const none = tensor1d([], 'float32');
      const op = attributes(backend, epsilon);
      const outputs = backend.executeMultipleOutputs(
        'FusedBatchNormGradV3',
        op,
        [dy, x, scale, mean, variance, none],
        5,
      );
      return outputs.slice(0, 3);
    }),
);
