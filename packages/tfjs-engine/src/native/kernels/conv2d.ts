import {
  matMul,
  reshape,
  stridedSlice,
  tensor1d,
  tidy,
  type KernelConfig,
  type Tensor,
  type Tensor4D,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import type { ConvolutionAttributes, Shape4D } from '../../loop-kernels/attributes';
import { convolutionAttributes, convolutionInfo } from './convolution-attributes';
import { fusedConv2d } from './fused-conv2d';
import { isExplicit, listed, padImages } from './padding';
import { runOp } from './run-op';
import { wrapKernel } from './wrap-kernel';

type Conv2DAttributes = ConvolutionAttributes & { dataFormat: 'NHWC' | 'NCHW' };

/** tfjs-node's convolutions refuse a padding given as a number, and their gradients any explicit one. */
export function conv2dKernels(): KernelConfig[] {
  return [
    wrapKernel('Conv2D', (_, attributes: Conv2DAttributes, _backend, original) =>
      original({ ...attributes, pad: listed(attributes.pad) }),
    ),
    fusedConv2d(),
    wrapKernel(
      'Conv2DBackpropInput',
      (
        { dy, filter }: { dy: TensorInfo; filter: TensorInfo },
        attributes: Conv2DAttributes & { inputShape: Shape4D },
        backend,
        original,
      ) => {
        if (leftToOriginal(attributes)) return original(attributes);
        const { inputShape } = attributes;
        const op = convolutionAttributes(inputShape, filter.shape as Shape4D, attributes);
        return tidy(() => runOp(backend, 'Conv2DBackpropInput', op, [tensor1d(inputShape, 'int32'), filter, dy]));
      },
    ),
    wrapKernel(
      'Conv2DBackpropFilter',
      (
        { x, dy }: { x: TensorInfo; dy: TensorInfo },
        attributes: Conv2DAttributes & { filterShape: Shape4D },
        backend,
        original,
      ) => {
        const { filterShape } = attributes;
        if (corruptsMemory(filterShape, attributes)) return tidy(() => pointFilterGradient(x, dy, attributes));
        if (leftToOriginal(attributes)) return original(attributes);
        const op = convolutionAttributes(x.shape as Shape4D, filterShape, attributes);
        return tidy(() => runOp(backend, 'Conv2DBackpropFilter', op, [x, tensor1d(filterShape, 'int32'), dy]));
      },
    ),
  ];
}

/** The original throws for explicitly padded NCHW images. */
function leftToOriginal({ pad, dataFormat }: Conv2DAttributes): boolean {
  return !isExplicit(pad) || dataFormat === 'NCHW';
}

/**
 * With a strided 1x1 filter on images of fewer than 16 channels, TensorFlow 2.21's kernel writes outside of its memory
 * (oneDNN; seen with glibc's libc_malloc_debug).
 */
function corruptsMemory([height, width, channels]: Shape4D, { strides, dataFormat }: Conv2DAttributes): boolean {
  return (
    height * width === 1 && channels < 16 && dataFormat !== 'NCHW' && [strides].flat().some((stride) => stride > 1)
  );
}

/** The gradient of a 1x1 filter: a product over the pixels that it sees, of its inputs and what its outputs take. */
function pointFilterGradient(
  x: TensorInfo,
  dy: TensorInfo,
  { filterShape, ...attributes }: ConvolutionAttributes & { filterShape: Shape4D },
): Tensor {
  const info = convolutionInfo(x.shape as Shape4D, filterShape, attributes);
  const padded = padImages(x, info.padInfo);
  const seen = stridedSlice(padded, [0, 0, 0, 0], padded.shape, [1, info.strideHeight, info.strideWidth, 1]);
  const [, , from, to] = filterShape;
  return reshape(matMul(reshape(seen, [-1, from]), reshape(dy as Tensor4D, [-1, to]), true), filterShape);
}
