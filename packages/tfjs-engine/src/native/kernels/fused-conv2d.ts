import { backend_util, relu, type KernelConfig, type TensorInfo } from '@tensorflow/tfjs-core';
import { defineKernel } from '../../define-kernel';
import type { NodeBackend } from '../node-backend';

type Pad = Parameters<typeof backend_util.computeConv2DInfo>[4];
type Shape4D = [number, number, number, number];

interface FusedConvInputs extends Record<string, TensorInfo> {
  x: TensorInfo;
  filter: TensorInfo;
  bias: TensorInfo;
}

interface FusedConvAttributes {
  strides: number | [number, number];
  pad: Pad;
  dilations: number | [number, number];
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
  activation?: string;
}

/**
 * A convolution with its bias as one op, TensorFlow's own `_MklNativeConv2DWithBias`, which its graph optimiser makes
 * of Conv2D and BiasAdd on the CPU; tfjs-node runs the two apart. Where TensorFlow was built without oneDNN, and for
 * what the op cannot do, tfjs-node's kernel goes on as before.
 */
export function fusedConv2d(original: KernelConfig): KernelConfig {
  let unavailable = false;
  return defineKernel(
    'tensorflow',
    'FusedConv2D',
    (inputs: FusedConvInputs, attributes: FusedConvAttributes, backend: NodeBackend) => {
      const { x, filter, bias } = inputs;
      const { strides, pad, dilations, dimRoundingMode, activation = 'linear' } = attributes;
      const asBefore = () => original.kernelFunc({ inputs, attrs: { ...attributes }, backend }) as TensorInfo;
      if (unavailable || bias?.shape.length !== 1 || !['linear', 'relu'].includes(activation)) return asBefore();
      const [xShape, filterShape] = [x.shape as Shape4D, filter.shape as Shape4D];
      const info = backend_util.computeConv2DInfo(xShape, filterShape, strides, dilations, pad, dimRoundingMode);
      if (!['SAME', 'VALID'].includes(info.padInfo.type)) return asBefore();
      const { TF_ATTR_TYPE, TF_ATTR_INT, TF_ATTR_STRING, TF_FLOAT } = backend.binding;
      const op = [
        { name: 'T', type: TF_ATTR_TYPE, value: TF_FLOAT },
        { name: 'strides', type: TF_ATTR_INT, value: [1, info.strideHeight, info.strideWidth, 1] },
        { name: 'dilations', type: TF_ATTR_INT, value: [1, info.dilationHeight, info.dilationWidth, 1] },
        { name: 'padding', type: TF_ATTR_STRING, value: info.padInfo.type },
        { name: '_kernel', type: TF_ATTR_STRING, value: 'MklNameChangeOp' },
      ];
      try {
        const sum = backend.executeSingleOutput('_MklNativeConv2DWithBias', op, [x, filter, bias]);
        if (activation === 'linear') return sum;
        const result = relu(sum);
        sum.dispose();
        return result;
      } catch {
        unavailable = true;
        return asBefore();
      }
    },
  );
}
