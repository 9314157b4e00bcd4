import { backend_util, type TensorInfo } from '@tensorflow/tfjs-core';
import type { ShapeRule } from './output-shapes';

type Shape4D = [number, number, number, number];

interface ForwardAttributes {
  strides: [number, number];
  pad: Parameters<typeof backend_util.computeConv2DInfo>[4];
  dilations?: [number, number] | null;
  dataFormat?: 'NHWC' | 'NCHW';
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

interface PoolingAttributes extends Pick<ForwardAttributes, 'strides' | 'dimRoundingMode'> {
  filterSize: [number, number];
  pad: Parameters<typeof backend_util.computePool2DInfo>[4];
}

const shapeOf = ({ shape }: TensorInfo): Shape4D => shape as Shape4D;

const convolution =
  (isDepthwise: boolean): ShapeRule =>
  ({ x, filter }, attributes) => {
    const { strides, pad, dilations, dataFormat, dimRoundingMode } = attributes as ForwardAttributes;
    const format = backend_util.convertConv2DDataFormat(dataFormat ?? 'NHWC');
    const shapes = [shapeOf(x), shapeOf(filter)] as const;
    const how = [strides, dilations ?? 1, pad, dimRoundingMode, isDepthwise, format] as const;
    return [backend_util.computeConv2DInfo(...shapes, ...how).outShape];
  };

const pooling: ShapeRule = ({ x }, attributes) => {
  const { filterSize, strides, pad, dimRoundingMode } = attributes as PoolingAttributes;
  return [backend_util.computePool2DInfo(shapeOf(x), filterSize, strides, 1, pad, dimRoundingMode).outShape];
};

/** Of an attribute that says it. */
const given =
  (name: string): ShapeRule =>
  (_, attributes) => [(attributes as Record<string, number[]>)[name]];

/** Convolutions, pooling and their gradients. */
export const CONVOLUTION_SHAPES: Readonly<Record<string, ShapeRule>> = {
  Conv2D: convolution(false),
  FusedConv2D: convolution(false),
  FusedConv2DAdd: ({ addend }) => [addend.shape],
  FusedConv2DTranspose: given('outputShape'),
  DepthwiseConv2dNative: convolution(true),
  FusedDepthwiseConv2D: convolution(true),
  Conv2DBackpropInput: given('inputShape'),
  DepthwiseConv2dNativeBackpropInput: given('inputShape'),
  Conv2DBackpropFilter: given('filterShape'),
  DepthwiseConv2dNativeBackpropFilter: given('filterShape'),
  MaxPool: pooling,
  AvgPool: pooling,
  MaxPoolGrad: ({ input }) => [input.shape],
  AvgPoolGrad: ({ input }) => [input.shape],
};
