import { mul, scalar, tensor1d, tidy, type Tensor, type TensorInfo } from '@tensorflow/tfjs-core';
import { defineKernel, type BatchNormTrainGradInputs, type BatchNormTrainInputs } from '../../define-kernel';
import type { NodeBackend } from '../node-backend';

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

/**
 * TensorFlow's FusedBatchNormV3. Its batch variance is unbiased, ours biased. Three more outputs are reserved for its
 * gradient: what they hold differs between the CPU and cuDNN.
 */
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
      const inputs = [x, scale, offset, none, none];
      const [y, mean, variance, ...reserved] = backend.executeMultipleOutputs('FusedBatchNormV3', op, inputs, 6);
      const count = x.shape.slice(0, -1).reduce((a, b) => a * b, 1);
      return [y, mean, mul(variance, scalar((count - 1) / count)), ...reserved] as Tensor[];
    }),
);

type Reserved = Record<'reserved1' | 'reserved2' | 'reserved3', TensorInfo>;

/** TensorFlow's FusedBatchNormGradV3. */
export const batchNormTrainGrad = defineKernel(
  'tensorflow',
  'BatchNormTrainGrad',
  (inputs: BatchNormTrainGradInputs & Reserved, { epsilon }: { epsilon: number }, backend: NodeBackend) =>
    tidy(() => {
      const { dy, x, scale, reserved1, reserved2, reserved3 } = inputs;
      const operands = [dy, x, scale, reserved1, reserved2, reserved3];
      const op = attributes(backend, epsilon);
      return backend.executeMultipleOutputs('FusedBatchNormGradV3', op, operands, 5).slice(0, 3);
    }),
);
