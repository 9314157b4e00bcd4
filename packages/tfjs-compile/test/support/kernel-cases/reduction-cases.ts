import * as tf from '@tensorflow/tfjs-core';
import { floats, ints, kernel, normal, truths, type KernelCase } from './kernel-case';

const ACTIVATIONS = ['linear', 'relu', 'relu6', 'elu', 'sigmoid', 'leakyrelu', 'prelu'] as const;
const WAYS = [false, true].flatMap((exclusive) => [false, true].map((reverse) => [exclusive, reverse] as const));

/** Reductions, running sums, products of matrices. */
export const REDUCTION_CASES: KernelCase[] = [
  ...['Sum', 'Mean', 'Max', 'Min', 'Prod'].flatMap((name): KernelCase[] => {
    const reduce = tf[name.toLowerCase() as 'sum'];
    return [
      [name, () => [normal(2, 3, 4)], (x) => [reduce(x), reduce(x, [0, -1]), reduce(x, 1, true)]],
      [name, () => [ints(3, -4, 5)], (x) => reduce(x)],
    ];
  }),
  ['Sum', () => [truths(1, 0, 1)], (x) => tf.sum(x)],
  ['Sum', () => [normal(2, 3, 4)], (x) => [tf.sum(x, [0, 1]), tf.sum(x, [0, 1], true), tf.sum(x, 0)]],
  ['Sum', () => [tf.zeros([4, 0])], (x) => tf.sum(x, 0)],
  ['Sum', () => [normal(2, 40, 16, 3)], (x) => [tf.sum(x, [0, 1, 2]), tf.sum(x, [1, 2])]],
  ['All', () => [truths(1, 0, 1)], (x) => [tf.all(x), tf.all(x, 0, true)]],
  ['Any', () => [truths(1, 0, 1)], (x) => tf.any(x)],
  ...(['ArgMax', 'ArgMin'] as const).flatMap((name): KernelCase[] => {
    const find = name === 'ArgMax' ? tf.argMax : tf.argMin;
    return [
      [name, () => [normal(3, 5)], (x) => [find(x, 1), find(x, 0), find(x, -1)]],
      [name, () => [floats(2, 1, 2, 1)], (x) => find(x)], // the first of equal ones
    ];
  }),
  ['TopK', () => [normal(3, 5)], (x) => Object.values(tf.topk(x, 2))],
  ['TopK', () => [floats(1, 3, 2, 3)], (x) => Object.values(tf.topk(x, 3))],
  ['Softmax', () => [normal(3, 5)], (x) => tf.softmax(x)],
  ['Exp', () => [normal(3, 5)], (x) => tf.logSoftmax(x)],
  ...(['Cumsum', 'Cumprod'] as const).flatMap((name): KernelCase[] => {
    const running = name === 'Cumsum' ? tf.cumsum : tf.cumprod;
    const runs = (x: tf.Tensor, axis: number) => WAYS.map((way) => running(x, axis, ...way));
    return [
      [name, () => [normal(2, 5, 3)], (x) => [0, 1, 2].flatMap((axis) => runs(x, axis))],
      [name, () => [ints(2, -3, 1, 4, 1)], (x) => runs(x, 0)],
      [name, () => [normal(1)], (x) => runs(x, 0)],
    ];
  }),
  ['BatchMatMul', () => [normal(2, 3, 4), normal(2, 5, 4)], (a, b) => tf.matMul(a, b, false, true)],
  ['BatchMatMul', () => [normal(4, 3), normal(4, 5)], (a, b) => tf.matMul(a, b, true)],
  ...ACTIVATIONS.map((activation): KernelCase => [
    '_FusedMatMul',
    () => [normal(1, 3, 4), normal(1, 4, 5), normal(5), normal(5)],
    (a, b, bias, preluActivationWeights) => {
      const inputs = { a, b, bias, ...(activation === 'prelu' ? { preluActivationWeights } : {}) };
      const attributes = { transposeA: false, transposeB: false, activation, leakyreluAlpha: 0.1 };
      return kernel('_FusedMatMul', Object.keys(inputs), attributes)(...Object.values(inputs));
    },
  ]),
];
