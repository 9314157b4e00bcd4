import type { Value } from '../../graph/graph';
import type { Emission, Emit } from './emission';

/** One op of the same name, with its type as `T`. */
const SAME_UNARY = [
  ...['Abs', 'Acos', 'Acosh', 'Asin', 'Asinh', 'Atan', 'Atanh', 'Ceil', 'Cos', 'Cosh', 'Elu', 'Erf', 'Exp', 'Expm1'],
  ...['Floor', 'IsFinite', 'IsInf', 'IsNan', 'Log', 'Log1p', 'Neg', 'OnesLike', 'Reciprocal', 'Relu', 'Relu6'],
  ...['Round', 'Rsqrt', 'Selu', 'Sigmoid', 'Sign', 'Sin', 'Sinh', 'Softplus', 'Sqrt', 'Square', 'Tan', 'Tanh'],
  'ZerosLike',
];

/** By TensorFlow.js' name. */
const BINARY: Readonly<Record<string, string>> = {
  Add: 'AddV2',
  Atan2: 'Atan2',
  Equal: 'Equal',
  FloorDiv: 'FloorDiv',
  Greater: 'Greater',
  GreaterEqual: 'GreaterEqual',
  Less: 'Less',
  LessEqual: 'LessEqual',
  Maximum: 'Maximum',
  Minimum: 'Minimum',
  Mod: 'FloorMod',
  Multiply: 'Mul',
  NotEqual: 'NotEqual',
  Pow: 'Pow',
  RealDiv: 'RealDiv',
  SquaredDifference: 'SquaredDifference',
  Sub: 'Sub',
};

const unary =
  (op: string): Emit =>
  ({ inputs: { x } }, { builder, of }) =>
    builder.addTyped(op, x.dtype, [of(x)]);

const binary =
  (op: string): Emit =>
  ({ inputs: { a, b } }, { builder, of }) =>
    builder.addTyped(op, a.dtype, [of(a), of(b)]);

const logical =
  (op: string): Emit =>
  ({ inputs }, { builder, of }) =>
    builder.add(op, Object.values(inputs).map(of));

const cast: Emit = ({ inputs: { x }, outputs: [y] }, emission) => castTo(y.dtype, x, emission);

/** A value as another type. */
export function castTo(dtype: Value['dtype'], x: Value, { builder, of }: Emission): string {
  return builder.cast(of(x), x.dtype, dtype);
}

const clipByValue: Emit = ({ inputs: { x }, attributes }, { builder, of }) => {
  const { clipValueMin, clipValueMax } = attributes as Record<'clipValueMin' | 'clipValueMax', number>;
  const bounds = [clipValueMin, clipValueMax].map((bound) => builder.scalar(bound, x.dtype));
  return builder.addTyped('ClipByValue', x.dtype, [of(x), ...bounds]);
};

/** As TensorFlow.js' own of tfjs-node: NaN stays. */
const step: Emit = ({ inputs: { x }, attributes }, { builder, of }) => {
  const { alpha } = attributes as { alpha: number };
  const { dtype } = x;
  const isPositive = builder.addTyped('Greater', dtype, [of(x), builder.scalar(0, dtype)]);
  const values = [builder.scalar(1, dtype), builder.scalar(alpha, dtype)];
  const stepped = builder.addTyped('SelectV2', dtype, [isPositive, ...values]);
  if (dtype === 'int32' || dtype === 'bool') return stepped;
  return builder.addTyped('SelectV2', dtype, [builder.addTyped('IsNan', dtype, [of(x)]), of(x), stepped]);
};

const select: Emit = ({ inputs: { condition, t, e } }, { builder, of }) =>
  builder.addTyped('Select', t.dtype, [of(condition), of(t), of(e)]);

export const elementwiseKernels: Readonly<Record<string, Emit>> = {
  ...Object.fromEntries(SAME_UNARY.map((name) => [name, unary(name)])),
  ...Object.fromEntries(Object.entries(BINARY).map(([name, op]) => [name, binary(op)])),
  LogicalAnd: logical('LogicalAnd'),
  LogicalOr: logical('LogicalOr'),
  LogicalNot: logical('LogicalNot'),
  Cast: cast,
  ClipByValue: clipByValue,
  Step: step,
  Select: select,
};
