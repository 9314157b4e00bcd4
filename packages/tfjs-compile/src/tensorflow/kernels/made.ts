import { tensorType } from '../../graph/graph';
import { intAttribute, typeAttribute } from '../message/attribute';
import type { Emit } from './emission';

/** Kernels that make values of numbers alone, of indices, or of what stands on a diagonal. */
const fill: Emit = ({ attributes, outputs: [y] }, { builder }) => {
  const { value } = attributes as { value: number };
  return builder.addTyped('Fill', y.dtype, [builder.ints(y.shape), builder.scalar(value, y.dtype)], {
    index_type: typeAttribute('int32'),
  });
};

const range: Emit = ({ attributes, outputs: [y] }, { builder }) => {
  const { start, step } = attributes as { start: number; step: number };
  // Added up in float32, as the engines do.
  const dtype = tensorType(y);
  const values = new { float32: Float32Array, int32: Int32Array, bool: Uint8Array }[dtype](y.shape[0]);
  values.forEach((_, i) => (values[i] = i === 0 ? start : values[i - 1] + step));
  return builder.constant(values, dtype, y.shape);
};

const linSpace: Emit = ({ attributes, outputs: [y] }, { builder }) => {
  const { start, stop } = attributes as Record<'start' | 'stop', number>;
  const ends = [start, stop].map((value) => builder.scalar(value, y.dtype));
  return builder.addTyped('LinSpace', y.dtype, [...ends, builder.int(y.shape[0])], { Tidx: typeAttribute('int32') });
};

const diagonal: Emit = ({ inputs: { x } }, { builder, of }) => builder.addTyped('Diag', x.dtype, [of(x)]);

const oneHot: Emit = ({ inputs: { indices }, attributes, outputs: [y] }, { builder, of }) => {
  const { depth, onValue, offValue } = attributes as Record<'depth' | 'onValue' | 'offValue', number>;
  const values = [onValue, offValue].map((value) => builder.scalar(value, y.dtype));
  return builder.addTyped('OneHot', y.dtype, [of(indices), builder.int(depth), ...values], {
    TI: typeAttribute(indices.dtype),
    axis: intAttribute(-1),
  });
};

export const madeKernels: Readonly<Record<string, Emit>> = {
  Fill: fill,
  Range: range,
  LinSpace: linSpace,
  Diag: diagonal,
  OneHot: oneHot,
};
