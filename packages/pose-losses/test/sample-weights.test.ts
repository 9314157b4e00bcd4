import * as tf from '@tensorflow/tfjs-core';
import { labelledKeypointWeights, LossError, smallLossWeights, weightedMean } from '../src';
import { testEngine } from './engine';

beforeAll(testEngine);

const losses = [3, 0.5, 8, 0.5, 2, 1, 9, 4, 6, 7];

test.each([
  [0, [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]],
  [0.1, [1, 1, 1, 1, 1, 1, 0, 1, 1, 1]],
  [0.15, [1, 1, 0, 1, 1, 1, 0, 1, 1, 1]], // floor(8.5) samples remain
  [0.9, null], // one of the two smallest
  [0.99, null],
])('smallLossWeights(perSample, %d)', (dropShare, expected) => {
  const weights = Array.from(smallLossWeights(tf.tensor1d(losses), dropShare).dataSync());
  if (expected) expect(weights).toEqual(expected);
  else {
    expect(weights.reduce((sum, weight) => sum + weight)).toBe(1);
    expect(losses[weights.indexOf(1)]).toBe(0.5);
  }
});

test('a batch of one always remains', () => {
  expect(Array.from(smallLossWeights(tf.tensor1d([5]), 0.5).dataSync())).toEqual([1]);
});

test('the mean of the small losses, and its gradient', () => {
  const before = tf.memory().numTensors;
  const perSample = tf.tensor1d([4, 1, 2, 9]);
  const { value, grad } = tf.valueAndGrad((x: tf.Tensor1D) => weightedMean(x, smallLossWeights(x, 0.5)))(perSample);
  expect(value.dataSync()[0]).toBeCloseTo(1.5, 6);
  expect(Array.from(grad.dataSync())).toEqual([0, 0.5, 0.5, 0]);
  tf.dispose([value, grad, perSample]);
  expect(tf.memory().numTensors).toBe(before);
});

test('weightedMean(perSample, smallLossWeights(perSample, 0)) is the mean', () => {
  const perSample = tf.tensor1d(losses);
  expect(weightedMean(perSample, smallLossWeights(perSample, 0)).dataSync()[0]).toBeCloseTo(4.1, 5);
});

test('labelledKeypointWeights(weight) counts weights above 0, of mean 1', () => {
  const weight = tf.tensor2d([[1, 0.5, 2, 0], [0, 0, 0, 0], [1, 0, 0, 0]]); // prettier-ignore
  const weights = Array.from(labelledKeypointWeights(weight).dataSync());
  [9 / 4, 0, 3 / 4].forEach((expected, i) => expect(weights[i]).toBeCloseTo(expected, 6));
});

test('without any labelled keypoint all weights, the mean and its gradient are 0', () => {
  const weights = labelledKeypointWeights(tf.zeros([3, 4]));
  expect(Array.from(weights.dataSync())).toEqual([0, 0, 0]);
  const { value, grad } = tf.valueAndGrad((x: tf.Tensor1D) => weightedMean(x, weights))(tf.tensor1d([1, 2, 3]));
  expect([value.dataSync()[0], ...grad.dataSync()]).toEqual([0, 0, 0, 0]);
});

test('weightedMean(...) does not hide a loss that is not finite', () => {
  expect(weightedMean(tf.tensor1d([1, NaN]), tf.tensor1d([1, 0])).dataSync()[0]).toBeNaN();
});

test.each([
  ['smallLossWeights of a scalar', () => smallLossWeights(tf.scalar(1) as tf.Tensor as tf.Tensor1D, 0), 'Expected perSample [N], not empty, found []'], // prettier-ignore
  ['smallLossWeights without samples', () => smallLossWeights(tf.zeros([0]), 0), 'Expected perSample [N], not empty, found [0]'], // prettier-ignore
  ['a share of 1', () => smallLossWeights(tf.zeros([2]), 1), 'Expected a number from 0 to below 1 for dropShare, found 1'], // prettier-ignore
  ['a share of NaN', () => smallLossWeights(tf.zeros([2]), NaN), 'for dropShare, found NaN'],
  ['weights of other length', () => weightedMean(tf.zeros([2]), tf.zeros([3])), 'Expected weights [2] for perSample [2], found [3]'], // prettier-ignore
  ['keypoint weights without batch', () => labelledKeypointWeights(tf.zeros([3]) as tf.Tensor as tf.Tensor2D), 'Expected weight [N, K], not empty, found [3]'], // prettier-ignore
])('%s: a LossError', (_, call, message) => {
  expect(call).toThrow(LossError);
  expect(call).toThrow(message);
});
