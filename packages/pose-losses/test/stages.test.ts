import * as tf from '@tensorflow/tfjs-core';
import { hourglassMse, openPoseLoss } from '../src';
import { testEngine } from './engine';

beforeAll(testEngine);

const filled = (value: number, channels: number) => tf.fill<tf.Rank.R4>([2, 2, 3, channels], value);

test('hourglassMse(...) gives each stack its loss; together they are its mean or sum', () => {
  const outputs = [filled(1, 4), filled(3, 4)];
  const { perSample, perStack } = hourglassMse(outputs, filled(0, 4));
  expect(perStack.map((loss) => Array.from(loss.dataSync()))).toEqual([[1, 1], [9, 9]]); // prettier-ignore
  expect(Array.from(perSample.dataSync())).toEqual([5, 5]);
  const sum = hourglassMse(outputs, filled(0, 4), { overStacks: 'sum' });
  expect(Array.from(sum.perSample.dataSync())).toEqual([10, 10]);
});

test('openPoseLoss(...) gives each stage its terms, fields before heatmaps', () => {
  const before = tf.memory().numTensors;
  const loss = tf.tidy(() => {
    const outputs = [filled(1, 4), filled(2, 3), filled(3, 4), filled(4, 3)];
    return openPoseLoss(outputs, { fields: filled(0, 4), heatmaps: filled(0, 3) });
  });
  expect(tf.memory().numTensors).toBe(before + 5);
  const [one, two] = loss.stages;
  const terms = [one.fields, one.heatmaps, two.fields, two.heatmaps].map((term) => term.dataSync()[0]);
  expect(terms).toEqual([1, 4, 9, 16]);
  expect(Array.from(loss.perSample.dataSync())).toEqual([30, 30]);
});

test('openPoseLoss(...) leaves masked pixels in the denominator', () => {
  const mask = tf.tensor3d([1, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1], [2, 2, 3]);
  const targets = { fields: filled(0, 4), heatmaps: filled(0, 3), mask };
  const { stages } = openPoseLoss([filled(6, 4), filled(6, 3)], targets);
  const [first, second] = stages[0].fields.dataSync();
  expect(first).toBeCloseTo(36 / 6, 5);
  expect(second).toBeCloseTo(36, 5);
});
