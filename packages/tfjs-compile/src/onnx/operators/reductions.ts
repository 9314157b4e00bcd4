import { sizeOf, type Operation } from '../../graph/graph';
import { dataType } from '../onnx-proto';
import type { Emit, OnnxWriter } from '../onnx-writer';
import { channelsLast } from './channels-last';

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

/** A sum of numbers per channel, a bias's gradient say, as batch normalisation sums; undefined for other sums. */
function sumPerChannel({ inputs: { x }, attributes, outputs }: Operation, onnx: OnnxWriter): string | undefined {
  const axes = attributes['axes'] as number[];
  const isPerChannel = axes.length > 0 && axes.length === x.shape.length - 1 && axes.every((axis, i) => axis === i);
  if (!isPerChannel || x.dtype !== 'float32' || sizeOf(x) === 0) return undefined;
  const pixels = channelsLast(x.shape, onnx);
  return onnx.reshape(pixels.sum(pixels.of(onnx.nameOf(x))), outputs[0].shape);
}

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
  Sum: (operation, onnx) => sumPerChannel(operation, onnx) ?? reduced('ReduceSum')(operation, onnx),
  Mean: reduced('ReduceMean'),
  Max: reduced('ReduceMax'),
  Min: reduced('ReduceMin'),
  Prod: reduced('ReduceProd'),
  All: reducedBool('ReduceMin'),
  Any: reducedBool('ReduceMax'),
  Softmax: ({ inputs: { logits } }, onnx) => onnx.node('Softmax', [onnx.nameOf(logits)], { axis: -1 }),
};
