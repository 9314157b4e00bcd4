import { CompileError } from '../../compile-error';
import { sizeOf } from '../../graph/graph';
import type { Emit } from '../onnx-writer';

const expanded =
  (value: number): Emit =>
  ({ outputs: [output] }, onnx) =>
    onnx.node('Expand', [onnx.scalar(value, output), onnx.ints(output.shape)]);

const reshaped: Emit = ({ inputs, outputs: [{ shape }] }, onnx) =>
  onnx.reshape(onnx.nameOf(Object.values(inputs)[0]), shape);

/** Kernels that move, join, cut and repeat. */
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
  Slice: ({ inputs: { x }, attributes, outputs: [{ shape }] }, onnx) => {
    const begin = attributes['begin'] as number[];
    const ends = begin.map((start, i) => start + shape[i]);
    return onnx.node('Slice', [onnx.nameOf(x), onnx.ints(begin), onnx.ints(ends)]);
  },
  StridedSlice: ({ inputs: { x }, attributes, outputs: [{ shape }], callSite }, onnx) => {
    const { begin, end, strides, beginMask, endMask, ellipsisMask, newAxisMask, shrinkAxisMask } = attributes as Record<
      string,
      number[]
    > &
      Record<string, unknown>;
    if ([beginMask, endMask, ellipsisMask, newAxisMask, shrinkAxisMask].some(Boolean)) {
      throw new CompileError(`Expected tf.stridedSlice without masks, found one at ${callSite ?? 'an unknown place'}.`);
    }
    const axes = onnx.ints(begin.map((_, i) => i));
    return onnx.reshape(
      onnx.node('Slice', [onnx.nameOf(x), onnx.ints(begin), onnx.ints(end), axes, onnx.ints(strides)]),
      shape,
    );
  },
  PadV2: ({ inputs: { x }, attributes }, onnx) => {
    const paddings = attributes['paddings'] as number[][];
    const value = onnx.scalar((attributes['constantValue'] as number | undefined) ?? 0, x);
    const pads = [...paddings.map(([before]) => before), ...paddings.map(([, after]) => after)];
    return onnx.node('Pad', [onnx.nameOf(x), onnx.ints(pads), value]);
  },
  Tile: ({ inputs: { x }, attributes }, onnx) =>
    onnx.node('Tile', [onnx.nameOf(x), onnx.ints(attributes['reps'] as number[])]),
  Reverse: ({ inputs: { x }, attributes }, onnx) => {
    const axes = [attributes['dims'] as number | number[]].flat();
    if (axes.length === 0) return onnx.nameOf(x);
    const all = (value: number) => onnx.ints(axes.map(() => value));
    // From the last element to before the first.
    return onnx.node('Slice', [onnx.nameOf(x), all(-1), all(Number.MIN_SAFE_INTEGER), onnx.ints(axes), all(-1)]);
  },
  ZerosLike: expanded(0),
  OnesLike: expanded(1),
  Fill: (operation, onnx) => expanded(operation.attributes['value'] as number)(operation, onnx),
  Range: ({ attributes, outputs: [output] }, onnx) => {
    const { start, step } = attributes as Record<string, number>;
    const values = Array.from({ length: output.shape[0] }, (_, i) => start + i * step);
    const array = output.dtype === 'float32' ? Float32Array.from(values) : Int32Array.from(values);
    return onnx.constant(output.dtype, output.shape, array);
  },
  SpaceToBatchND: ({ inputs: { x }, attributes, outputs: [output] }, onnx) => {
    const { blockShape, paddings } = attributes as { blockShape: number[]; paddings: number[][] };
    const spatial = blockShape.length;
    const rest = x.shape.slice(1 + spatial);
    const all = [[0, 0], ...paddings, ...rest.map(() => [0, 0])];
    const pads = onnx.ints([...all.map(([before]) => before), ...all.map(([, after]) => after)]);
    const cut = x.shape.slice(1, 1 + spatial).flatMap((size, i) => {
      const padded = size + paddings[i][0] + paddings[i][1];
      return [padded / blockShape[i], blockShape[i]];
    });
    const blocks = onnx.reshape(onnx.node('Pad', [onnx.nameOf(x), pads]), [x.shape[0], ...cut, ...rest]);
    const axes = blockShape.map((_, i) => 1 + 2 * i);
    const perm = [...axes.map((axis) => axis + 1), 0, ...axes, ...rest.map((_, i) => 1 + 2 * spatial + i)];
    return onnx.reshape(onnx.transpose(blocks, perm), output.shape);
  },
  BatchToSpaceND: ({ inputs: { x }, attributes, outputs: [output] }, onnx) => {
    const { blockShape, crops } = attributes as { blockShape: number[]; crops: number[][] };
    const spatial = blockShape.length;
    const [, ...sizes] = x.shape;
    const [batch] = output.shape;
    const rest = sizes.slice(spatial);
    const blocks = onnx.reshape(onnx.nameOf(x), [...blockShape, batch, ...sizes]);
    const perm = [spatial, ...blockShape.flatMap((_, i) => [spatial + 1 + i, i])];
    const joined = onnx.transpose(blocks, [...perm, ...rest.map((_, i) => 2 * spatial + 1 + i)]);
    const whole = onnx.reshape(joined, [batch, ...blockShape.map((block, i) => block * sizes[i]), ...rest]);
    const starts = crops.map(([before]) => before);
    const ends = starts.map((start, i) => start + output.shape[1 + i]);
    return onnx.node('Slice', [whole, onnx.ints(starts), onnx.ints(ends), onnx.ints(blockShape.map((_, i) => 1 + i))]);
  },
};
