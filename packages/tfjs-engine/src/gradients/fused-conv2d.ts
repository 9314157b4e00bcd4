import {
  conv2d,
  engine,
  sum,
  type GradConfig,
  type NamedAttrMap,
  type Tensor,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import type { ConvolutionAttributes } from '../loop-kernels/attributes';
import { conv2dGradient } from './conv2d';
import { towardsReluInput } from './relu';

const IMAGES_AND_SPACE = [0, 1, 2];

export const fusedConv2dAddGradient: GradConfig = {
  kernelName: 'FusedConv2DAdd',
  inputsToSave: ['x', 'filter'],
  outputsToSave: [true],
  gradFunc: (dy, [x, filter, y], attributes) => {
    const dSum = towardsSum(dy as Tensor, y, attributes);
    return {
      ...conv2dGradient.gradFunc(dSum, [x, filter], { ...attributes, dataFormat: 'NHWC' }),
      bias: () => sum(dSum, IMAGES_AND_SPACE),
      addend: () => dSum,
    };
  },
};

export const fusedConv2dTransposeGradient: GradConfig = {
  kernelName: 'FusedConv2DTranspose',
  inputsToSave: ['x', 'filter'],
  outputsToSave: [true],
  gradFunc: (dy, [x, filter, y], attributes) => {
    const { strides, pad } = attributes as unknown as ConvolutionAttributes;
    const dSum = towardsSum(dy as Tensor, y, attributes);
    const backprop = { strides, pad, dataFormat: 'NHWC', filterShape: filter.shape } as unknown as NamedAttrMap;
    return {
      x: () => conv2d(dSum as Tensor4D, filter as Tensor4D, strides, pad),
      filter: () => engine().runKernel('Conv2DBackpropFilter', { x: dSum, dy: x }, backprop),
      bias: () => sum(dSum, IMAGES_AND_SPACE),
    };
  },
};

function towardsSum(dy: Tensor, y: Tensor, { activation }: NamedAttrMap): Tensor {
  return activation === 'relu' ? towardsReluInput(dy, y) : dy;
}
