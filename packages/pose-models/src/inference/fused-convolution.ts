import * as tf from '@tensorflow/tfjs-core';

/** Kernels of backends that do these in one call; any other backend gets them composed. */
const WITH_ADDEND = 'FusedConv2DAdd';
const TRANSPOSED = 'FusedConv2DTranspose';

/** A convolution with what follows it in a network whose batch norm is folded. */
export interface ConvolutionWeights {
  /** [kernel height, kernel width, in, out]; of a transposed convolution [kernel height, kernel width, out, in] */
  filter: tf.Tensor4D;
  /** [out] */
  bias: tf.Tensor1D;
}

export interface ConvolutionOptions {
  strides: [number, number];
  /** A number: zeros around the image on all four sides. */
  pad: 'same' | 'valid' | number;
  relu: boolean;
}

/**
 * relu(convolution + bias + addend).
 *
 * @param x       [N, H, W, in]
 * @param addend  of the result's shape; none by default
 * @returns [N, H / strides, W / strides, out]
 */
export function fusedConvolution(
  x: tf.Tensor4D,
  { filter, bias }: ConvolutionWeights,
  { strides, pad, relu }: ConvolutionOptions,
  addend?: tf.Tensor4D,
): tf.Tensor4D {
  const activation = relu ? 'relu' : 'linear';
  if (!addend) return tf.fused.conv2d({ x, filter, bias, strides, pad, activation });
  if (hasKernel(WITH_ADDEND)) {
    return tf.engine().runKernel(WITH_ADDEND, { x, filter, bias, addend }, { strides, pad, activation });
  }
  const sum = tf.add<tf.Tensor4D>(tf.fused.conv2d({ x, filter, bias, strides, pad }), addend);
  return relu ? tf.relu(sum) : sum;
}

/**
 * relu(transposed convolution + bias).
 *
 * @param x            [N, H, W, in]
 * @param outputShape  [N, H * strides, W * strides, out]
 */
export function fusedTransposedConvolution(
  x: tf.Tensor4D,
  { filter, bias }: ConvolutionWeights,
  outputShape: [number, number, number, number],
  { strides, pad, relu }: ConvolutionOptions & { pad: 'same' | 'valid' },
): tf.Tensor4D {
  if (hasKernel(TRANSPOSED)) {
    const attributes = { outputShape, strides, pad, activation: relu ? 'relu' : 'linear' };
    return tf.engine().runKernel(TRANSPOSED, { x, filter, bias }, attributes);
  }
  const sum = tf.add<tf.Tensor4D>(tf.conv2dTranspose(x, filter, outputShape, strides, pad), bias);
  return relu ? tf.relu(sum) : sum;
}

function hasKernel(name: string): boolean {
  return tf.getKernel(name, tf.getBackend()) !== undefined;
}
