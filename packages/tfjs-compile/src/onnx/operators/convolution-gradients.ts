import type { Operation } from '../../graph/graph';
import type { ConvolutionAttributes } from '../../trace/canonical-operation';
import type { Emit, OnnxWriter } from '../onnx-writer';
import { filterOf, groupsOf, isDepthwise, transposedGeometry } from './convolutions';
import { largestDivisor } from './largest-divisor';
import { filterGradientByMatrix, inputGradientByMatrix } from './matrix-convolutions';
import { padded, stridedTaps, taps, windowOf } from './windows';

/** Gradients of convolutions. */
export const CONVOLUTION_GRADIENTS: Readonly<Record<string, Emit>> = {
  Conv2DBackpropInput: inputGradient,
  DepthwiseConv2dNativeBackpropInput: inputGradient,
  Conv2DBackpropFilter: (operation, onnx) =>
    operation.attributes['dataFormat'] === 'NCHW'
      ? filterGradientByConvolution(operation, onnx)
      : filterGradientByMatrix(operation, onnx),
  DepthwiseConv2dNativeBackpropFilter: depthwiseFilterGradient,
};

function inputGradient(operation: Operation, onnx: OnnxWriter): string {
  if (operation.attributes['dataFormat'] !== 'NCHW') return inputGradientByMatrix(operation, onnx);
  const dy = onnx.nameOf(operation.inputs['dy']);
  const pads = turnedPadding(operation);
  if (!pads && onnx.provider !== 'cpu' && isMultiplied(operation)) return multipliedInputGradient(operation, onnx);
  if (!pads) return onnx.node('ConvTranspose', [dy, filterOf(operation, onnx)], transposedGeometry(operation));
  const { dilations } = operation.attributes as unknown as ConvolutionAttributes;
  return onnx.node('Conv', [dy, turnedFilter(operation, onnx)], { dilations, pads, group: groupsOf(operation) });
}

/**
 * At stride 1 the gradient is a convolution of dy with the filter turned by half a turn, which ONNX Runtime does faster:
 * its padding, or undefined where there is no such.
 */
function turnedPadding({ kernel, attributes, inputs: { filter } }: Operation): number[] | undefined {
  const { strides, dilations, padding } = attributes as unknown as ConvolutionAttributes;
  const [top, bottom, left, right] = padding;
  const [rows, columns] = dilations.map((dilation, i) => dilation * (filter.shape[i] - 1));
  const pads = [rows - top, columns - left, rows - bottom, columns - right];
  const isPlain = !kernel.startsWith('Depthwise') || filter.shape[3] === 1;
  return isPlain && strides.every((stride) => stride === 1) && pads.every((pad) => pad >= 0) ? pads : undefined;
}

const isMultiplied = (operation: Operation): boolean =>
  isDepthwise(operation) && operation.inputs['filter'].shape[3] > 1;

/** Several outputs for each input, one after the other: WebGPU's ConvTranspose takes one in each group for all of them. */
function multipliedInputGradient(operation: Operation, onnx: OnnxWriter): string {
  const { dy, filter } = operation.inputs;
  const [height, width, channels, multiplier] = filter.shape;
  const parts = Array.from({ length: multiplier }, (_, i) => {
    const some = onnx.ints(Array.from({ length: channels }, (_, channel) => channel * multiplier + i));
    const gradient = onnx.node('Gather', [onnx.nameOf(dy), some], { axis: 1 });
    const own = onnx.node('Gather', [filterOf(operation, onnx), some], { axis: 0 });
    const factors = [gradient, onnx.reshape(own, [channels, 1, height, width])];
    return onnx.node('ConvTranspose', factors, transposedGeometry(operation));
  });
  return parts.reduce((sum, part) => onnx.node('Add', [sum, part]));
}

