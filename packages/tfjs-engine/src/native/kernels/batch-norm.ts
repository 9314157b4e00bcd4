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

/** TensorFlow's FusedBatchNormV3: y, mean, unbiased variance, and three more that are reserved for its gradient. */
function forward({ x, scale, offset }: BatchNormTrainInputs, epsilon: number, backend: NodeBackend): Tensor[] {
  const none = tensor1d([], 'float32');
  const op = [
    ...attributes(backend, epsilon),
    { name: 'exponential_avg_factor', type: backend.binding.TF_ATTR_FLOAT, value: 1 },
  ];
  return backend.executeMultipleOutputs('FusedBatchNormV3', op, [x, scale, offset, none, none], 6);
}

/** Its variance is biased, as on every engine. What the reserved outputs hold differs between the CPU and cuDNN. */
export const batchNormTrain = defineKernel(
  'tensorflow',
  'BatchNormTrain',
  (inputs: BatchNormTrainInputs, { epsilon }: { epsilon: number }, backend: NodeBackend) =>
    tidy(() => {
      const [y, mean, variance, ...reserved] = forward(inputs, epsilon, backend);
      const count = inputs.x.shape.slice(0, -1).reduce((a, b) => a * b, 1);
      return [y, mean, mul(variance, scalar((count - 1) / count)), ...reserved];
    }),
);

type Reserved = Partial<Record<'reserved1' | 'reserved2' | 'reserved3', TensorInfo>>;

/** TensorFlow's FusedBatchNormGradV3. Whoever has not kept what is reserved for it has it made again. */
export const batchNormTrainGrad = defineKernel(
  'tensorflow',
  'BatchNormTrainGrad',
  (inputs: BatchNormTrainGradInputs & Reserved, { epsilon }: { epsilon: number }, backend: NodeBackend) =>
    tidy(() => {
      const { dy, x, scale, reserved1, reserved2, reserved3 } = inputs;
      const kept = [reserved1, reserved2, reserved3].flatMap((tensor) => tensor ?? []);
      const reserved = kept.length > 0 ? kept : forward({ x, scale, offset: scale }, epsilon, backend).slice(3);
      const op = attributes(backend, epsilon);
      return backend.executeMultipleOutputs('FusedBatchNormGradV3', op, [dy, x, scale, ...reserved], 5).slice(0, 3);
    }),
);
