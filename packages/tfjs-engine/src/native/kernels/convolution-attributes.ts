import { backend_util } from '@tensorflow/tfjs-core';
import type { ConvolutionAttributes, Shape4D } from '../../loop-kernels/attributes';
import { paddingAttributes } from './padding';
import type { OpAttributes } from './run-op';

export function convolutionInfo(
  inputShape: Shape4D,
  filterShape: Shape4D,
  { strides, pad, dilations, dimRoundingMode }: ConvolutionAttributes,
) {
  return backend_util.computeConv2DInfo(inputShape, filterShape, strides, dilations ?? 1, pad, dimRoundingMode);
}

/** TensorFlow's attributes for a convolution of NHWC images, and for its gradients. */
export function convolutionAttributes(
  inputShape: Shape4D,
  filterShape: Shape4D,
  attributes: ConvolutionAttributes,
): OpAttributes {
  const info = convolutionInfo(inputShape, filterShape, attributes);
  return {
    ...paddingAttributes(info.padInfo),
    strides: [1, info.strideHeight, info.strideWidth, 1],
    dilations: [1, info.dilationHeight, info.dilationWidth, 1],
  };
}
