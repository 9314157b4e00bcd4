import type { Operation, Value, ValueType } from '../../graph/graph';
import type { ConvolutionAttributes } from '../../trace/canonical-operation';
import { typeAttribute } from '../message/attribute';
import { biasAndActivation } from './activation';
import type { Emission, Emit } from './emission';
import { fromPadded, towardsPadded } from './explicit-padding';
import { imageSize, paddingKind, paddingPairs, reachOf, windowAttributes, type WindowGeometry } from './windows';

const INT = typeAttribute('int32');
const NONE = [0, 0, 0, 0] as const;

/**
 * A dilated convolution, whose stride is 1, as an undilated one: TensorFlow's depthwise kernels know dilation only with
 * oneDNN. Every d-th pixel, starting at each of the d * d first ones, is an image of its own.
 */
interface DilatedGrid {
  readonly block: readonly [height: number, width: number];
  /** Paddings of the images and of the outputs, up to multiples of the block. */
  readonly inputs: [number, number][];
  readonly outputs: [number, number][];
  /** Sizes of the images that the undilated convolution takes and gives. */
  readonly inSize: readonly [height: number, width: number];
  readonly outSize: readonly [height: number, width: number];
}

interface Plan {
  readonly geometry: WindowGeometry;
  readonly grid?: DilatedGrid;
}

function plan(images: Value, filter: Value, outputs: Value, { attributes }: Operation): Plan {
  const { strides, dilations, padding } = attributes as unknown as ConvolutionAttributes;
  const [inSize, outSize] = [imageSize(images.shape), imageSize(outputs.shape)];
  const window = reachOf(filter.shape, [1, 1]);
  if (dilations.every((dilation) => dilation === 1)) return { geometry: { inSize, outSize, window, strides, padding } };
  const more = dilations.map((dilation, i) => (dilation - (outSize[i] % dilation)) % dilation);
  const pairs = paddingPairs(padding);
  const perImage = (i: 0 | 1) => (outSize[i] + more[i]) / dilations[i];
  const grid: DilatedGrid = {
    block: dilations,
    inputs: pairs.map(([before, after], i) => [before, after + more[i]]),
    outputs: more.map((count) => [0, count]),
    outSize: [perImage(0), perImage(1)],
    inSize: [perImage(0) + window[0] - 1, perImage(1) + window[1] - 1],
  };
  return { geometry: { inSize: grid.inSize, outSize: grid.outSize, window, strides, padding: NONE }, grid };
}

function split(value: Value, { block }: DilatedGrid, pairs: [number, number][], { builder, of }: Emission): string {
  return builder.addTyped('SpaceToBatchND', value.dtype, [of(value), builder.ints(block), builder.pairs(pairs)], {
    Tblock_shape: INT,
    Tpaddings: INT,
  });
}

function join(
  tensor: string,
  dtype: ValueType,
  { block }: DilatedGrid,
  pairs: [number, number][],
  { builder }: Emission,
): string {
  return builder.addTyped('BatchToSpaceND', dtype, [tensor, builder.ints(block), builder.pairs(pairs)], {
    Tblock_shape: INT,
    Tcrops: INT,
  });
}

function convolve(operation: Operation, emission: Emission): string {
  const { builder, of } = emission;
  const { x, filter } = operation.inputs;
  const { geometry, grid } = plan(x, filter, operation.outputs[0], operation);
  // TensorFlow 2.21 forgets explicit padding where it fuses the convolution, and ends the process over that.
  if (paddingKind(geometry) === 'EXPLICIT') return fromPadded(operation, emission, convolve);
  const run = (images: string) =>
    builder.addTyped('DepthwiseConv2dNative', x.dtype, [images, of(filter)], windowAttributes(geometry));
  if (!grid) return run(of(x));
  return join(run(split(x, grid, grid.inputs, emission)), x.dtype, grid, grid.outputs, emission);
}

const fused: Emit = (operation, emission) => biasAndActivation(convolve(operation, emission), operation, emission);

function backpropInput(operation: Operation, emission: Emission): string {
  const { builder, of } = emission;
  const { dy, filter } = operation.inputs;
  const [dx] = operation.outputs;
  const { geometry, grid } = plan(dx, filter, dy, operation);
  if (paddingKind(geometry) === 'EXPLICIT') return towardsPadded(operation, emission, backpropInput);
  const run = (shape: readonly number[], gradient: string) => {
    const inputs = [builder.ints(shape), of(filter), gradient];
    return builder.addTyped('DepthwiseConv2dNativeBackpropInput', dy.dtype, inputs, windowAttributes(geometry));
  };
  if (!grid) return run(dx.shape, of(dy));
  const shape = [dx.shape[0] * grid.block[0] * grid.block[1], ...grid.inSize, dx.shape[3]];
  return join(run(shape, split(dy, grid, grid.outputs, emission)), dy.dtype, grid, grid.inputs, emission);
}

function backpropFilter(operation: Operation, emission: Emission): string {
  const { builder, of } = emission;
  const { x, dy } = operation.inputs;
  const [filter] = operation.outputs;
  const { geometry, grid } = plan(x, filter, dy, operation);
  if (paddingKind(geometry) === 'EXPLICIT') return fromPadded(operation, emission, backpropFilter);
  const inputs = grid
    ? [split(x, grid, grid.inputs, emission), split(dy, grid, grid.outputs, emission)]
    : [of(x), of(dy)];
  const [images, gradient] = inputs;
  const given = [images, builder.ints(filter.shape), gradient];
  return builder.addTyped('DepthwiseConv2dNativeBackpropFilter', dy.dtype, given, windowAttributes(geometry));
}

export const depthwiseKernels: Readonly<Record<string, Emit>> = {
  DepthwiseConv2dNative: convolve,
  FusedDepthwiseConv2D: fused,
  DepthwiseConv2dNativeBackpropInput: backpropInput,
  DepthwiseConv2dNativeBackpropFilter: backpropFilter,
};
