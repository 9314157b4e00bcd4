import { backend_util, broadcast_util, slice_util, util, type TensorInfo } from '@tensorflow/tfjs-core';
import { CONVOLUTION_SHAPES } from './convolution-shapes';

type Shape = readonly number[];

/** The shapes of a kernel's outputs, from its inputs and attributes; undefined where they are not float32. */
export type ShapeRule = (inputs: Record<string, TensorInfo>, attributes: object) => Shape[] | undefined;

const first: ShapeRule = (inputs) => [Object.values(inputs)[0].shape];
const likeImages: ShapeRule = ({ images }) => [images.shape];
const broadcast: ShapeRule = ({ a, b }) => [broadcast_util.assertAndGetBroadcastShape(a.shape, b.shape)];

const reduced: ShapeRule = ({ x }, attributes) => {
  // Max names them differently.
  const { axis, reductionIndices, keepDims } = attributes as Record<string, unknown>;
  const axes = util.parseAxisParam((axis ?? reductionIndices ?? x.shape.map((_, i) => i)) as number[], x.shape);
  const [shape] = backend_util.computeOutAndReduceShapes(x.shape, axes);
  return [keepDims ? backend_util.expandShapeToKeepDim(shape, axes) : shape];
};

const product: ShapeRule = ({ a, b }, attributes) => {
  const { transposeA, transposeB } = attributes as { transposeA: boolean; transposeB: boolean };
  const batches = broadcast_util.assertAndGetBroadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2));
  return [[...batches, a.shape.at(transposeA ? -1 : -2)!, b.shape.at(transposeB ? -2 : -1)!]];
};

const padded: ShapeRule = ({ x }, attributes) => {
  const { paddings } = attributes as { paddings: [number, number][] };
  return [x.shape.map((side, i) => side + paddings[i][0] + paddings[i][1])];
};

const resized: ShapeRule = ({ images }, attributes) => {
  const [height, width] = (attributes as { size: [number, number] }).size;
  return [[images.shape[0], height, width, images.shape[3]]];
};

const spaceToBatch: ShapeRule = ({ x }, attributes) => {
  const { blockShape, paddings } = attributes as { blockShape: number[]; paddings: [number, number][] };
  const [images, ...sides] = x.shape;
  const blocks = util.sizeFromShape(blockShape);
  return [
    [
      images * blocks,
      ...sides.map((side, i) => (i in paddings ? (side + paddings[i][0] + paddings[i][1]) / blockShape[i] : side)),
    ],
  ];
};

const batchToSpace: ShapeRule = ({ x }, attributes) => {
  const { blockShape, crops } = attributes as { blockShape: number[]; crops: [number, number][] };
  const [images, ...sides] = x.shape;
  const blocks = util.sizeFromShape(blockShape);
  return [
    [
      images / blocks,
      ...sides.map((side, i) => (i in crops ? side * blockShape[i] - crops[i][0] - crops[i][1] : side)),
    ],
  ];
};

const split: ShapeRule = ({ x }, attributes) => {
  const { numOrSizeSplits, axis } = attributes as { numOrSizeSplits: number | number[]; axis: number };
  const [at] = util.parseAxisParam(axis, x.shape);
  const sizes = backend_util.prepareSplitSize(
    x as Parameters<typeof backend_util.prepareSplitSize>[0],
    numOrSizeSplits,
    at,
  );
  return sizes.map((size) => x.shape.map((side, i) => (i === at ? size : side)));
};

/** Of float32. Kernels that are not named are computed. */
const SHAPES: Readonly<Record<string, ShapeRule>> = {
  ...CONVOLUTION_SHAPES,
  ...eachOf('Abs Ceil ClipByValue Elu Erf Exp Expm1 Floor Identity LeakyRelu Log Log1p Neg Reciprocal Relu', first),
  ...eachOf('Relu6 Round Rsqrt Selu Sigmoid Sign Softplus Sqrt Square Step Tanh ZerosLike OnesLike', first),
  ...eachOf('LogSoftmax Softmax Prelu EluGrad ReluGrad AddN Reverse Cumsum', first),
  ...eachOf('Add Sub Multiply RealDiv Maximum Minimum SquaredDifference Pow', broadcast),
  ...eachOf('Sum Mean Max Min Prod', reduced),
  ...eachOf('BatchMatMul _FusedMatMul', product),
  ...eachOf('PadV2 MirrorPad', padded),
  ...eachOf('ResizeBilinear ResizeNearestNeighbor', resized),
  ...eachOf('ResizeBilinearGrad ResizeNearestNeighborGrad', likeImages),
  Cast: ({ x }, attributes) => ((attributes as { dtype: string }).dtype === 'float32' ? [x.shape] : undefined),
  FusedBatchNorm: ({ x }) => [x.shape],
  BatchNormTrain: ({ x, scale }) => [x.shape, scale.shape, scale.shape],
  BatchNormTrainGrad: ({ x, scale }) => [x.shape, scale.shape, scale.shape],
  Reshape: ({ x }, attributes) => {
    const { shape } = attributes as { shape: number[] };
    return [util.inferFromImplicitShape(shape, util.sizeFromShape(x.shape))];
  },
  Transpose: ({ x }, attributes) => [(attributes as { perm: number[] }).perm.map((axis) => x.shape[axis])],
  Concat: (inputs, attributes) => {
    const shapes = Object.values(inputs).map(({ shape }) => shape);
    const [axis] = util.parseAxisParam((attributes as { axis: number }).axis, shapes[0]);
    return [backend_util.computeOutShape(shapes, axis)];
  },
  Slice: ({ x }, attributes) => {
    const { begin, size } = attributes as Record<'begin' | 'size', number[]>;
    return [slice_util.parseSliceParams(x as Parameters<typeof slice_util.parseSliceParams>[0], begin, size)[1]];
  },
  SplitV: split,
  SpaceToBatchND: spaceToBatch,
  BatchToSpaceND: batchToSpace,
  Tile: ({ x }, attributes) => [x.shape.map((side, i) => side * (attributes as { reps: number[] }).reps[i])],
};

/** Those that a trace does not compute, given float32. */
export const KERNELS_OF_KNOWN_SHAPE: readonly string[] = Object.keys(SHAPES);

function eachOf(kernels: string, rule: ShapeRule): Record<string, ShapeRule> {
  return Object.fromEntries(kernels.split(' ').map((kernel) => [kernel, rule]));
}

/**
 * The shapes of what a kernel gives, all of it float32, where that is known without computing it.
 *
 * @param inputs  float32, all of them, or nothing is known
 */
export function outputShapes(
  kernel: string,
  inputs: Record<string, TensorInfo | undefined>,
  attributes: object,
): Shape[] | undefined {
  const given = Object.entries(inputs).filter((entry): entry is [string, TensorInfo] => !!entry[1]);
  if (given.some(([, { dtype }]) => dtype !== 'float32')) return undefined;
  return SHAPES[kernel]?.(Object.fromEntries(given), attributes);
}
