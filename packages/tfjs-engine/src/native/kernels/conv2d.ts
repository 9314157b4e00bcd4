import { backend_util, tensor1d, tidy, type KernelConfig, type TensorInfo } from '@tensorflow/tfjs-core';
import type { ConvolutionAttributes, Shape4D } from '../../loop-kernels/attributes';
import { fusedConv2d } from './fused-conv2d';
import { isExplicit, listed, paddingAttributes } from './padding';
import { runOp, type OpAttributes } from './run-op';
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
        const op = opAttributes(inputShape, filter.shape as Shape4D, attributes);
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
        if (leftToOriginal(attributes)) return original(attributes);
        const { filterShape } = attributes;
        const op = opAttributes(x.shape as Shape4D, filterShape, attributes);
        return tidy(() => runOp(backend, 'Conv2DBackpropFilter', op, [x, tensor1d(filterShape, 'int32'), dy]));
      },
    ),
  ];
}

/** The original throws for explicitly padded NCHW images. */
function leftToOriginal({ pad, dataFormat }: Conv2DAttributes): boolean {
  return !isExplicit(pad) || dataFormat === 'NCHW';
}

function opAttributes(
  inputShape: Shape4D,
  filterShape: Shape4D,
  { strides, pad, dimRoundingMode }: ConvolutionAttributes,
): OpAttributes {
  const info = backend_util.computeConv2DInfo(inputShape, filterShape, strides, 1, pad, dimRoundingMode);
  return { ...paddingAttributes(info.padInfo), strides: [1, info.strideHeight, info.strideWidth, 1] };
}
