import { backend_util } from '@tensorflow/tfjs-core';
import { CompileError } from '../compile-error';
import type { Attributes, Operation, Value } from '../graph/graph';

type Shape4D = [number, number, number, number];
type Given = Record<string, unknown>;

/** Of convolutions and their gradients, on NHWC images. */
export interface ConvolutionAttributes {
  strides: [height: number, width: number];
  dilations: [height: number, width: number];
  padding: [top: number, bottom: number, left: number, right: number];
}

/** Of pooling and its gradients, on NHWC images. */
export interface PoolAttributes {
  filterSize: [height: number, width: number];
  strides: [height: number, width: number];
  padding: [top: number, bottom: number, left: number, right: number];
}

/** Of Sum, Mean, Max and the like: axes from 0 up. Whether they remain as sides of 1, the output's shape tells. */
export interface ReductionAttributes {
  axes: number[];
}

const CONVOLUTIONS = new Set([
  'Conv2D',
  'FusedConv2D',
  'FusedConv2DAdd',
  'FusedConv2DTranspose',
  'Conv2DBackpropInput',
  'Conv2DBackpropFilter',
  'DepthwiseConv2dNative',
  'FusedDepthwiseConv2D',
  'DepthwiseConv2dNativeBackpropInput',
  'DepthwiseConv2dNativeBackpropFilter',
]);
const POOLS = new Set(['MaxPool', 'AvgPool', 'MaxPoolGrad', 'AvgPoolGrad']);
const REDUCTIONS = new Set(['Sum', 'Mean', 'Max', 'Min', 'Prod', 'All', 'Any']);

/**
 * The same operation with one way to say each thing: explicit padding, pairs for heights and widths, axes from 0 up, no
 * attribute that the shapes tell.
 *
 * @throws CompileError for images that are not NHWC
 */
export function canonicalOperation(operation: Operation): Operation {
  const { kernel, attributes: given } = operation;
  if (CONVOLUTIONS.has(kernel)) return { ...operation, attributes: convolution(operation) };
  if (POOLS.has(kernel)) return { ...operation, attributes: pool(operation) };
  if (REDUCTIONS.has(kernel)) return { ...operation, attributes: { axes: axesOf(operation) } };
  if (kernel === 'Concat' || kernel === 'SplitV') {
    const [first] = Object.values(operation.inputs);
    return { ...operation, attributes: { axis: fromZero(given['axis'] as number, first.shape.length) } };
  }
  return operation;
}

function convolution({ kernel, inputs, outputs, attributes, callSite }: Operation): Attributes {
  const { strides, dilations, pad, dimRoundingMode, dataFormat, activation, leakyreluAlpha } = attributes as Given;
  if (dataFormat !== undefined && dataFormat !== 'NHWC') {
    throw new CompileError(
      `Expected ${kernel} on NHWC images, found ${String(dataFormat)} at ${callSite ?? 'an unknown place'}.`,
    );
  }
  const isBackward = kernel.endsWith('BackpropInput') || kernel === 'FusedConv2DTranspose';
  const image = isBackward ? outputs[0] : inputs['x'];
  const filter = kernel.endsWith('BackpropFilter') ? outputs[0] : inputs['filter'];
  const info = backend_util.computeConv2DInfo(
    ...([shapeOf(image), shapeOf(filter), strides as number, (dilations ?? 1) as number, pad as number] as const),
    ...([dimRoundingMode as 'floor', kernel.includes('Depthwise')] as const),
  );
  const canonical: ConvolutionAttributes = {
    strides: [info.strideHeight, info.strideWidth],
    dilations: [info.dilationHeight, info.dilationWidth],
    padding: explicitPadding(info),
  };
  return activation === undefined ? { ...canonical } : { ...canonical, activation, leakyreluAlpha };
}

function pool({ kernel, inputs, attributes }: Operation): Attributes {
  const { filterSize, strides, pad, dimRoundingMode } = attributes as Given;
  const image = kernel.endsWith('Grad') ? inputs['input'] : inputs['x'];
  const info = backend_util.computePool2DInfo(
    ...([
      shapeOf(image),
      filterSize as number,
      strides as number,
      1,
      pad as number,
      dimRoundingMode as 'floor',
    ] as const),
  );
  const canonical: PoolAttributes = {
    filterSize: [info.filterHeight, info.filterWidth],
    strides: [info.strideHeight, info.strideWidth],
    padding: explicitPadding(info),
  };
  return { ...canonical };
}

type Padding = ConvolutionAttributes['padding'];

function explicitPadding(info: backend_util.Conv2DInfo): Padding {
  const { top, bottom, left, right } = info.padInfo;
  const { inHeight, outHeight, strideHeight, effectiveFilterHeight } = info;
  const { inWidth, outWidth, strideWidth, effectiveFilterWidth } = info;
  return [
    ...sidePadding(top, bottom, inHeight, outHeight, strideHeight, effectiveFilterHeight),
    ...sidePadding(left, right, inWidth, outWidth, strideWidth, effectiveFilterWidth),
  ] as const;
}

/** More at the end than was asked for where the output's size was rounded up: its last position reaches out so far. */
function sidePadding(
  ...[begin, end, size, positions, stride, window]: readonly number[]
): [begin: number, end: number] {
  const reached = (positions - 1) * stride + window - size - begin;
  return [begin, Math.max(end, reached)];
}

function axesOf({ inputs, attributes }: Operation): number[] {
  const rank = inputs['x'].shape.length;
  // Max names them differently.
  const { axis, reductionIndices } = attributes as Record<string, number | number[] | undefined | null>;
  return [axis ?? reductionIndices ?? inputs['x'].shape.map((_, i) => i)].flat().map((one) => fromZero(one, rank));
}

const fromZero = (axis: number, rank: number): number => (axis < 0 ? axis + rank : axis);
const shapeOf = ({ shape }: Value): Shape4D => [...shape] as Shape4D;
