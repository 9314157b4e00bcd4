import { isReduced } from '../../graph/graph';
import { dataType } from '../onnx-proto';
import type { Emit } from '../onnx-writer';

const inputsOf: (...call: Parameters<Emit>) => string[] = ({ inputs }, onnx) =>
  Object.values(inputs).map((value) => onnx.nameOf(value));

/** A kernel that is the ONNX operator of this name, inputs in the kernel's order. */
const same =
  (opType: string): Emit =>
  (operation, onnx) =>
    onnx.node(opType, inputsOf(operation, onnx));

/** ONNX Runtime's booleans take no part in arithmetic or comparisons; TensorFlow.js' do, as 0 and 1. */
const sameOnNumbers =
  (opType: string): Emit =>
  ({ inputs }, onnx) =>
    onnx.node(
      opType,
      Object.values(inputs).map((value) =>
        value.dtype === 'bool'
          ? onnx.node('Cast', [onnx.nameOf(value)], { to: dataType('int32') })
          : onnx.nameOf(value),
      ),
    );

const negated =
  (opType: string): Emit =>
  (...call) =>
    call[1].node('Not', [sameOnNumbers(opType)(...call) as string]);

const UNARY = ['Abs', 'Ceil', 'Cos', 'Elu', 'Erf', 'Exp', 'Floor', 'Log', 'Neg', 'Reciprocal', 'Relu', 'Round', 'Selu'];
const MORE_UNARY = ['Sigmoid', 'Sign', 'Sin', 'Softplus', 'Sqrt', 'Tan', 'Tanh', 'Atan'];

/** Elementwise kernels. */
export const ELEMENTWISE_OPERATORS: Readonly<Record<string, Emit>> = {
  ...Object.fromEntries([...UNARY, ...MORE_UNARY].map((name) => [name, same(name)])),
  Add: same('Add'),
  AddN: (operation, onnx) => {
    const [first, ...others] = inputsOf(operation, onnx);
    return others.reduce((sum, next) => onnx.node('Add', [sum, next]), first);
  },
  Sub: same('Sub'),
  Multiply: same('Mul'),
  RealDiv: same('Div'),
  Maximum: same('Max'),
  Minimum: same('Min'),
  Pow: same('Pow'),
  Prelu: same('PRelu'),
  Greater: sameOnNumbers('Greater'),
  GreaterEqual: sameOnNumbers('GreaterOrEqual'),
  Less: sameOnNumbers('Less'),
  LessEqual: sameOnNumbers('LessOrEqual'),
  Equal: sameOnNumbers('Equal'),
  NotEqual: negated('Equal'),
  LogicalAnd: same('And'),
  LogicalOr: same('Or'),
  LogicalNot: same('Not'),
  IsNan: same('IsNaN'),
  SquaredDifference: (operation, onnx) => {
    const difference = onnx.node('Sub', inputsOf(operation, onnx));
    return onnx.node('Mul', [difference, difference]);
  },
  Square: (operation, onnx) => {
    const [x] = inputsOf(operation, onnx);
    return onnx.node('Mul', [x, x]);
  },
  Rsqrt: (operation, onnx) => onnx.node('Reciprocal', [onnx.node('Sqrt', inputsOf(operation, onnx))]),
  Log1p: (operation, onnx) => onnx.node('Log', [onnx.node('Add', [...inputsOf(operation, onnx), onnx.float(1)])]),
  Expm1: (operation, onnx) => onnx.node('Sub', [onnx.node('Exp', inputsOf(operation, onnx)), onnx.float(1)]),
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
  Step: ({ inputs: { x }, attributes }, onnx) => {
    const positive = onnx.node('Greater', [onnx.nameOf(x), onnx.scalar(0, x)]);
    return onnx.node('Where', [positive, onnx.scalar(1, x), onnx.scalar(attributes['alpha'] as number, x)]);
  },
  Cast: ({ inputs: { x }, outputs: [{ dtype }] }, onnx) => onnx.node('Cast', [onnx.nameOf(x)], { to: dataType(dtype) }),
  Select: same('Where'),
};
