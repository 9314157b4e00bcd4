import '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import type { NamedTensorMap, Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import { reducePrecision, trace } from '../../src';
import { nchwLayout } from '../../src/passes/nchw-layout';
import { testEngine } from '../support/engine';
import { onnxDifference } from './difference';

beforeAll(testEngine);

const inputs = (): NamedTensorMap => ({
  x: tf.randomNormal([2, 6, 4, 3], 0, 1, 'float32', 1),
  filter: tf.randomNormal([3, 3, 3, 3], 0, 1, 'float32', 2),
  bias: tf.tensor1d([1, 2, 3]),
});

const conv = (x: Tensor, filter: Tensor) => tf.conv2d(x as Tensor4D, filter as Tensor4D, 1, 'same');

const transpositionsOf = (fn: (given: NamedTensorMap) => NamedTensorMap): number =>
  nchwLayout(trace(fn, inputs())).operations.filter(({ kernel }) => kernel === 'Transpose').length;

describe('transposes once on the way in and once on the way out', () => {
  const FOLLOWERS: [string, (x: Tensor4D, bias: Tensor) => Tensor][] = [
    ['relu', (x) => tf.relu(x)],
    ['a bias per channel', (x, bias) => tf.add(x, bias)],
    ['a scalar', (x) => tf.mul(x, 3)],
    [
      'pad',
      (x) =>
        tf.pad(x, [
          [0, 0],
          [1, 0],
          [0, 2],
          [0, 0],
        ]),
    ],
    ['mirrorPad', (x) => tf.mirrorPad(x, [[0, 0], [1, 0], [0, 2], [0, 0]], 'reflect')], // prettier-ignore
    ['asinh', (x) => tf.asinh(x)],
    ['slice', (x) => tf.slice(x, [0, 1, 2, 0], [2, 3, 2, 3])],
    ['concat of channels and their part', (x) => tf.slice(tf.concat([x, tf.neg(x)], 3), [0, 0, 0, 3], [-1, -1, -1, 3])],
    ['concat of rows', (x) => tf.concat([x, tf.neg(x)], 1)],
    ['split of channels', (x) => tf.concat(tf.split(x, 3, 3).reverse(), 3)],
    ['where', (x) => tf.where(tf.greater(x, 0), x, tf.neg(x))],
    ['tile', (x) => tf.tile(x, [1, 2, 1, 1])],
    ['gather of channels', (x) => tf.gather(x, [2, 0, 1], 3)],
    ['gather of columns', (x) => tf.gather(x, [2, 0, 1, 3, 3], 2)],
    ['reverse', (x) => tf.reverse(x, [1, -2])],
    ['mean over pixels that remain', (x) => tf.sub(x, tf.mean(x, [1, 2], true))],
  ];

  it.each(FOLLOWERS)('%s', async (_, follow) => {
    const fn = ({ x, filter, bias }: NamedTensorMap) => {
      return { y: conv(follow(conv(x, filter) as Tensor4D, bias), filter) };
    };
    expect(transpositionsOf(fn)).toBe(2);
    expect(await onnxDifference(fn, inputs())).toBeLessThan(1e-5);
  });

  it('not at all on the way out of a sum over pixels', async () => {
    const fn = ({ x, filter }: NamedTensorMap) => ({ y: tf.sum(conv(x, filter), [1, 2]) });
    expect(transpositionsOf(fn)).toBe(1);
    expect(await onnxDifference(fn, inputs())).toBeLessThan(1e-5);
  });

  it('once only for what two kernels need in NHWC', async () => {
    const fn = ({ x, filter }: NamedTensorMap) => {
      const y = conv(x, filter);
      return { flat: tf.reshape(y, [2, -1]), rows: tf.sum(y, [0]) };
    };
    expect(transpositionsOf(fn)).toBe(2);
    expect(await onnxDifference(fn, inputs())).toBeLessThan(1e-5);
  });

  it('as one with a transposition of the program', async () => {
    const fn = ({ x, filter }: NamedTensorMap) => ({ y: tf.transpose(conv(x, filter), [3, 0, 2, 1]) });
    expect(transpositionsOf(fn)).toBe(2);
    expect(await onnxDifference(fn, inputs())).toBeLessThan(1e-5);
  });
});

