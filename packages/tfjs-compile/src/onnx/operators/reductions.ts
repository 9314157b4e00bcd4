import { dataType } from '../onnx-proto';
import type { Emit } from '../onnx-writer';

const reduced =
  (opType: string): Emit =>
  ({ inputs: { x }, attributes, outputs: [output] }, onnx) => {
    const axes = attributes['axes'] as number[];
    const keepdims = output.shape.length === x.shape.length ? 1 : 0;
    // TensorFlow.js' means are floats, its sums of booleans whole numbers.
    const name =
      x.dtype === output.dtype ? onnx.nameOf(x) : onnx.node('Cast', [onnx.nameOf(x)], { to: dataType(output.dtype) });
    if (axes.length === 0) return name;
    return onnx.node(opType, [name, onnx.ints(axes)], { keepdims });
  };

/** All and Any: of 0 and 1, the least and the greatest. */
const reducedBool =
  (opType: string): Emit =>
  ({ inputs: { x }, attributes, outputs: [output] }, onnx) => {
    const bytes = onnx.node('Cast', [onnx.nameOf(x)], { to: dataType('int32') });
    const keepdims = output.shape.length === x.shape.length ? 1 : 0;
    const found = onnx.node(opType, [bytes, onnx.ints(attributes['axes'] as number[])], { keepdims });
    return onnx.node('Cast', [found], { to: dataType('bool') });
  };

/** Reductions over axes, and softmax. */
export const REDUCTIONS: Readonly<Record<string, Emit>> = {
  Sum: reduced('ReduceSum'),
  Mean: reduced('ReduceMean'),
  Max: reduced('ReduceMax'),
  Min: reduced('ReduceMin'),
  Prod: reduced('ReduceProd'),
  All: reducedBool('ReduceMin'),
  Any: reducedBool('ReduceMax'),
  Softmax: ({ inputs: { logits } }, onnx) => onnx.node('Softmax', [onnx.nameOf(logits)], { axis: -1 }),
};
