import type { Operation, Value } from '../graph/graph';

/** How a kernel computes in a type of 16 bits. */
export interface ReducedKernel {
  /** Inputs that have the type; the others stay float32. */
  readonly inputs: readonly string[];
  /** How many of the outputs, from the first on, have the type. */
  readonly outputs: number;
  /** Inputs that must have the type already, lest values are rounded for it. */
  readonly leading: readonly string[];
}

/** Their sums are kept in float32 by the hardware or the library, and only the results are rounded. */
const PRODUCTS = new Set([
  ...['Conv2D', 'FusedConv2D', 'FusedConv2DAdd', 'FusedConv2DTranspose', 'Conv2DBackpropInput', 'Conv2DBackpropFilter'],
  ...['DepthwiseConv2dNative', 'FusedDepthwiseConv2D', 'DepthwiseConv2dNativeBackpropInput'],
  // Not DepthwiseConv2dNativeBackpropFilter: on some shapes TensorFlow adds up whole images in 8 bits of mantissa.
  ...['BatchMatMul', '_FusedMatMul'],
]);

/** Copies of numbers, and sums and products of two. Not ResizeNearestNeighborGrad, which sums many without more bits. */
const ELEMENTWISE = new Set([
  ...['Add', 'AddN', 'Sub', 'Multiply', 'Maximum', 'Minimum', 'Neg', 'Relu', 'Relu6', 'LeakyRelu', 'Prelu', 'Sigmoid'],
  ...['Step', 'Reshape', 'ExpandDims', 'Transpose', 'Reverse', 'Slice', 'StridedSlice', 'Concat', 'SplitV', 'Pack'],
  ...['Unpack', 'Tile', 'PadV2', 'MirrorPad', 'SpaceToBatchND', 'BatchToSpaceND', 'MaxPool', 'AvgPool'],
  'ResizeNearestNeighbor',
]);

const OTHERS: Readonly<Record<string, ReducedKernel>> = {
  // A gradient has the type of what it is the gradient of.
  ReluGrad: { inputs: ['dy', 'y'], outputs: 1, leading: ['y'] },
  MaxPoolGrad: { inputs: ['dy', 'input', 'output'], outputs: 1, leading: ['input'] },
  AvgPoolGrad: { inputs: ['dy', 'input'], outputs: 1, leading: ['input'] },
  // Statistics and their gradients are sums over whole batches.
  BatchNormTrain: { inputs: ['x'], outputs: 1, leading: ['x'] },
  BatchNormTrainGrad: { inputs: ['dy', 'x'], outputs: 1, leading: ['x'] },
  FusedBatchNorm: { inputs: ['x'], outputs: 1, leading: ['x'] },
};

/**
 * How an operation would compute in a type of 16 bits; undefined where it always has float32: losses, reductions,
 * exponentials, statistics. The choice is that of mixed-precision training (Micikevicius et al. 2018, section 3) as
 * PyTorch's autocast (aten/src/ATen/autocast_mode.h) and TensorFlow's auto_mixed_precision_lists.h make it.
 */
export function reducedKernel(operation: Operation): ReducedKernel | undefined {
  const { kernel, inputs, outputs } = operation;
  const values = [...Object.values(inputs), ...outputs];
  if (values.some(({ dtype }) => dtype !== 'float32')) return undefined;
  const names = Object.keys(inputs);
  if (PRODUCTS.has(kernel)) return { inputs: names, outputs: 1, leading: [] };
  if (!ELEMENTWISE.has(kernel)) return OTHERS[kernel];
  const leading = names.filter((name) => !isBroadcast(inputs[name], outputs[0]));
  return { inputs: names, outputs: outputs.length, leading: leading.length > 0 ? leading : names };
}

/** A number for all, or one for each channel: a bias, say. */
const isBroadcast = ({ shape }: Value, output: Value): boolean =>
  shape.length < 2 && output.shape.length > shape.length;
