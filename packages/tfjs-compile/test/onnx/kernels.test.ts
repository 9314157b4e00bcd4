import '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import type { NamedTensorMap, Tensor } from '@tensorflow/tfjs-core';
import { testEngine } from '../support/engine';
import { onnxDifference } from './difference';

beforeAll(testEngine);

const normal = (shape: number[], seed = 1) => tf.randomNormal(shape, 0, 1, 'float32', seed);
const ints = (values: number[]) => tf.tensor1d(values, 'int32');

const UNARY: [string, (x: Tensor) => Tensor][] = [
  ...(['abs', 'ceil', 'cos', 'elu', 'exp', 'floor', 'neg', 'reciprocal', 'relu', 'relu6', 'selu', 'sigmoid'] as const),
  ...(['sign', 'sin', 'softplus', 'square', 'tan', 'tanh', 'zerosLike', 'onesLike', 'step', 'erf'] as const),
].map((name): [string, (x: Tensor) => Tensor] => [name, (x) => tf[name](x)]);

const POSITIVE: [string, (x: Tensor) => Tensor][] = (['log', 'log1p', 'sqrt', 'rsqrt'] as const).map((name) => [
  name,
  (x) => tf[name](tf.add(tf.abs(x), 0.1)),
]);

const ONE: [string, (x: Tensor) => Tensor][] = [
  ...UNARY,
  ...POSITIVE,
  ['leakyRelu', (x) => tf.leakyRelu(x, 0.3)],
  ['step with a slope', (x) => tf.step(x, 0.5)],
  ['clipByValue', (x) => tf.clipByValue(x, -0.5, 0.7)],
  ['cast to int32', (x) => tf.cast(tf.mul(x, 10), 'int32')],
  ['cast to bool and back', (x) => tf.cast(tf.cast(tf.step(x), 'bool'), 'float32')],
  ['softmax', (x) => tf.softmax(x)],
  ['logSoftmax', (x) => tf.logSoftmax(x)],
  ...(['sum', 'mean', 'max', 'min', 'prod'] as const).flatMap((name): [string, (x: Tensor) => Tensor][] => [
    [`${name} of all`, (x) => tf[name](x)],
    [`${name} of axes`, (x) => tf[name](x, [0, -1])],
    [`${name} of an axis that remains`, (x) => tf[name](x, 1, true)],
  ]),
  [
    'all, any',
    (x) => tf.add(tf.cast(tf.all(tf.greater(x, -1), 1), 'int32'), tf.cast(tf.any(tf.greater(x, 1), 1), 'int32')),
  ],
  ['reshape', (x) => tf.reshape(x, [6, 4])],
  ['expandDims', (x) => tf.expandDims(x, 1)],
  ['transpose', (x) => tf.transpose(x, [2, 0, 1])],
  ['slice', (x) => tf.slice(x, [0, 1, 2], [2, 1, 2])],
  ['stridedSlice', (x) => tf.stridedSlice(x, [0, 2, 1], [2, 0, 4], [1, -1, 2])],
  [
    'pad',
    (x) =>
      tf.pad(
        x,
        [
          [1, 0],
          [0, 2],
          [3, 1],
        ],
        5,
      ),
  ],
  ['tile', (x) => tf.tile(x, [1, 2, 3])],
  ['reverse', (x) => tf.reverse(x, [0, -1])],
  ['unstack', (x) => tf.unstack(x, 1)[2]],
  ['split', (x) => tf.split(x, [1, 3], -1)[1]],
  ['concat', (x) => tf.concat([x, tf.neg(x), x], -1)],
  ['stack', (x) => tf.stack([x, tf.neg(x)], -1)],
  ['gather', (x) => tf.gather(x, ints([2, 0, 0]), 1)],
  [
    'gather in batches',
    (x) =>
      tf.gather(
        x,
        tf.tensor2d(
          [
            [2, 0],
            [1, 1],
          ],
          [2, 2],
          'int32',
        ),
        1,
        1,
      ),
  ],
  ['unsortedSegmentSum', (x) => tf.unsortedSegmentSum(x, ints([2, -1]), 4)],
  ['topk', (x) => tf.topk(x, 2).values],
  ['topk, places', (x) => tf.topk(x, 2).indices],
  ['argMax', (x) => tf.argMax(x, 1)],
  ['argMin', (x) => tf.argMin(x, -1)],
  ['oneHot', (x) => tf.add(tf.sum(x), tf.oneHot(tf.cast(tf.abs(x), 'int32'), 3, 2, -1))],
  ['where', (x) => tf.where(tf.greater(x, 0), x, tf.zerosLike(x))],
  ['range and fill', (x) => tf.add(x, tf.add(tf.range(0, 4), tf.fill([4], 3)))],
  ['matMul', (x) => tf.matMul(x, tf.sin(x), false, true)],
  ['matMul, transposed', (x) => tf.matMul(x, tf.sin(x), true, false)],
  ['addN', (x) => tf.addN([x, tf.sin(x), tf.cos(x)])],
  ['logical', (x) => tf.logicalOr(tf.logicalAnd(tf.greater(x, 0), tf.less(x, 1)), tf.logicalNot(tf.lessEqual(x, -1)))],
];

describe('gives what the eager kernel gives', () => {
  it.each(ONE)('%s', async (_, fn) => {
    expect(await onnxDifference(({ x }) => ({ y: fn(x) }), { x: normal([2, 3, 4]) })).toBeLessThan(1e-5);
  });

  it.each(['add', 'sub', 'mul', 'div', 'maximum', 'minimum', 'squaredDifference'] as const)(
    '%s, with broadcasting',
    async (name) => {
      const inputs = { a: normal([2, 3, 1]), b: normal([3, 4], 2) };
      expect(await onnxDifference(({ a, b }) => ({ y: tf[name](a, b) }), inputs)).toBeLessThan(1e-5);
    },
  );

  it.each(['greater', 'greaterEqual', 'less', 'lessEqual', 'equal', 'notEqual'] as const)('%s', async (name) => {
    const inputs = { a: ints([1, 2, 3, 2]), b: ints([2, 2, 2, 5]) };
    expect(await onnxDifference(({ a, b }) => ({ y: tf[name](a, b) }), inputs)).toBe(0);
  });

  it('pow', async () => {
    const inputs = { a: tf.abs(normal([2, 3])), b: normal([3], 2) };
    expect(await onnxDifference(({ a, b }) => ({ y: tf.pow(a, b) }), inputs)).toBeLessThan(1e-5);
  });

  it('fused matMul', async () => {
    const fn = ({ a, b, bias }: NamedTensorMap) => ({ y: tf.fused.matMul({ a, b, bias, activation: 'relu' }) });
    const inputs = { a: normal([5, 3]), b: normal([3, 4], 2), bias: normal([4], 3) };
    expect(await onnxDifference(fn, inputs)).toBeLessThan(1e-5);
  });

  it('spaceToBatchND and batchToSpaceND', async () => {
    const fn = ({ x }: NamedTensorMap) => {
      const batches = tf.spaceToBatchND(
        x,
        [2, 3],
        [
          [1, 0],
          [0, 1],
        ],
      );
      return {
        batches,
        joined: tf.batchToSpaceND(
          batches,
          [2, 3],
          [
            [1, 0],
            [0, 1],
          ],
        ),
      };
    };
    expect(await onnxDifference(fn, { x: normal([2, 5, 5, 3]) })).toBe(0);
  });
});
