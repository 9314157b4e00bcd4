import * as tf from '@tensorflow/tfjs-core';
import { clipGradients } from '../src/optimizer/clip-gradients';
import { testEngine } from './engine';

beforeAll(testEngine);

const values = (tensors: tf.NamedTensorMap) =>
  Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, [...tensor.dataSync()]]));

test('clipGradients(gradients, maxNorm) scales all gradients by their common norm', () => {
  const gradients = { a: tf.tensor2d([3, 0, 0, 0], [2, 2]), b: tf.scalar(-4) };
  const clipped = clipGradients(gradients, 2);
  expect(clipped.norm).toBe(5);
  const scale = 2 / (5 + 1e-6);
  const near = (value: number) => expect.closeTo(value, 6) as number;
  expect(values(clipped.gradients)).toEqual({ a: [near(3 * scale), 0, 0, 0], b: [near(-4 * scale)] });
  expect(clipped.gradients.a.shape).toEqual([2, 2]);
});

test('gradients within the norm come back to the bit, as tensors of their own', () => {
  const gradients = { a: tf.tensor1d([0.1, -0.7]) };
  const before = tf.memory().numTensors;
  const clipped = clipGradients(gradients, 1);
  expect(tf.memory().numTensors).toBe(before + 1);
  expect(values(clipped.gradients)).toEqual(values(gradients));
  clipped.gradients.a.dispose();
  expect(gradients.a.isDisposed).toBe(false);
});

test('what has no gradient is left out', () => {
  const gradients = { a: tf.tensor1d([1]), b: null } as unknown as tf.NamedTensorMap;
  expect(Object.keys(clipGradients(gradients, 1).gradients)).toEqual(['a']);
  expect(clipGradients({}, 1)).toEqual({ norm: 0, gradients: {} });
});

test('the norm of many numbers keeps its digits', () => {
  const size = 2 ** 21;
  const numbers = Float32Array.from({ length: size }, (_, i) => 1e-3 * (1 + (i % 7)));
  const expected = Math.sqrt(numbers.reduce((sum, value) => sum + value * value, 0));
  const gradients = { kernel: tf.tensor4d(numbers, [2, 2, 1024, 512]) };
  expect(clipGradients(gradients, 1).norm / expected).toBeCloseTo(1, 6);
  tf.dispose(gradients);
});

test.each([0, -1, NaN])('maxNorm %p is refused', (maxNorm) => {
  expect(() => clipGradients({}, maxNorm)).toThrow(
    `clipGradients maxNorm: expected a number above 0, found ${maxNorm}.`,
  );
});
