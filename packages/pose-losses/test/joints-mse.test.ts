import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { jointsMse } from '../src';
import { testEngine } from './engine';

beforeAll(testEngine);

type Shape = [batch: number, height: number, width: number, keypoints: number];

/** loss.py read line by line: keypoint by keypoint. */
function obviousJointsMse([n, h, w, k]: Shape, prediction: number[], target: number[], weight: number[]): number {
  let loss = 0;
  for (let joint = 0; joint < k; joint++) {
    let squares = 0;
    for (let image = 0; image < n; image++) {
      for (let pixel = 0; pixel < h * w; pixel++) {
        const i = (image * h * w + pixel) * k + joint;
        squares += (prediction[i] * weight[image * k + joint] - target[i] * weight[image * k + joint]) ** 2;
      }
    }
    loss += (0.5 * squares) / (n * h * w);
  }
  return loss / k;
}

const anyCase = fc
  .tuple(
    fc.integer({ min: 1, max: 3 }),
    fc.integer({ min: 1, max: 5 }),
    fc.integer({ min: 1, max: 4 }),
    fc.integer({ min: 1, max: 4 }),
  )
  .chain(([n, h, w, k]) => {
    const values = (length: number) =>
      fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: length, maxLength: length });
    return fc.record({
      shape: fc.constant<Shape>([n, h, w, k]),
      prediction: values(n * h * w * k),
      target: values(n * h * w * k),
      weight: values(n * k),
    });
  });

test('jointsMse(prediction, target, weight) has the mean of the obvious loop', () => {
  fc.assert(
    fc.property(anyCase, ({ shape, prediction, target, weight }) => {
      const loss = tf.tidy(
        () =>
          tf
            .mean(
              jointsMse(
                tf.tensor4d(prediction, shape),
                tf.tensor4d(target, shape),
                tf.tensor2d(weight, [shape[0], shape[3]]),
              ),
            )
            .dataSync()[0],
      );
      const expected = obviousJointsMse(shape, prediction, target, weight);
      expect(Math.abs(loss - expected)).toBeLessThan(1e-5 * expected + 1e-10);
    }),
  );
});

test('its gradient is the slope of the obvious loop', () => {
  fc.assert(
    fc.property(anyCase, ({ shape, prediction, target, weight }) => {
      const gradient = tf.tidy(() => {
        const constants = [tf.tensor4d(target, shape), tf.tensor2d(weight, [shape[0], shape[3]])] as const;
        return tf
          .grad((p) => tf.mean(jointsMse(p as tf.Tensor4D, ...constants)))(tf.tensor4d(prediction, shape), tf.scalar(3))
          .dataSync();
      });
      const step = 1e-3;
      const lossAt = (i: number, value: number) => {
        const moved = [...prediction];
        moved[i] = value;
        return obviousJointsMse(shape, moved, target, weight);
      };
      for (let i = 0; i < prediction.length; i++) {
        // Central differences are exact for a quadratic.
        const slope = (3 * (lossAt(i, prediction[i] + step) - lossAt(i, prediction[i] - step))) / (2 * step);
        expect(Math.abs(gradient[i] - slope)).toBeLessThan(1e-5);
      }
    }),
    { numRuns: 30 },
  );
});

test('keypoints of weight 0 count in the denominator only', () => {
  const shape: Shape = [1, 1, 2, 2];
  const loss = tf.tidy(
    () => jointsMse(tf.tensor4d([1, 9, 3, 9], shape), tf.zeros(shape), tf.tensor2d([[1, 0]])).dataSync()[0],
  );
  expect(loss).toBeCloseTo(0.5 * ((1 + 9) / 2) * (1 / 2), 6);
});
