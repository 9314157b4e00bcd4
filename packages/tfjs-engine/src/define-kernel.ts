import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs-core';

/** A kernel for one backend, with its inputs, attributes and backend typed by the kernel itself. */
export function defineKernel<Inputs extends Record<string, TensorInfo>, Attributes, Backend>(
  backendName: string,
  kernelName: string,
  run: (inputs: Inputs, attributes: Attributes, backend: Backend) => TensorInfo | TensorInfo[],
): KernelConfig {
  return {
    kernelName,
    backendName,
    kernelFunc: ({ inputs, attrs, backend }) => run(inputs as Inputs, attrs as Attributes, backend as Backend),
  };
}

/** Inputs and attributes of the kernels that this package adds to TensorFlow.js; every engine implements them alike. */
export interface BatchNormTrainInputs extends Record<string, TensorInfo> {
  x: TensorInfo;
  scale: TensorInfo;
  offset: TensorInfo;
}

export interface BatchNormTrainGradInputs extends Record<string, TensorInfo> {
  dy: TensorInfo;
  x: TensorInfo;
  scale: TensorInfo;
  mean: TensorInfo;
  variance: TensorInfo;
}

export interface ReluGradInputs extends Record<string, TensorInfo> {
  dy: TensorInfo;
  /** What Relu gave, not what it was given. */
  y: TensorInfo;
}

/** Both moments are overwritten; the value is not: the kernel gives the next one. */
export interface AdamUpdateInputs extends Record<string, TensorInfo> {
  value: TensorInfo;
  gradient: TensorInfo;
  firstMoment: TensorInfo;
  secondMoment: TensorInfo;
}

/** NHWC. The attributes are ConvolutionAttributes and `activation`, 'linear' or 'relu'. */
export interface FusedConv2DAddInputs extends Record<string, TensorInfo> {
  x: TensorInfo;
  filter: TensorInfo;
  bias: TensorInfo;
  /** Of the output's shape. */
  addend: TensorInfo;
}

/** NHWC. The attributes are `outputShape`, `strides`, `pad` of tf.conv2dTranspose and `activation`, 'linear' or 'relu'. */
export interface FusedConv2DTransposeInputs extends Record<string, TensorInfo> {
  x: TensorInfo;
  /** [height, width, output channels, input channels] */
  filter: TensorInfo;
  bias: TensorInfo;
}
