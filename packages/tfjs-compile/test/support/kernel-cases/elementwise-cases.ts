import * as tf from '@tensorflow/tfjs-core';
import { floats, ints, kernel, normal, positive, truths, type KernelCase } from './kernel-case';

const UNARY = [
  ...['Abs', 'Asinh', 'Atan', 'Ceil', 'Cos', 'Cosh', 'Elu', 'Erf', 'Exp', 'Expm1', 'Floor', 'Neg', 'OnesLike', 'Relu'],
  ...['Relu6', 'Round', 'Selu', 'Sigmoid', 'Sign', 'Sin', 'Sinh', 'Softplus', 'Square', 'Tan', 'Tanh', 'ZerosLike'],
];
const OF_POSITIVE = ['Log', 'Log1p', 'Reciprocal', 'Rsqrt', 'Sqrt'];
const BINARY = [
  ...['Add', 'Atan2', 'Equal', 'FloorDiv', 'Greater', 'GreaterEqual', 'Less', 'LessEqual', 'Maximum', 'Minimum', 'Mod'],
  ...['Multiply', 'NotEqual', 'Pow', 'RealDiv', 'SquaredDifference', 'Sub'],
];
const OF_SIGNED = BINARY.filter((name) => name !== 'Pow');
const OF_INTS = OF_SIGNED.filter((name) => !['Atan2', 'RealDiv'].includes(name));

const strange = () => floats(-Infinity, -2, -0.5, 0, 0.5, 3, Infinity, NaN);

export const ELEMENTWISE_CASES: KernelCase[] = [
  ...UNARY.map((name): KernelCase => [name, () => [normal(3, 4)], kernel(name, ['x'])]),
  ...OF_POSITIVE.map((name): KernelCase => [name, () => [positive(3, 4)], kernel(name, ['x'])]),
  ...['Acos', 'Asin', 'Atanh'].map((name): KernelCase => [name, () => [tf.sin(normal(9))], kernel(name, ['x'])]),
  ['Acosh', () => [tf.add(positive(9), 1)], kernel('Acosh', ['x'])],
  ...['IsFinite', 'IsInf', 'IsNan'].map((name): KernelCase => [name, () => [strange()], kernel(name, ['x'])]),
  ...['Abs', 'Neg', 'Relu', 'Relu6', 'Sign', 'Square', 'ZerosLike', 'OnesLike'].map((name): KernelCase => [
    name,
    () => [ints(-7, -1, 0, 1, 9)],
    kernel(name, ['x'], { alpha: 0 }),
  ]),
  ...BINARY.map((name): KernelCase => [name, () => [positive(3, 4), positive(4)], kernel(name, ['a', 'b'])]),
  ...OF_SIGNED.map((name): KernelCase => [
    name,
    () => [floats(-7, 7, -7, 7, 6, -6, 0.5, 1), floats(3, 3, -3, -3, 3, 3, -0.75, 1)],
    kernel(name, ['a', 'b']),
  ]),
  ...OF_INTS.map((name): KernelCase => [
    name,
    () => [ints(-7, 7, -7, 7, 6, -6, 1), ints(3, 3, -3, -3, 3, 3, 1)],
    kernel(name, ['a', 'b']),
  ]),
  ['Pow', () => [ints(-2, 3, 0, 2), ints(3, 2, 0, 1)], (a, b) => tf.pow(a, b)],
  // The axes, the diagonals, nothing and everything.
  ['Atan2', () => [floats(0, 1, 0, -1, 1, -1, 0, 5), floats(1, 0, -1, 0, -1, -1, 0, Infinity)], (a, b) => tf.atan2(a, b)], // prettier-ignore
  ['LogicalAnd', () => [truths(0, 0, 1, 1), truths(0, 1, 0, 1)], (a, b) => tf.logicalAnd(a, b)],
  ['LogicalOr', () => [truths(0, 0, 1, 1), truths(0, 1, 0, 1)], (a, b) => tf.logicalOr(a, b)],
  ['LogicalNot', () => [truths(0, 1)], (x) => tf.logicalNot(x)],
  ['LogicalNot', () => [truths(0, 0, 1, 1), truths(0, 1, 0, 1)], (a, b) => tf.logicalXor(a, b)],
  ...['Greater', 'GreaterEqual', 'Less', 'LessEqual', 'Equal', 'NotEqual'].map((name): KernelCase => [
    name,
    () => [floats(1, 2, 3, NaN, 0), floats(2, 2, 2, NaN, -0)],
    kernel(name, ['a', 'b']),
  ]),
  ['Cast', () => [normal(5)], (x) => [tf.cast(x, 'int32'), tf.cast(tf.greater(x, 0), 'float32')]],
  ['ClipByValue', () => [normal(9)], (x) => tf.clipByValue(x, -0.5, 0.25)],
  ['Step', () => [floats(-2, -0.5, 0, 0.5, NaN, 3)], (x) => tf.step(x, 0.25)],
  ['Select', () => [truths(0, 1), normal(2, 1), normal(1, 2)], (condition, t, e) => tf.where(condition, t, e)],
  ['Select', () => [normal(2, 3)], (x) => tf.where(tf.greater(x, 0), x, tf.zerosLike(x))],
  ['LeakyRelu', () => [normal(9)], (x) => tf.leakyRelu(x, 0.3)],
  ['Prelu', () => [normal(4, 3), normal(3)], (x, alpha) => tf.prelu(x, alpha)],
  ['ReluGrad', () => [normal(9), positive(9)], (dy, y) => kernel('ReluGrad', ['dy', 'y'])(dy, tf.relu(tf.sub(y, 1)))],
  ['EluGrad', () => [normal(9), normal(9)], kernel('EluGrad', ['dy', 'y'])],
  ['AddN', () => [normal(4), positive(4), normal(4)], (...list) => tf.addN(list)],
];
