import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import fc from 'fast-check';
import { BatchNorm, batchNormTrain, ModelError } from '../../src';
import { startEngine } from '../engine';

type Shape = [batch: number, height: number, width: number, channels: number];

interface Case {
  shape: Shape;
  x: number[];
  dy: number[];
  scale: number[];
  offset: number[];
}

const EPSILON = 1e-5;
const backends = ['cpu', 'the engine'];

beforeAll(async () => {
  await startEngine();
});

/** Runs on plain JavaScript (the composite formula) or on the engine under test (its kernel, where it has one). */
const engineBackend = new Map<string, string>();
beforeAll(() => {
  engineBackend.set('cpu', 'cpu').set('the engine', tf.getBackend());
});
const use = (backend: string) => tf.setBackend(engineBackend.get(backend) as string);

/** Channel by channel, in float64. The gradient is the textbook's, with its terms for mean and variance spelled out. */
function obviousBatchNorm({ shape, x, dy, scale, offset }: Case) {
  const channels = shape[3];
  const n = x.length / channels;
  const result = {
    y: [...x],
    dx: [...x],
    dscale: [...scale],
    doffset: [...offset],
    mean: [...scale],
    variance: [...scale],
  };
  for (let c = 0; c < channels; c++) {
    const indices = Array.from({ length: n }, (_, i) => i * channels + c);
    const mean = indices.reduce((sum, i) => sum + x[i], 0) / n;
    const variance = indices.reduce((sum, i) => sum + (x[i] - mean) ** 2, 0) / n;
    const std = Math.sqrt(variance + EPSILON);
    const dxhat = (i: number) => dy[i] * scale[c];
    const dvariance = indices.reduce((sum, i) => sum + dxhat(i) * (x[i] - mean) * -0.5 * std ** -3, 0);
    const dmean = indices.reduce((sum, i) => sum - dxhat(i) / std, 0);
    for (const i of indices) {
      result.y[i] = ((x[i] - mean) / std) * scale[c] + offset[c];
      result.dx[i] = dxhat(i) / std + (dvariance * 2 * (x[i] - mean)) / n + dmean / n;
    }
    result.dscale[c] = indices.reduce((sum, i) => sum + (dy[i] * (x[i] - mean)) / std, 0);
    result.doffset[c] = indices.reduce((sum, i) => sum + dy[i], 0);
    result.mean[c] = mean;
    result.variance[c] = variance;
  }
  return result;
}

const anyCase: fc.Arbitrary<Case> = fc
  .tuple(
    fc.integer({ min: 1, max: 3 }),
    fc.integer({ min: 2, max: 5 }),
    fc.integer({ min: 1, max: 4 }),
    fc.integer({ min: 1, max: 6 }),
  )
  .chain(([batch, height, width, channels]) => {
    const size = batch * height * width * channels;
    const values = (length: number) =>
      fc.array(
        fc.integer({ min: -20, max: 20 }).map((value) => value / 8),
        { minLength: length, maxLength: length },
      );
    return fc.record({
      shape: fc.constant<Shape>([batch, height, width, channels]),
      x: values(size),
      dy: values(size),
      scale: values(channels),
      offset: values(channels),
    });
  });

/** Largest deviation, relative to the largest expected value or 1. */
function deviation(actual: ArrayLike<number>, expected: number[]): number {
  expect(actual).toHaveLength(expected.length);
  const size = Math.max(1, ...expected.map(Math.abs));
  return Math.max(...expected.map((value, i) => Math.abs(actual[i] - value) / size));
}

