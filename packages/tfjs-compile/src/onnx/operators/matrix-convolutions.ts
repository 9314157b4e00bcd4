import type { Operation, Value } from '../../graph/graph';
import type { OnnxWriter } from '../onnx-writer';
import { activate } from './activation';
import { pixelRows, type Sight } from './pixel-rows';
import { windowOf, type Window } from './windows';

/**
 * Convolutions of NHWC images as matrix products over pixels (im2col; Chellapilla et al. 2006, "High performance
 * convolutional neural networks for document processing"). The filter is taken as it lies, [taps * in, out], and need
 * not be transposed in each run, as one that changes would have to be for ONNX's Conv.
 */
export function convolutionByMatrix(operation: Operation, onnx: OnnxWriter): string {
  const { x, filter, bias } = operation.inputs;
  const [output] = operation.outputs;
  const outChannels = filter.shape[3];
  const rows = pixelRows(onnx.nameOf(x), x, sightOf(windowOf(operation, filter, output, 1)), onnx);
  const factors = [rows, onnx.reshape(onnx.nameOf(filter), [-1, outChannels])];
  if (bias) factors.push(onnx.reshape(onnx.nameOf(bias), [outChannels]));
  return activate(onnx.reshape(onnx.node('Gemm', factors), output.shape), operation, onnx);
}

/** The gradient of its filter: [taps * in, pixels] x [pixels, out]. */
export function filterGradientByMatrix(operation: Operation, onnx: OnnxWriter): string {
  const { x, dy } = operation.inputs;
  const [output] = operation.outputs;
  const rows = pixelRows(onnx.nameOf(x), x, sightOf(windowOf(operation, output, dy, 1)), onnx);
  const pixels = onnx.reshape(onnx.nameOf(dy), [-1, output.shape[3]]);
  return onnx.reshape(onnx.node('Gemm', [rows, pixels], { transA: 1 }), output.shape);
}

/**
 * The gradient of its input. Strides make pixels of several kinds, by the place in the stride: each kind is reached
 * through taps of its own, and is a convolution of dy with these at stride 1.
 */
export function inputGradientByMatrix(operation: Operation, onnx: OnnxWriter): string {
  const { dy, filter } = operation.inputs;
  const [output] = operation.outputs;
  const [images, height, width, inChannels] = output.shape;
  const window = windowOf(operation, filter, dy, 1);
  const [down, right] = window.strides;
  const steps = [Math.ceil(height / down), Math.ceil(width / right)] as const;
  const [rows, columns] = [0, 1].map((axis) => kindsOf(window, axis as 0 | 1));
  const kinds = rows.map((row) =>
    columns.map((column) => {
      const taps = row.taps.flatMap((tap) => column.taps.map((other) => tap * filter.shape[1] + other));
      if (taps.length === 0) return zeros([images * steps[0] * steps[1], inChannels], dy, onnx);
      const sight: Sight = { steps, strides: [1, 1], offsets: [row.offsets, column.offsets] };
      const factors = [pixelRows(onnx.nameOf(dy), dy, sight, onnx), tapsToInputs(operation, taps, onnx)];
      return onnx.node('Gemm', factors, { transB: 1 });
    }),
  );
  const joined = interleave(
    kinds.map((row) => onnx.reshape(interleave(row, onnx), [images * steps[0], -1])),
    onnx,
  );
  const whole = onnx.reshape(joined, [images, steps[0] * down, steps[1] * right, inChannels]);
  if (steps[0] * down === height && steps[1] * right === width) return whole;
  return onnx.node('Slice', [whole, onnx.ints([0, 0]), onnx.ints([height, width]), onnx.ints([1, 2])]);
}

function sightOf({ filterSize, strides, dilations, padding, steps }: Window): Sight {
  const offsets = (axis: 0 | 1) =>
    Array.from({ length: filterSize[axis] }, (_, tap) => tap * dilations[axis] - padding[2 * axis]);
  return { steps, strides, offsets: [offsets(0), offsets(1)] };
}

/** Of each place in the stride, the taps that reach it, and where dy lies for them, from the pixel's position in dy. */
function kindsOf({ filterSize, strides, dilations, padding }: Window, axis: 0 | 1) {
  const stride = strides[axis];
  return Array.from({ length: stride }, (_, place) => {
    const distance = (tap: number) => place + padding[2 * axis] - tap * dilations[axis];
    const taps = Array.from({ length: filterSize[axis] }, (_, tap) => tap).filter(
      (tap) => distance(tap) % stride === 0,
    );
    return { taps, offsets: taps.map((tap) => distance(tap) / stride) };
  });
}

/** Some taps of the filter: [in, taps * out]. */
function tapsToInputs({ inputs: { filter } }: Operation, taps: readonly number[], onnx: OnnxWriter): string {
  const [height, width, inChannels, outChannels] = filter.shape;
  const all = onnx.reshape(onnx.nameOf(filter), [height * width, inChannels, outChannels]);
  const isAll = taps.length === height * width && taps.every((tap, i) => tap === i);
  const some = isAll ? all : onnx.node('Gather', [all, onnx.ints(taps)], { axis: 0 });
  return onnx.reshape(onnx.transpose(some, [1, 0, 2]), [inChannels, taps.length * outChannels]);
}

/** Rows of several matrices in turn, each a part of one longer row. */
function interleave(matrices: readonly string[], onnx: OnnxWriter): string {
  return matrices.length > 1 ? onnx.node('Concat', matrices, { axis: 1 }) : matrices[0];
}

/** Of a value's type. */
function zeros(shape: readonly number[], like: Value, onnx: OnnxWriter): string {
  const zero = onnx.scalar(0, like);
  return onnx.once(`zeros ${zero} ${shape.join()}`, () => onnx.node('Expand', [zero, onnx.ints(shape)]));
}
