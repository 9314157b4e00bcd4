import { sizeOf } from '../../graph/graph';
import type { Emit } from '../onnx-writer';

const expanded =
  (value: number): Emit =>
  ({ outputs: [output] }, onnx) =>
    onnx.node('Expand', [onnx.scalar(value, output), onnx.ints(output.shape)]);

const reshaped: Emit = ({ inputs, outputs: [{ shape }] }, onnx) =>
  onnx.reshape(onnx.nameOf(Object.values(inputs)[0]), shape);

/** Kernels that move, join and repeat. */
export const SHAPES: Readonly<Record<string, Emit>> = {
  Reshape: reshaped,
  ExpandDims: reshaped,
  Transpose: ({ inputs: { x }, attributes }, onnx) => onnx.transpose(onnx.nameOf(x), attributes['perm'] as number[]),
  Concat: ({ inputs, attributes, outputs: [output] }, onnx) => {
    // An empty tensor adds nothing.
    const parts = Object.values(inputs).filter((value) => sizeOf(value) > 0 || sizeOf(output) === 0);
    const names = parts.map((value) => onnx.nameOf(value));
    return names.length === 1 ? names[0] : onnx.node('Concat', names, { axis: attributes['axis'] as number });
  },
  SplitV: ({ inputs: { x }, attributes, outputs }, onnx) => {
    const axis = attributes['axis'] as number;
    const sizes = onnx.ints(outputs.map(({ shape }) => shape[axis]));
    return onnx.outputsOf('Split', [onnx.nameOf(x), sizes], { axis }, outputs.length);
  },
  Pack: ({ inputs, attributes, outputs: [{ shape }] }, onnx) => {
    const axis = ((attributes['axis'] as number) + shape.length) % shape.length;
    const parts = Object.values(inputs).map((value) => onnx.node('Unsqueeze', [onnx.nameOf(value), onnx.ints([axis])]));
    return parts.length === 1 ? parts[0] : onnx.node('Concat', parts, { axis });
  },
  Unpack: ({ inputs: { value }, attributes, outputs }, onnx) => {
    const axis = ((attributes['axis'] as number) + value.shape.length) % value.shape.length;
    const sizes = onnx.ints(outputs.map(() => 1));
    const parts = onnx.outputsOf('Split', [onnx.nameOf(value), sizes], { axis }, outputs.length);
    return parts.map((part) => onnx.node('Squeeze', [part, onnx.ints([axis])]));
  },
  Tile: ({ inputs: { x }, attributes }, onnx) =>
    onnx.node('Tile', [onnx.nameOf(x), onnx.ints(attributes['reps'] as number[])]),
  ZerosLike: expanded(0),
  OnesLike: expanded(1),
  Fill: (operation, onnx) => expanded(operation.attributes['value'] as number)(operation, onnx),
  Range: ({ attributes, outputs: [output] }, onnx) => {
    const { start, step } = attributes as Record<string, number>;
    const values = Array.from({ length: output.shape[0] }, (_, i) => start + i * step);
    const array = output.dtype === 'float32' ? Float32Array.from(values) : Int32Array.from(values);
    return onnx.constant(output.dtype, output.shape, array);
  },
  LinSpace: ({ attributes, outputs: [output] }, onnx) => {
    const { start, stop, num } = attributes as Record<string, number>;
    const step = num > 1 ? (stop - start) / (num - 1) : 0;
    const values = Float32Array.from({ length: num }, (_, i) => start + i * step);
    return onnx.constant('float32', output.shape, values);
  },
  // Each number followed by as many zeros as there are numbers, up to the last number.
  Diag: ({ inputs: { x }, outputs: [output] }, onnx) => {
    const count = sizeOf(x);
    const column = onnx.reshape(onnx.nameOf(x), [count, 1]);
    const rows = onnx.node('Pad', [column, onnx.ints([0, 0, 0, count]), onnx.scalar(0, x)]);
    const numbers = onnx.node('Slice', [onnx.reshape(rows, [-1]), onnx.ints([0]), onnx.ints([count * count])]);
    return onnx.reshape(numbers, output.shape);
  },
};
