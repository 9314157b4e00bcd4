import { slice_util } from '@tensorflow/tfjs-core';
import { intAttribute, textAttribute, typeAttribute } from '../message/attribute';
import { listOf, type Emit } from './emission';

const INT = typeAttribute('int32');

const reshape: Emit = ({ inputs, outputs: [y] }, { builder, of }) => {
  const [x] = Object.values(inputs);
  return builder.addTyped('Reshape', x.dtype, [of(x), builder.ints(y.shape)], { Tshape: INT });
};

const transpose: Emit = ({ inputs: { x }, attributes }, { builder, of }) => {
  const { perm } = attributes as { perm: number[] };
  return builder.addTyped('Transpose', x.dtype, [of(x), builder.ints(perm)], { Tperm: INT });
};

const reverse: Emit = ({ inputs: { x }, attributes }, { builder, of }) => {
  const { dims } = attributes as { dims: number | number[] };
  return builder.addTyped('ReverseV2', x.dtype, [of(x), builder.ints([dims].flat())], { Tidx: INT });
};

const flip: Emit = ({ inputs: { image } }, { builder, of }) =>
  builder.addTyped('ReverseV2', image.dtype, [of(image), builder.ints([2])], { Tidx: INT });

const slice: Emit = ({ inputs: { x }, attributes, outputs: [y] }, { builder, of }) => {
  const { begin, size } = attributes as { begin: number | number[]; size: number | number[] };
  const [start] = slice_util.parseSliceParams({ shape: [...x.shape], dtype: 'float32', dataId: {} }, begin, size);
  return builder.addTyped('Slice', x.dtype, [of(x), builder.ints(start), builder.ints(y.shape)], { Index: INT });
};

const stridedSlice: Emit = ({ inputs: { x }, attributes }, { builder, of }) => {
  const { begin, end, strides, ...masks } = attributes as Record<'begin' | 'end', number[]> & {
    strides?: number[];
  } & Record<'beginMask' | 'endMask' | 'ellipsisMask' | 'newAxisMask' | 'shrinkAxisMask', number>;
  return builder.addTyped(
    'StridedSlice',
    x.dtype,
    [of(x), ...[begin, end, strides ?? begin.map(() => 1)].map((list) => builder.ints(list))],
    {
      Index: INT,
      begin_mask: intAttribute(masks.beginMask),
      end_mask: intAttribute(masks.endMask),
      ellipsis_mask: intAttribute(masks.ellipsisMask),
      new_axis_mask: intAttribute(masks.newAxisMask),
      shrink_axis_mask: intAttribute(masks.shrinkAxisMask),
    },
  );
};

const concat: Emit = (operation, { builder, of }) => {
  const values = listOf(operation);
  if (values.length === 1) return of(values[0]);
  const inputs = [...values.map(of), builder.int((operation.attributes as { axis: number }).axis)];
  return builder.addTyped('ConcatV2', values[0].dtype, inputs, { N: intAttribute(values.length), Tidx: INT });
};

const split: Emit = ({ inputs: { x }, attributes, outputs }, { builder, of }) => {
  const { axis } = attributes as { axis: number };
  const sizes = builder.ints(outputs.map(({ shape }) => shape[axis]));
  const node = builder.addTyped('SplitV', x.dtype, [of(x), sizes, builder.int(axis)], {
    num_split: intAttribute(outputs.length),
    Tlen: INT,
  });
  return outputs.map((_, i) => `${node}:${i}`);
};

const pack: Emit = (operation, { builder, of }) => {
  const values = listOf(operation);
  return builder.addTyped('Pack', values[0].dtype, values.map(of), {
    N: intAttribute(values.length),
    axis: intAttribute((operation.attributes as { axis: number }).axis),
  });
};

const unpack: Emit = ({ inputs: { value }, attributes, outputs }, { builder, of }) => {
  const node = builder.addTyped('Unpack', value.dtype, [of(value)], {
    num: intAttribute(outputs.length),
    axis: intAttribute((attributes as { axis: number }).axis),
  });
  return outputs.map((_, i) => `${node}:${i}`);
};

const tile: Emit = ({ inputs: { x }, attributes }, { builder, of }) => {
  const { reps } = attributes as { reps: number[] };
  return builder.addTyped('Tile', x.dtype, [of(x), builder.ints(reps)], { Tmultiples: INT });
};

const pad: Emit = ({ inputs: { x }, attributes }, { builder, of }) => {
  const { paddings, constantValue } = attributes as { paddings: [number, number][]; constantValue: number };
  const inputs = [of(x), builder.pairs(paddings), builder.scalar(constantValue, x.dtype)];
  return builder.addTyped('PadV2', x.dtype, inputs, { Tpaddings: INT });
};

const mirrorPad: Emit = ({ inputs: { x }, attributes }, { builder, of }) => {
  const { paddings, mode } = attributes as { paddings: [number, number][]; mode: 'reflect' | 'symmetric' };
  return builder.addTyped('MirrorPad', x.dtype, [of(x), builder.pairs(paddings)], {
    Tpaddings: INT,
    mode: textAttribute(mode.toUpperCase()),
  });
};

const spaceToBatch: Emit = ({ inputs: { x }, attributes }, { builder, of }) => {
  const { blockShape, paddings } = attributes as { blockShape: number[]; paddings: [number, number][] };
  return builder.addTyped('SpaceToBatchND', x.dtype, [of(x), builder.ints(blockShape), builder.pairs(paddings)], {
    Tblock_shape: INT,
    Tpaddings: INT,
  });
};

const batchToSpace: Emit = ({ inputs: { x }, attributes }, { builder, of }) => {
  const { blockShape, crops } = attributes as { blockShape: number[]; crops: [number, number][] };
  return builder.addTyped('BatchToSpaceND', x.dtype, [of(x), builder.ints(blockShape), builder.pairs(crops)], {
    Tblock_shape: INT,
    Tcrops: INT,
  });
};

const depthToSpace: Emit = ({ inputs: { x }, attributes }, { builder, of }) => {
  const { blockSize, dataFormat } = attributes as { blockSize: number; dataFormat: string };
  const block = { block_size: intAttribute(blockSize), data_format: textAttribute(dataFormat) };
  return builder.addTyped('DepthToSpace', x.dtype, [of(x)], block);
};

export const shapeKernels: Readonly<Record<string, Emit>> = {
  Reshape: reshape,
  ExpandDims: reshape,
  Transpose: transpose,
  Reverse: reverse,
  FlipLeftRight: flip,
  Slice: slice,
  StridedSlice: stridedSlice,
  Concat: concat,
  SplitV: split,
  Pack: pack,
  Unpack: unpack,
  Tile: tile,
  PadV2: pad,
  MirrorPad: mirrorPad,
  SpaceToBatchND: spaceToBatch,
  BatchToSpaceND: batchToSpace,
  DepthToSpace: depthToSpace,
};