describe.each(backends)('batchNormTrain(x, scale, offset, epsilon) on %s', (backend) => {
  beforeAll(() => use(backend));

  test('equals the obvious loop: values, statistics, and the gradients of all three', () => {
    fc.assert(
      fc.property(anyCase, (each) => {
        const before = tf.memory().numTensors;
        const expected = obviousBatchNorm(each);
        let mean: ArrayLike<number> = [];
        let variance: ArrayLike<number> = [];
        tf.tidy(() => {
          const inputs = [tf.tensor4d(each.x, each.shape), tf.tensor1d(each.scale), tf.tensor1d(each.offset)];
          const { value, grads } = tf.valueAndGrads((x, scale, offset) =>
            batchNormTrain(
              x as tf.Tensor4D,
              scale as tf.Tensor1D,
              offset as tf.Tensor1D,
              EPSILON,
              (batchMean, batchVariance) => {
                mean = batchMean.dataSync();
                variance = batchVariance.dataSync();
              },
            ),
          )(inputs, tf.tensor4d(each.dy, each.shape));
          expect(deviation(mean, expected.mean)).toBeLessThan(1e-6);
          expect(deviation(variance, expected.variance)).toBeLessThan(1e-6);
          expect(deviation(value.dataSync(), expected.y)).toBeLessThan(1e-5);
          expect(deviation(grads[0].dataSync(), expected.dx)).toBeLessThan(1e-3);
          expect(deviation(grads[1].dataSync(), expected.dscale)).toBeLessThan(1e-5);
          expect(deviation(grads[2].dataSync(), expected.doffset)).toBeLessThan(1e-6);
        });
        expect(tf.memory().numTensors).toBe(before);
      }),
      { numRuns: 50 },
    );
  });

  test('keeps its digits where the mean is far from zero', () => {
    const x = Float32Array.from({ length: 4096 }, (_, i) => 1000 + Math.sin(i));
    const centre = x.reduce((sum, value) => sum + value, 0) / x.length;
    const expected = x.reduce((sum, value) => sum + (value - centre) ** 2, 0) / x.length;
    let variance = 0;
    tf.tidy(() => {
      batchNormTrain(
        tf.tensor4d(x, [1, 64, 64, 1]),
        tf.ones([1]),
        tf.zeros([1]),
        EPSILON,
        (_, v) => (variance = v.dataSync()[0]),
      );
    });
    expect(Math.abs(variance / expected - 1)).toBeLessThan(1e-3);
  });
});

describe.each(backends)('BatchNorm on %s', (backend) => {
  beforeAll(() => use(backend));

  const [shape, channels] = [[2, 3, 4, 5] as Shape, 5];
  const tensors = () => [0, 1, 2, 3].map((i) => tf.add(tf.randomUniform([channels], 0.5, 1.5, 'float32', i), 0));

  test('in inference gives exactly what the layer of tf.layers gives', () => {
    const ours = new BatchNorm({ name: 'ours' });
    const stock = tfl.layers.batchNormalization({ name: 'stock', momentum: 0.9, epsilon: EPSILON });
    const x = tf.randomNormal(shape, 0, 1, 'float32', 9);
    tf.dispose([ours.apply(x), stock.apply(x)] as tf.Tensor[]);
    const weights = tensors();
    ours.setWeights(weights);
    stock.setWeights(weights);
    const [a, b] = [ours.apply(x), stock.apply(x)] as tf.Tensor[];
    expect(Array.from(a.dataSync())).toEqual(Array.from(b.dataSync()));
    tf.dispose([a, b, x, weights]);
    ours.dispose();
    stock.dispose();
  });

  test('in training averages the batch statistics as PyTorch does, the variance unbiased, and leaks nothing', () => {
    const layer = new BatchNorm({ name: 'bn' });
    const x = tf.randomNormal(shape, 3, 2, 'float32', 10);
    const step = () => tf.dispose(layer.apply(x, { training: true }) as tf.Tensor);
    step();
    const before = tf.memory();
    step();
    expect(tf.memory().numTensors).toBe(before.numTensors);
    expect(tf.memory().numDataBuffers).toBe(before.numDataBuffers);

    const { mean, variance } = obviousBatchNorm({
      shape,
      x: Array.from(x.dataSync()),
      dy: Array(120).fill(0),
      scale: Array(5).fill(1),
      offset: Array(5).fill(0),
    });
    const n = 24;
    const [, , movingMean, movingVariance] = layer.getWeights().map((weight) => weight.dataSync());
    for (let c = 0; c < channels; c++) {
      expect(movingMean[c]).toBeCloseTo(0.19 * mean[c], 5);
      expect(movingVariance[c]).toBeCloseTo(0.81 + (0.19 * variance[c] * n) / (n - 1), 5);
    }
    x.dispose();
    layer.dispose();
  });

  test('running statistics have no gradient', () => {
    const layer = new BatchNorm({ name: 'bn' });
    const x = tf.randomNormal(shape, 0, 1, 'float32', 11);
    tf.dispose(layer.apply(x) as tf.Tensor);
    const { value, grads } = tf.variableGrads(() => tf.sum(tf.square(layer.apply(x, { training: true }) as tf.Tensor)));
    expect(Object.keys(grads)).toEqual(layer.trainableWeights.map(({ name }) => name));
    tf.dispose([value, grads, x]);
    layer.dispose();
  });
});

