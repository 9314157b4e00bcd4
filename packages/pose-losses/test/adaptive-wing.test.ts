import * as tf from '@tensorflow/tfjs-core';
import { adaptiveWing } from '../src';
import { testEngine } from './engine';

beforeAll(testEngine);

test('adaptiveWing(...) has a finite gradient from the smallest errors to the largest', () => {
  const errors = [0, 1e-38, 1e-30, 1e-12, 1e-6, 0.4999999, 0.5, 0.5000001, 1, 1e6, 1e30];
  const targets = [0, 0.001, 0.5, 1];
  for (const target of targets) {
    const signed = errors.flatMap((error) => [error, -error]);
    const shape: [number, number, number, number] = [signed.length, 1, 1, 1];
    const prediction = tf.tensor4d(signed.map((error) => target + error), shape); // prettier-ignore
    const { value, grad } = tf.valueAndGrad((p: tf.Tensor4D) => adaptiveWing(p, tf.fill(shape, target)))(
      prediction,
      tf.ones<tf.Rank.R1>([signed.length]),
    );
    for (const values of [value, grad].map((each) => Array.from(each.dataSync())))
      expect(values.filter((each) => !Number.isFinite(each))).toEqual([]);
  }
});

test('adaptiveWing(...) does not jump where the curve becomes a line', () => {
  const at = (error: number) => adaptiveWing(tf.fill([1, 1, 1, 1], 0.25 + error), tf.fill([1, 1, 1, 1], 0.25)).dataSync()[0]; // prettier-ignore
  expect(Math.abs(at(0.5 + 1e-6) - at(0.5 - 1e-6))).toBeLessThan(1e-4);
});
