import type { ReductionAttributes } from '../../trace/canonical-operation';
import { boolAttribute, intAttribute, typeAttribute } from '../message/attribute';
import { castTo } from './elementwise';
import { listOf, type Emit } from './emission';

/** Of numbers, with the output's type as `T`, or of truths, which need none. */
const reduction =
  (op: string, ofTruths: boolean): Emit =>
  ({ inputs: { x }, attributes, outputs: [y] }, emission) => {
    const { axes } = attributes as unknown as ReductionAttributes;
    const { builder } = emission;
    return builder.add(op, [castTo(y.dtype, x, emission), builder.ints(axes)], {
      ...(ofTruths ? {} : { T: typeAttribute(y.dtype) }),
      keep_dims: boolAttribute(y.shape.length === x.shape.length),
      Tidx: typeAttribute('int32'),
    });
  };

const addN: Emit = (operation, { builder, of }) => {
  const values = listOf(operation);
  return builder.addTyped('AddN', values[0].dtype, values.map(of), { N: intAttribute(values.length) });
};

const arg =
  (op: string): Emit =>
  ({ inputs: { x }, attributes }, { builder, of }) => {
    const { axis } = attributes as { axis: number };
    const types = { Tidx: typeAttribute('int32'), output_type: typeAttribute('int32') };
    return builder.addTyped(op, x.dtype, [of(x), builder.int(axis)], types);
  };

const topK: Emit = ({ inputs: { x }, attributes }, { builder, of }) => {
  const { k, sorted } = attributes as { k: number; sorted: boolean };
  const node = builder.addTyped('TopKV2', x.dtype, [of(x), builder.int(k)], { sorted: boolAttribute(sorted) });
  return [node, `${node}:1`];
};

const softmax: Emit = ({ inputs: { logits } }, { builder, of }) =>
  builder.addTyped('Softmax', logits.dtype, [of(logits)]);

const cumulative =
  (op: string): Emit =>
  ({ inputs: { x }, attributes }, { builder, of }) => {
    const { axis, exclusive, reverse } = attributes as { axis: number; exclusive: boolean; reverse: boolean };
    return builder.addTyped(op, x.dtype, [of(x), builder.int(axis)], {
      exclusive: boolAttribute(exclusive),
      reverse: boolAttribute(reverse),
      Tidx: typeAttribute('int32'),
    });
  };

export const reductionKernels: Readonly<Record<string, Emit>> = {
  ...Object.fromEntries(['Sum', 'Mean', 'Max', 'Min', 'Prod'].map((op) => [op, reduction(op, false)])),
  All: reduction('All', true),
  Any: reduction('Any', true),
  AddN: addN,
  ArgMax: arg('ArgMax'),
  ArgMin: arg('ArgMin'),
  TopK: topK,
  Softmax: softmax,
  Cumsum: cumulative('Cumsum'),
  Cumprod: cumulative('Cumprod'),
};
