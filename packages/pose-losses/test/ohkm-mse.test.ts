import * as tf from '@tensorflow/tfjs-core';
import { jointsMse, ohkmMse } from '../src';
import { testEngine } from './engine';

beforeAll(testEngine);

const prediction = () => tf.tensor4d([1, 3, 2, 9], [1, 1, 1, 4]);
const target = () => tf.zeros<tf.Rank.R4>([1, 1, 1, 4]);
const weight = () => tf.tensor2d([[1, 1, 1, 0]]);

test('ohkmMse(..., { topk }) takes the largest keypoints, and only they get a gradient', () => {
  const { value, grad } = tf.valueAndGrad((p: tf.Tensor4D) => tf.sum(ohkmMse(p, target(), weight(), { topk: 2 })))(
    prediction(),
  );
  expect(value.dataSync()[0]).toBeCloseTo((0.5 * (9 + 4)) / 2, 5);
  expect(Array.from(grad.dataSync(), Math.abs)).toEqual([0, 1.5, 1, 0]);
});

test('ohkmMse(...) takes 8 keypoints', () => {
  const ones = tf.ones<tf.Rank.R4>([1, 2, 2, 17]);
  const weights = tf.tensor2d([Array.from({ length: 17 }, (_, k) => (k < 4 ? 1 : 0))]);
  expect(ohkmMse(ones, tf.zerosLike(ones), weights).dataSync()[0]).toBeCloseTo((0.5 * 4) / 8, 6);
});

test('ohkmMse(..., { topk: K }) is jointsMse', () => {
  const all = ohkmMse(prediction(), target(), weight(), { topk: 4 }).dataSync();
  expect(all[0]).toBeCloseTo(jointsMse(prediction(), target(), weight()).dataSync()[0], 6);
});

test('ohkmMse(...) of a single keypoint', () => {
  const one = tf.fill<tf.Rank.R4>([2, 1, 1, 1], 2);
  const losses = ohkmMse(one, tf.zerosLike(one), tf.tensor2d([[1], [0]]), { topk: 1 });
  expect(Array.from(losses.dataSync())).toEqual([2, 0]);
});
