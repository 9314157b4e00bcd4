import { isReduced, type Operation, type Value } from '../../graph/graph';
import type { OnnxWriter } from '../onnx-writer';

/** ONNX Runtime's booleans take no part in arithmetic or comparisons; TensorFlow.js' do, as 0 and 1. */
export function numberOf(value: Value, onnx: OnnxWriter): string {
  const name = onnx.nameOf(value);
  return value.dtype === 'bool' ? onnx.once(`${name} as int32`, () => onnx.cast(name, 'int32')) : name;
}

export const isFloat = ({ dtype }: Value): boolean => dtype === 'float32' || isReduced(dtype);

/**
 * What ONNX computes of floats alone, of any type: whole numbers as float32, and what they give in the type of the
 * operation's output, as typed arrays take numbers: toward zero.
 */
export function throughFloats(
  { inputs, outputs: [output] }: Operation,
  onnx: OnnxWriter,
  compute: (...names: string[]) => string,
): string {
  const values = Object.values(inputs);
  if (values.every(isFloat)) return compute(...values.map((value) => onnx.nameOf(value)));
  return onnx.cast(compute(...values.map((value) => onnx.cast(onnx.nameOf(value), 'float32'))), output.dtype);
}
