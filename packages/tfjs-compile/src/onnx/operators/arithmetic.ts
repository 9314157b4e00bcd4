import type { Operation } from '../../graph/graph';
import type { Emit, OnnxWriter } from '../onnx-writer';
import { isFloat, numberOf, throughFloats } from './number-types';

/** The ONNX operator of this name; of truths in whole numbers, where what is not 0 is true. */
const arithmetic =
  (opType: string): Emit =>
  (operation, onnx) =>
    ofNumbers(operation, onnx, (a, b) => onnx.node(opType, [a, b]));

/** Arithmetic of two inputs. */
export const ARITHMETIC: Readonly<Record<string, Emit>> = {
  Add: arithmetic('Add'),
  Sub: arithmetic('Sub'),
  Multiply: arithmetic('Mul'),
  RealDiv: arithmetic('Div'),
  Maximum: arithmetic('Max'),
  Minimum: arithmetic('Min'),
  Pow: arithmetic('Pow'),
  SquaredDifference: (operation, onnx) =>
    ofNumbers(operation, onnx, (a, b) => {
      const difference = onnx.node('Sub', [a, b]);
      return onnx.node('Mul', [difference, difference]);
    }),
  FloorDiv: floorDivision,
  Mod: remainder,
  Atan2: (operation, onnx) => throughFloats(operation, onnx, (a, b) => angle(a, b, onnx)),
};

function ofNumbers(
  { inputs, outputs: [output] }: Operation,
  onnx: OnnxWriter,
  compute: (a: string, b: string) => string,
): string {
  const [a, b] = Object.values(inputs).map((value) => numberOf(value, onnx));
  const result = compute(a, b);
  return output.dtype === 'bool' ? onnx.cast(result, 'bool') : result;
}

/** Rounded down, where ONNX rounds whole numbers toward zero. */
function floorDivision(operation: Operation, onnx: OnnxWriter): string {
  const { a, b } = operation.inputs;
  if (isFloat(a)) {
    const quotient = onnx.node('Floor', [onnx.node('Div', [onnx.nameOf(a), onnx.nameOf(b)])]);
    // The engine 'cpu' gives whole numbers.
    return operation.outputs[0].dtype === 'int32' ? onnx.cast(quotient, 'int32') : quotient;
  }
  const divisor = notZero(operation, onnx);
  const multiple = onnx.node('Sub', [onnx.nameOf(a), onnx.node('Mod', [onnx.nameOf(a), divisor])]);
  return onnx.node('Div', [multiple, divisor]);
}

/** With the sign of the divisor, which ONNX' Mod has for whole numbers alone. */
function remainder(operation: Operation, onnx: OnnxWriter): string {
  const { a, b } = operation.inputs;
  if (!isFloat(a)) return onnx.node('Mod', [onnx.nameOf(a), notZero(operation, onnx)]);
  const divisor = onnx.nameOf(b);
  const zero = onnx.scalar(0, b);
  const rest = onnx.node('Mod', [onnx.nameOf(a), divisor], { fmod: 1 });
  // Below zero where the divisor is above it, or the other way round.
  const isOpposite = onnx.node('Less', [
    onnx.node('Mul', [onnx.node('Sign', [rest]), onnx.node('Sign', [divisor])]),
    zero,
  ]);
  return onnx.node('Where', [isOpposite, onnx.node('Add', [rest, divisor]), rest]);
}

/** A whole divisor, 1 in place of 0: the processor would end the process. */
function notZero({ inputs: { b } }: Operation, onnx: OnnxWriter): string {
  const isZero = onnx.node('Equal', [onnx.nameOf(b), onnx.scalar(0, b)]);
  return onnx.node('Where', [isZero, onnx.scalar(1, b), onnx.nameOf(b)]);
}

/** Of the point (b, a), from -pi to pi: the arctangent of a / b, turned by half a turn where b is negative. */
function angle(a: string, b: string, onnx: OnnxWriter): string {
  const zero = onnx.float(0);
  const [signA, signB] = [a, b].map((name) => onnx.node('Sign', [name]));
  // Both zero, or both infinite, they have no quotient.
  const isDiagonal = onnx.node('Equal', [onnx.node('Abs', [a]), onnx.node('Abs', [b])]);
  const quotient = onnx.node('Where', [isDiagonal, onnx.node('Mul', [signA, signB]), onnx.node('Div', [a, b])]);
  const half = onnx.node('Where', [onnx.node('Less', [a, zero]), onnx.float(-Math.PI), onnx.float(Math.PI)]);
  const turn = onnx.node('Where', [onnx.node('Less', [b, zero]), half, zero]);
  return onnx.node('Add', [onnx.node('Atan', [quotient]), turn]);
}
