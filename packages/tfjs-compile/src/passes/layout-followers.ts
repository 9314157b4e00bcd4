import { ELEMENTWISE } from '../graph/elementwise';
import { sizeOf, type Attributes, type Operation, type Value } from '../graph/graph';
import { nchw, TO_NCHW, type Layouts } from './layouts';

const REDUCTIONS = new Set(['Sum', 'Mean', 'Max', 'Min', 'Prod', 'All', 'Any']);

/** Of kernels whose attributes name axes, or give something for each: their attributes for NCHW. */
const ATTRIBUTES: Readonly<Record<string, ((attributes: Attributes) => Attributes) | undefined>> = {
  Concat: onAxis,
  SplitV: onAxis,
  Slice: ({ begin, size }) => ({ begin: nchw(begin as number[]), size: nchw(size as number[]) }),
  PadV2: ({ paddings, ...rest }) => ({ ...rest, paddings: nchw(paddings as number[][]) }),
  MirrorPad: ({ paddings, ...rest }) => ({ ...rest, paddings: nchw(paddings as number[][]) }),
  Tile: ({ reps }) => ({ reps: nchw(reps as number[]) }),
  Reverse: ({ dims }) => ({ dims: [dims as number[]].flat().map((axis) => TO_NCHW[axis < 0 ? axis + 4 : axis]) }),
};

function onAxis({ axis, ...rest }: Attributes): Attributes {
  return { ...rest, axis: TO_NCHW[axis as number] };
}

/** An operation that works on any layout, on NCHW if inputs are there already in NCHW; undefined if not. */
export function followLayout(operation: Operation, layouts: Layouts): Operation | undefined {
  const inputs = Object.values(operation.inputs);
  const images = inputs.filter(isImage);
  const lacking = (has: (value: Value) => boolean) =>
    images.reduce((sum, value) => sum + (has(value) ? 0 : sizeOf(value)), 0);
  // In the layout that takes fewer numbers to transpose.
  if (!images.some((value) => layouts.hasNchw(value))) return undefined;
  if (lacking((value) => layouts.hasNchw(value)) > lacking((value) => layouts.hasNhwc(value))) return undefined;
  const { kernel, attributes, outputs } = operation;
  if (kernel === 'Transpose') return fromNchw(operation, layouts);
  if (kernel === 'GatherV2') return gathered(operation, layouts);
  if (REDUCTIONS.has(kernel)) return reduction(operation, layouts);
  const adapt = ATTRIBUTES[kernel];
  const fits =
    (adapt && inputs.every(isImage)) ||
    (kernel === 'Select' && inputs.every(isImage)) ||
    (ELEMENTWISE.has(kernel) && inputs.every(canFollow));
  if (!fits || !outputs.every(isImage)) return undefined;
  const given = Object.entries(operation.inputs).map(([name, value]) => [name, toNchw(value, layouts)]);
  return {
    ...operation,
    inputs: Object.fromEntries(given) as Record<string, Value>,
    attributes: adapt ? adapt(attributes) : attributes,
    outputs: outputs.map((value) => layouts.makeNchw(value)),
  };
}

const isImage = ({ shape }: Value): boolean => shape.length === 4;

/** Whether a value can be broadcast to NCHW images: one per channel, one for all. */
const canFollow = ({ shape }: Value): boolean => shape.length === 4 || shape.length < 2;

function toNchw(value: Value, layouts: Layouts): Value {
  if (value.shape.length === 4) return layouts.nchw(value);
  if (value.shape.length === 0) return value;
  const shape = [value.shape[0], 1, 1];
  const perChannel = { shape, dtype: value.dtype };
  const reshape = { kernel: 'Reshape', inputs: { x: value }, attributes: { shape }, outputs: [perChannel] };
  layouts.operations.push(reshape);
  return perChannel;
}

/** A transposition's own, from NCHW at once. */
function fromNchw(operation: Operation, layouts: Layouts): Operation {
  const perm = (operation.attributes['perm'] as number[]).map((axis) => TO_NCHW[axis]);
  for (const value of operation.outputs) layouts.addNhwc(value);
  return { ...operation, inputs: { x: layouts.nchw(operation.inputs['x']) }, attributes: { perm } };
}

/** Of images whole rows, columns or channels, by a list. */
function gathered(operation: Operation, layouts: Layouts): Operation | undefined {
  const { x, indices } = operation.inputs;
  const { axis, batchDims } = operation.attributes as Record<string, number>;
  if (indices.shape.length !== 1 || batchDims || axis < 0) return undefined;
  const inputs = { x: layouts.nchw(x), indices };
  const attributes = { axis: TO_NCHW[axis], batchDims: 0 };
  return { ...operation, inputs, attributes, outputs: operation.outputs.map((value) => layouts.makeNchw(value)) };
}

function reduction(operation: Operation, layouts: Layouts): Operation | undefined {
  const axes = operation.attributes['axes'] as number[];
  const [output] = operation.outputs;
  const keepsRank = isImage(output);
  // Without the reduced axes, what is left must be in NHWC's order.
  const left = TO_NCHW.filter((_, axis) => !axes.includes(axis));
  if (!keepsRank && left.some((axis, i) => i > 0 && axis < left[i - 1])) return undefined;
  const x = layouts.nchw(operation.inputs['x']);
  if (!keepsRank) layouts.addNhwc(output);
  const outputs = [keepsRank ? layouts.makeNchw(output) : output];
  return { ...operation, inputs: { x }, attributes: { axes: axes.map((axis) => TO_NCHW[axis]) }, outputs };
}
