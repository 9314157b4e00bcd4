import { useEngine, type EnginePreference } from '@pose/tfjs-engine';
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { jointsMse, LossError } from '../src';

/** Plain JavaScript is exact and quick for these sizes; POSE_ENGINE names another engine. */
beforeAll(async () => {
  tf.enableProdMode(); // no banner about faster backends
  await useEngine({ prefer: (process.env.POSE_ENGINE as EnginePreference | undefined) ?? 'cpu' });
});

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

test('jointsMse(prediction, target, weight) equals the obvious loop', () => {
  fc.assert(
    fc.property(anyCase, ({ shape, prediction, target, weight }) => {
      const loss = tf.tidy(
        () =>
          jointsMse(
            tf.tensor4d(prediction, shape),
            tf.tensor4d(target, shape),
            tf.tensor2d(weight, [shape[0], shape[3]]),
          ).dataSync()[0],
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
          .grad((p) => jointsMse(p as tf.Tensor4D, ...constants))(tf.tensor4d(prediction, shape), tf.scalar(3))
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

test('no tensor outlives the call but the loss', () => {
  const shape: Shape = [2, 4, 3, 5];
  const inputs = [tf.randomNormal(shape), tf.zeros(shape), tf.ones([2, 5])] as [tf.Tensor4D, tf.Tensor4D, tf.Tensor2D];
  const before = tf.memory().numTensors;
  const loss = jointsMse(...inputs);
  const { value, grad } = tf.valueAndGrad((p: tf.Tensor4D) => jointsMse(p, inputs[1], inputs[2]))(inputs[0]);
  expect(tf.memory().numTensors).toBe(before + 3);
  tf.dispose([loss, value, grad, ...inputs]);
});

test.each([
  [
    'a prediction without batch',
    [4, 3, 5],
    [4, 3, 5],
    [1, 5],
    'Expected prediction [N, H, W, K], not empty, found [4, 3, 5]',
  ],
  [
    'an empty batch',
    [0, 4, 3, 5],
    [0, 4, 3, 5],
    [0, 5],
    'Expected prediction [N, H, W, K], not empty, found [0, 4, 3, 5]',
  ],
  [
    'a target of other size',
    [2, 4, 3, 5],
    [2, 4, 3, 6],
    [2, 5],
    'Expected target [2, 4, 3, 5] like prediction, found [2, 4, 3, 6]',
  ],
  [
    'a weight per pixel',
    [2, 4, 3, 5],
    [2, 4, 3, 5],
    [2, 1, 1, 5],
    'Expected weight [2, 5] for prediction [2, 4, 3, 5], found [2, 1, 1, 5]',
  ],
])('jointsMse(...) refuses %s', (_, prediction, target, weight, message) => {
  const zeros = (shape: number[]) => tf.zeros<tf.Rank.R4>(shape as Shape);
  const call = () => jointsMse(zeros(prediction), zeros(target), zeros(weight) as tf.Tensor as tf.Tensor2D);
  expect(call).toThrow(LossError);
  expect(call).toThrow(message);
});
