import type { Operation, Value } from '../../graph/graph';
import type { Emit, OnnxWriter } from '../onnx-writer';
import { activate } from './activation';

/** Matrix products. ONNX Runtime joins the transpositions into them. */
export const MATRICES: Readonly<Record<string, Emit>> = {
  BatchMatMul: product,
  _FusedMatMul: (operation, onnx) => {
    const { bias } = operation.inputs;
    const matrix = product(operation, onnx);
    return activate(bias ? onnx.node('Add', [matrix, onnx.nameOf(bias)]) : matrix, operation, onnx);
  },
};

function product({ inputs: { a, b }, attributes }: Operation, onnx: OnnxWriter): string {
  const operand = (value: Value, isTransposed: unknown): string => {
    const axes = value.shape.map((_, i) => i);
    const last = axes.splice(-2).reverse();
    return isTransposed ? onnx.transpose(onnx.nameOf(value), [...axes, ...last]) : onnx.nameOf(value);
  };
  return onnx.node('MatMul', [operand(a, attributes['transposeA']), operand(b, attributes['transposeB'])]);
}
