import * as tf from '@tensorflow/tfjs-core';
import { GradientSum } from '../src/optimizer/gradient-sum';
import { testEngine } from './engine';

beforeAll(testEngine);

const INPUTS = Array.from({ length: 12 }, (_, i) => [Math.sin(i), Math.cos(3 * i), 1]);
const TARGETS = Array.from({ length: 12 }, (_, i) => [Math.sin(2 * i + 1)]);

/** Gradients of the mean loss over some of the samples. */
function gradientsOf(kernel: tf.Variable, first: number, end: number): tf.NamedTensorMap {
  return tf.tidy(() => {
    const outputs = () => tf.tanh(tf.matMul(INPUTS.slice(first, end), kernel));
    return tf.variableGrads(() => tf.mean(tf.squaredDifference(outputs(), TARGETS.slice(first, end)))).grads;
  });
}

test('batches of any sizes give the gradients of the batches as one, and leave no tensor', () => {
  const kernel = tf.variable(tf.tensor2d([0.4, -0.3, 0.2], [3, 1]));
  const before = tf.memory().numTensors;
  const sum = new GradientSum();
  for (const [first, end] of [
    [0, 4],
    [4, 9],
    [9, 12],
  ]) {
    tf.tidy(() => sum.add(gradientsOf(kernel, first, end), end - first));
  }
  expect(sum.samples).toBe(12);
  const mean = sum.take();
  const expected = gradientsOf(kernel, 0, 12);
  mean[kernel.name].dataSync().forEach((value, i) => {
    expect(value).toBeCloseTo(expected[kernel.name].dataSync()[i], 6);
  });
  tf.dispose([mean, expected]);
  expect(tf.memory().numTensors).toBe(before);
  kernel.dispose();
});

test('one batch comes back to the bit, and the next sum starts anew', () => {
  const sum = new GradientSum();
  const [first, second] = [{ a: tf.tensor1d([0.1, 1 / 3]) }, { b: tf.tensor1d([7]) }];
  sum.add(first, 3);
  expect([...sum.take().a.dataSync()]).toEqual([...first.a.dataSync()]);
  sum.add(second, 5);
  expect(sum.samples).toBe(5);
  expect(Object.keys(sum.take())).toEqual(['b']);
});

test('a gradient that a batch does not have counts as zero', () => {
  const sum = new GradientSum();
  sum.add({ early: tf.tensor1d([8]) }, 1);
  sum.add({ early: null, late: tf.tensor1d([4]) } as unknown as tf.NamedTensorMap, 3);
  const { early, late } = sum.take();
  expect([early.dataSync()[0], late.dataSync()[0]]).toEqual([2, 3]);
});

test('dispose() frees what was added', () => {
  const gradients = { a: tf.tensor1d([1]) };
  const before = tf.memory().numTensors;
  const sum = new GradientSum();
  sum.add(gradients, 1);
  sum.add(gradients, 1);
  sum.dispose();
  expect(tf.memory().numTensors).toBe(before);
  expect(sum.take()).toEqual({});
});

test.each([0, 1.5, NaN])('%p samples are refused', (samples) => {
  expect(() => new GradientSum().add({}, samples)).toThrow(
    `GradientSum samples: expected a whole number above 0, found ${samples}.`,
  );
});
