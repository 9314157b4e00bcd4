import { isReduced } from '../../graph/graph';
import type { Emit } from '../onnx-writer';
import { ARITHMETIC } from './arithmetic';
import { isFloat, numberOf, throughFloats } from './number-types';

const inputsOf: (...call: Parameters<Emit>) => string[] = ({ inputs }, onnx) =>
  Object.values(inputs).map((value) => onnx.nameOf(value));

/** A kernel that is the ONNX operator of this name, inputs in the kernel's order. */
const same =
  (opType: string): Emit =>
  (operation, onnx) =>
    onnx.node(opType, inputsOf(operation, onnx));

const compared =
  (opType: string): Emit =>
  ({ inputs }, onnx) =>
    onnx.node(
      opType,
      Object.values(inputs).map((value) => numberOf(value, onnx)),
    );

/** A kernel that is the ONNX operator of this name, which takes floats alone. */
const ofFloats =
  (opType: string): Emit =>
  (operation, onnx) =>
    throughFloats(operation, onnx, (x) => onnx.node(opType, [x]));

const negated =
  (opType: string): Emit =>
  (...call) =>
    call[1].node('Not', [compared(opType)(...call) as string]);

const UNARY = ['Abs', 'Neg', 'Relu', 'Sign'];
const UNARY_OF_FLOATS = [
  ...['Acos', 'Acosh', 'Asin', 'Asinh', 'Atan', 'Atanh', 'Ceil', 'Cos', 'Cosh', 'Elu', 'Erf', 'Exp', 'Floor', 'Log'],
  ...['Reciprocal', 'Round', 'Selu', 'Sigmoid', 'Sin', 'Sinh', 'Softplus', 'Sqrt', 'Tan', 'Tanh'],
];

/** Elementwise kernels. */
export const ELEMENTWISE_OPERATORS: Readonly<Record<string, Emit>> = {
  ...ARITHMETIC,
  ...Object.fromEntries(UNARY.map((name) => [name, same(name)])),
  ...Object.fromEntries(UNARY_OF_FLOATS.map((name) => [name, ofFloats(name)])),
  AddN: (operation, onnx) => {
    const [first, ...others] = inputsOf(operation, onnx);
    return others.reduce((sum, next) => onnx.node('Add', [sum, next]), first);
  },
  Prelu: same('PRelu'),
  Greater: compared('Greater'),
  GreaterEqual: compared('GreaterOrEqual'),
  Less: compared('Less'),
  LessEqual: compared('LessOrEqual'),
  Equal: compared('Equal'),
  NotEqual: negated('Equal'),
  LogicalAnd: same('And'),
  LogicalOr: same('Or'),
  LogicalNot: same('Not'),
  IsNan: ofFloats('IsNaN'),
  IsInf: ofFloats('IsInf'),
  IsFinite: (operation, onnx) =>
    throughFloats(operation, onnx, (x) => {
      const isEither = onnx.node('Or', [onnx.node('IsInf', [x]), onnx.node('IsNaN', [x])]);
      return onnx.node('Not', [isEither]);
    }),
  Square: (operation, onnx) => {
    const [x] = inputsOf(operation, onnx);
    return onnx.node('Mul', [x, x]);
  },
  Rsqrt: (operation, onnx) => throughFloats(operation, onnx, (x) => onnx.node('Reciprocal', [onnx.node('Sqrt', [x])])),
  Log1p: (operation, onnx) =>
    throughFloats(operation, onnx, (x) => onnx.node('Log', [onnx.node('Add', [x, onnx.float(1)])])),
  Expm1: (operation, onnx) =>
    throughFloats(operation, onnx, (x) => onnx.node('Sub', [onnx.node('Exp', [x]), onnx.float(1)])),
  Relu6: (operation, onnx) => {
    const bounds = [0, 6].map((bound) => onnx.scalar(bound, operation.outputs[0]));
    return onnx.node('Clip', [...inputsOf(operation, onnx), ...bounds]);
  },
  ClipByValue: (operation, onnx) => {
    const { clipValueMin, clipValueMax } = operation.attributes as Record<string, number>;
    const bounds = [clipValueMin, clipValueMax].map((bound) => onnx.scalar(bound, operation.outputs[0]));
    return onnx.node('Clip', [...inputsOf(operation, onnx), ...bounds]);
  },
  LeakyRelu: (operation, onnx) => {
    const alpha = { float: operation.attributes['alpha'] as number };
    return onnx.node('LeakyRelu', inputsOf(operation, onnx), { alpha });
  },
  // What ReLU gave is zero or more, which so steep a HardSigmoid makes zero or one (in between below 4e-39 alone), in
  // less time than Sign or casts to bool and back; on the CPU, in float32.
  ReluGrad: ({ inputs: { dy, y } }, onnx) => {
    const isPositive =
      onnx.provider === 'cpu' && !isReduced(y.dtype)
        ? onnx.node('HardSigmoid', [onnx.nameOf(y)], { alpha: { float: 3e38 }, beta: { float: 0 } })
        : onnx.cast(onnx.cast(onnx.nameOf(y), 'bool'), dy.dtype);
    return onnx.node('Mul', [onnx.nameOf(dy), isPositive]);
  },
  // y = e^x - 1 where it is negative: its slope is y + 1.
  EluGrad: ({ inputs: { dy, y } }, onnx) => {
    const slope = onnx.node('Add', [onnx.node('Min', [onnx.nameOf(y), onnx.float(0)]), onnx.float(1)]);
    return onnx.node('Mul', [onnx.nameOf(dy), slope]);
  },
  // Neither above 0 nor not above it: NaN, which stays.
  Step: ({ inputs: { x }, attributes }, onnx) => {
    const zero = onnx.scalar(0, x);
    const alpha = onnx.scalar(attributes['alpha'] as number, x);
    const isNotPositive = onnx.node('LessOrEqual', [onnx.nameOf(x), zero]);
    const others = isFloat(x) ? onnx.node('Where', [isNotPositive, alpha, onnx.nameOf(x)]) : alpha;
    return onnx.node('Where', [onnx.node('Greater', [onnx.nameOf(x), zero]), onnx.scalar(1, x), others]);
  },
  Cast: ({ inputs: { x }, outputs: [{ dtype }] }, onnx) => onnx.cast(onnx.nameOf(x), dtype),
  Select: same('Where'),
};
