import type * as tfl from '@tensorflow/tfjs-layers';
import { conv, depthwiseConv } from '../../layers/convolution';
import { batchNorm, relu, sigmoid } from '../../layers/elementwise';

/**
 * Convolutions under the module names of mmcv (open-mmlab/mmcv, mmcv/cnn/bricks/conv_module.py): `conv`, `bn`, `activate`.
 */

const ACTIVATIONS = { relu, sigmoid, none: (x: tfl.SymbolicTensor) => x };

export interface ConvModuleOptions {
  /** Default 1. */
  kernelSize?: number;
  /** Default 1. */
  strides?: number;
  /** Whether a batch norm follows the convolution; without, this has a bias. Default true. */
  norm?: boolean;
  /** Default relu. */
  activation?: keyof typeof ACTIVATIONS;
}

/** Convolution, batch norm, activation: [N, H, W, C] to [N, H / strides, W / strides, filters]. */
export function convModule(
  x: tfl.SymbolicTensor,
  name: string,
  filters: number,
  { kernelSize = 1, strides = 1, norm = true, activation = 'relu' }: ConvModuleOptions = {},
): tfl.SymbolicTensor {
  let y = conv(x, `${name}.conv`, filters, kernelSize, { strides, bias: !norm });
  if (norm) y = batchNorm(y, `${name}.bn`);
  return ACTIVATIONS[activation](y, `${name}.activate`);
}

/** Depthwise 3x3 convolution and batch norm, no activation: [N, H, W, C] to [N, H / strides, W / strides, C]. */
export function depthwiseModule(x: tfl.SymbolicTensor, name: string, strides = 1): tfl.SymbolicTensor {
  return batchNorm(depthwiseConv(x, `${name}.conv`, 3, strides), `${name}.bn`);
}