describe('leaves to matrix products, in NHWC', () => {
  const many = () => ({
    x: tf.randomNormal([1, 4, 4, 5], 0, 1, 'float32', 1),
    filter: tf.randomNormal([3, 3, 5, 8], 0, 1, 'float32', 2),
  });

  it('a convolution with a filter that is no constant, and its gradients', async () => {
    const fn = ({ x, filter }: NamedTensorMap) => {
      const { value, grads } = tf.valueAndGrads((...[a, b]: Tensor[]) => conv(a, b))([x, filter]);
      const strided = tf.grad((a: Tensor) => tf.conv2d(a as Tensor4D, filter as Tensor4D, 2, 'same'))(x);
      return { value, x: grads[0], filter: grads[1], strided };
    };
    const { operations } = nchwLayout(trace(fn, many()));
    expect(operations.filter(({ kernel }) => kernel === 'Transpose')).toEqual([]);
    expect(await onnxDifference(fn, many())).toBeLessThan(1e-5);
  });

  it('not with a constant one, which ONNX Runtime packs once', () => {
    const { x, filter } = many();
    const { operations } = nchwLayout(trace((given) => ({ y: conv(given.x, filter) }), { x }));
    expect(operations.map(({ kernel }) => kernel)).toEqual(['Transpose', 'Conv2D', 'Transpose']);
  });

  it('nor with a constant one in another type', () => {
    const { x, filter } = many();
    const graph = reducePrecision(
      trace((given) => ({ y: conv(given.x, filter) }), { x }),
      'float16',
    );
    const convolution = nchwLayout(graph).operations.find(({ kernel }) => kernel === 'Conv2D');
    expect(convolution?.attributes['dataFormat']).toBe('NCHW');
  });

  describe('one of single pixels, too, of images that are there in NCHW', () => {
    const inputs = () => ({ ...many(), one: tf.randomNormal([1, 1, 5, 5], 0, 1, 'float32', 3) });
    const layoutsOf = (fn: (given: NamedTensorMap) => NamedTensorMap) =>
      nchwLayout(trace(fn, inputs())).operations.flatMap(({ kernel, attributes }) =>
        kernel === 'Conv2D' ? [attributes['dataFormat']] : [],
      );

    const NEED_NCHW: [string, (x: Tensor4D) => Tensor][] = [
      ['depthwise convolutions', (x) => tf.depthwiseConv2d(x, tf.ones([3, 3, 5, 1]), 1, 'same')],
      ['resizing', (x) => tf.image.resizeNearestNeighbor(x, [8, 8])],
    ];
    it.each(NEED_NCHW)('but where there are %s', async (_, before) => {
      const fn = ({ x, one }: NamedTensorMap) => ({ after: conv(before(x as Tensor4D), one), direct: conv(x, one) });
      expect(layoutsOf(fn)).toEqual(['NCHW', undefined]);
      expect(await onnxDifference(fn, inputs())).toBeLessThan(1e-5);
    });

    it('as of pooled ones', async () => {
      const fn = ({ x, one }: NamedTensorMap) => ({ y: conv(tf.maxPool(x as Tensor4D, 2, 2, 'valid'), one) });
      expect(layoutsOf(fn)).toEqual([undefined]);
      expect(await onnxDifference(fn, inputs())).toBeLessThan(1e-5);
    });
  });

  it('and what follows it on images that are there in both', async () => {
    const inputs = () => ({ ...many(), filter: tf.randomNormal([3, 3, 5, 5], 0, 1, 'float32', 2) });
    const fn = ({ x, filter }: NamedTensorMap) => {
      const pooled = tf.maxPool(x as Tensor4D, 2, 1, 'same');
      return { y: tf.relu(tf.add(conv(pooled, filter), pooled)) };
    };
    const { operations } = nchwLayout(trace(fn, inputs()));
    const kernels = operations.map(({ kernel }) => kernel);
    expect(kernels).toEqual(['Transpose', 'MaxPool', 'Transpose', 'Conv2D', 'Add', 'Relu']);
    expect(await onnxDifference(fn, inputs())).toBeLessThan(1e-5);
  });
});