/** [height, width, in, out] as [in, out, height, width], rows and columns backwards. */
function turnedFilter(operation: Operation, onnx: OnnxWriter): string {
  const { filter } = operation.inputs;
  const [height, width, from, to] = filter.shape;
  const backwards = Array.from({ length: height * width }, (_, i) => height * width - 1 - i);
  const rows = onnx.reshape(onnx.nameOf(filter), [height * width, from * to]);
  const turned = height * width > 1 ? onnx.node('Gather', [rows, onnx.ints(backwards)], { axis: 0 }) : rows;
  const shape = isDepthwise(operation) ? [from * to, 1, height, width] : [from, to, height, width];
  return onnx.reshape(onnx.transpose(turned, [1, 0]), shape);
}

/** ONNX Runtime shares out a convolution between threads by images and groups. */
const MOST_GROUPS = 8;

/**
 * On NCHW: a convolution of x with dy for its filter, where channels are the images and images the channels, in groups
 * whose sums are added up; strides and dilations change places. Fast for few input channels.
 */
function filterGradientByConvolution(operation: Operation, onnx: OnnxWriter): string {
  const { x, dy } = operation.inputs;
  const { strides, dilations, padding } = operation.attributes as unknown as ConvolutionAttributes;
  const [filterHeight, filterWidth] = operation.outputs[0].shape;
  const ends = [filterHeight, filterWidth].map((size, i) => {
    const seen = (size - 1) * dilations[i] + (dy.shape[2 + i] - 1) * strides[i] + 1;
    return Math.max(0, seen - x.shape[2 + i] - padding[2 * i]);
  });
  const [count, outChannels, ...size] = dy.shape;
  const group = largestDivisor(count, MOST_GROUPS);
  const images = onnx.transpose(onnx.nameOf(x), [1, 0, 2, 3]);
  const grouped = onnx.reshape(onnx.nameOf(dy), [group, count / group, outChannels, ...size]);
  const filters = onnx.reshape(onnx.transpose(grouped, [0, 2, 1, 3, 4]), [-1, count / group, ...size]);
  const geometry = { group, strides: dilations, dilations: strides, pads: [padding[0], padding[2], ...ends] };
  const parts = onnx.node('Conv', [images, filters], geometry);
  // Pixels that no window reached give more positions than there are taps.
  const cut = [parts, onnx.ints([0, 0]), onnx.ints([filterHeight, filterWidth]), onnx.ints([2, 3])];
  const taps = onnx.reshape(onnx.node('Slice', cut), [-1, group, outChannels, filterHeight, filterWidth]);
  return onnx.transpose(onnx.node('ReduceSum', [taps, onnx.ints([1])], { keepdims: 0 }), [2, 3, 0, 1]);
}

/** On NCHW: of each tap, the sum over images and pixels of the pixels under it times dy. */
function depthwiseFilterGradient(operation: Operation, onnx: OnnxWriter): string {
  const { x, dy } = operation.inputs;
  const [, , channels, multiplier] = operation.outputs[0].shape;
  const window = windowOf(operation, operation.outputs[0], dy, 2);
  const [images, , height, width] = dy.shape;
  const perInput = onnx.reshape(onnx.nameOf(dy), [images, channels, multiplier, height, width]);
  const [down, right] = window.strides;
  const under =
    onnx.provider === 'cpu' && down === right && down > 1
      ? stridedTaps(onnx.nameOf(x), x, window, onnx)
      : taps(padded(onnx.nameOf(x), x, window, onnx), window, onnx);
  const sums = under.map((tap) => {
    const pixels = multiplier === 1 ? tap : onnx.node('Unsqueeze', [tap, onnx.ints([2])]);
    const [a, axes] = multiplier === 1 ? [onnx.nameOf(dy), [0, 2, 3]] : [perInput, [0, 3, 4]];
    return onnx.node('ReduceSum', [onnx.node('Mul', [pixels, a]), onnx.ints(axes)], { keepdims: 0 });
  });
  return onnx.reshape(onnx.node('Concat', sums, { axis: 0 }), operation.outputs[0].shape);
}
