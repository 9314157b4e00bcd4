import type { backend_util } from '@tensorflow/tfjs-core';

export type Shape4D = [number, number, number, number];
export type Pad = Parameters<typeof backend_util.computeConv2DInfo>[4];
type RoundingMode = 'floor' | 'round' | 'ceil';

/** Attributes of TensorFlow.js' kernels MaxPool, AvgPool and of their gradients. */
export interface PoolAttributes {
  filterSize: number | [number, number];
  strides: number | [number, number];
  pad: Pad;
  dimRoundingMode?: RoundingMode;
}

/** Attributes of the kernels Conv2D and DepthwiseConv2dNative, as far as their gradients need them. */
export interface ConvolutionAttributes {
  strides: number | [number, number];
  pad: Pad;
  dilations?: number | [number, number] | null;
  dimRoundingMode?: RoundingMode;
}