test('frozen, it normalises by running statistics in training too and leaves all of it alone; x has a gradient', () => {
  const frozen = new BatchNorm({ name: 'frozen', frozen: true });
  const x = tf.randomNormal<tf.Rank.R4>([2, 3, 4, 5], 1, 2, 'float32', 1);
  frozen.apply(x);
  expect(frozen.getConfig()).toMatchObject({ trainable: false });
  expect(frozen.trainableWeights).toEqual([]);
  expect(frozen.weights.map(({ trainable }) => trainable)).toEqual([false, false, false, false]);
  const values = [1.5, 0.25, 0.5, 4].map((value, i) =>
    tf.tensor1d([0, 1, 2, 3, 4].map((c) => value + 0.1 * c * (i + 1))),
  );
  tf.tidy(() => frozen.setWeights(values));

  const norm = (training: boolean) => (input: tf.Tensor) => frozen.apply(input, { training }) as tf.Tensor;
  const found = tf.tidy(() => {
    const dx = tf.grad((input: tf.Tensor) => tf.sum(norm(true)(input)))(x);
    return [norm(true)(x), norm(false)(x), dx].map((tensor) => Array.from(tensor.dataSync()));
  });
  expect(found[0]).toEqual(found[1]);
  const [gamma, , , variance] = values.map((value) => value.dataSync());
  found[2].forEach((value, i) => expect(value).toBeCloseTo(gamma[i % 5] / Math.sqrt(variance[i % 5] + EPSILON), 5));
  frozen.getWeights().forEach((weight, i) => expect(weight.dataSync()).toEqual(values[i].dataSync()));
});

test('BatchNorm writes the config, class and weight names that tf.layers writes', () => {
  const json = (layer: tfl.layers.Layer) => {
    tf.tidy(() => layer.apply(tf.zeros([2, 3, 4, 5])) as tf.Tensor);
    const written = {
      className: layer.getClassName(),
      config: layer.getConfig(),
      weights: layer.weights.map(({ originalName, shape, trainable }) => ({ originalName, shape, trainable })),
    };
    layer.dispose();
    return written;
  };
  const stock = tfl.layers.batchNormalization({ name: 'layer1.0.bn1', momentum: 0.9, epsilon: EPSILON });
  expect(json(new BatchNorm({ name: 'layer1.0.bn1' }))).toEqual(json(stock));
});

test('BatchNorm refuses what it cannot train on or build for', () => {
  const layer = new BatchNorm({ name: 'bn' });
  expect(() => tf.tidy(() => layer.apply(tf.ones([1, 1, 1, 4]), { training: true }) as tf.Tensor)).toThrow(
    new ModelError('Expected more than one value per channel to train layer bn, found input [1, 1, 1, 4]'),
  );
  expect(() => new BatchNorm({ name: 'bn' }).build([null, 4])).toThrow(ModelError);
});
