import { backend_util, type TensorInfo } from '@tensorflow/tfjs-core';

type Shape4D = [number, number, number, number];
type ShapeOf = (inputs: Record<string, TensorInfo>, attributes: object) => readonly number[];

const forward =
  (isDepthwise: boolean): ShapeOf =>
  ({ x, filter }, attributes) => {
    const { strides, pad, dilations, dataFormat, dimRoundingMode } = attributes as ForwardAttributes;
    const format = backend_util.convertConv2DDataFormat(dataFormat ?? 'NHWC');
    const shapes = [x.shape as Shape4D, filter.shape as Shape4D] as const;
    return backend_util.computeConv2DInfo(...shapes, strides, dilations ?? 1, pad, dimRoundingMode, isDepthwise, format)
      .outShape;
  };
const inputGradient: ShapeOf = (_, attributes) => (attributes as { inputShape: number[] }).inputShape;
const filterGradient: ShapeOf = (_, attributes) => (attributes as { filterShape: number[] }).filterShape;

interface ForwardAttributes {
  strides: [number, number];
  pad: Parameters<typeof backend_util.computeConv2DInfo>[4];
  dilations?: [number, number] | null;
  dataFormat?: 'NHWC' | 'NCHW';
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

const SHAPES: ReadonlyMap<string, ShapeOf> = new Map([
  ['Conv2D', forward(false)],
  ['FusedConv2D', forward(false)],
  ['DepthwiseConv2dNative', forward(true)],
  ['FusedDepthwiseConv2D', forward(true)],
  ['Conv2DBackpropInput', inputGradient],
  ['DepthwiseConv2dNativeBackpropInput', inputGradient],
  ['Conv2DBackpropFilter', filterGradient],
  ['DepthwiseConv2dNativeBackpropFilter', filterGradient],
]);

/** The shape of what a convolution, or a gradient of one, gives; of other kernels nothing. */
export const convolutionShape = (
  kernel: string,
  inputs: Record<string, TensorInfo>,
  attributes: object,
): readonly number[] | undefined => SHAPES.get(kernel)?.(inputs, attributes);
