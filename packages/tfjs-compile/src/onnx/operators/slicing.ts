import { slice_util } from '@tensorflow/tfjs-core';
import type { Operation } from '../../graph/graph';
import type { Emit, OnnxWriter } from '../onnx-writer';

/** Kernels that cut, and turn around. */
export const SLICING: Readonly<Record<string, Emit>> = {
  Slice: ({ inputs: { x }, attributes, outputs: [{ shape }] }, onnx) => {
    // A single number is for the first axis.
    const begin = [attributes['begin'] as number | number[]].flat();
    const ends = begin.map((start, i) => start + shape[i]);
    return onnx.node('Slice', [onnx.nameOf(x), onnx.ints(begin), onnx.ints(ends)]);
  },
  StridedSlice: stridedSlice,
  Reverse: ({ inputs: { x }, attributes }, onnx) =>
    reversed(onnx.nameOf(x), [attributes['dims'] as number | number[]].flat(), onnx),
  FlipLeftRight: ({ inputs: { image } }, onnx) => reversed(onnx.nameOf(image), [2], onnx),
};

function stridedSlice({ inputs: { x }, attributes, outputs: [output] }: Operation, onnx: OnnxWriter): string {
  const lists = attributes as Record<'begin' | 'end' | 'strides', number[]>;
  const masks = attributes as Record<`${'begin' | 'end' | 'ellipsis' | 'newAxis' | 'shrinkAxis'}Mask`, number>;
  // What the masks leave out, add and take away, as first and last places on each axis.
  const { begin, end, strides } = slice_util.sliceInfo(
    [...x.shape],
    lists.begin,
    lists.end,
    lists.strides,
    masks.beginMask,
    masks.endMask,
    masks.ellipsisMask,
    masks.newAxisMask,
    masks.shrinkAxisMask,
  );
  const axes = onnx.ints(begin.map((_, i) => i));
  const ends = onnx.ints(end.map((place) => (place < 0 ? BEFORE_FIRST : place)));
  const cut = onnx.node('Slice', [onnx.nameOf(x), onnx.ints(begin), ends, axes, onnx.ints(strides)]);
  return onnx.reshape(cut, output.shape);
}

/** Where a slice backwards ends that takes the first element too: -1 would be the last. */
const BEFORE_FIRST = Number.MIN_SAFE_INTEGER;

function reversed(x: string, axes: readonly number[], onnx: OnnxWriter): string {
  if (axes.length === 0) return x;
  const all = (value: number) => onnx.ints(axes.map(() => value));
  return onnx.node('Slice', [x, all(-1), all(BEFORE_FIRST), onnx.ints(axes), all(-1)]);
}
