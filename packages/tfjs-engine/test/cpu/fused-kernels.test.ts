import * as tf from '@tensorflow/tfjs';
import { useEngine } from '../../src/use-engine';
import { withoutLeaks } from '../support/engines';
import { deviation, numbers } from '../support/numbers';
import { adamTwin, batchNormGradientTwin, batchNormTwin } from '../support/twins';
import { runKernel } from '../support/wasm';

const SHAPE = [3, 5, 4, 6];
const EPSILON = 1e-5;

beforeAll(() => useEngine({ prefer: 'cpu' }));

test('BatchNormTrain and BatchNormTrainGrad equal the formulas', () => {
  const [x, dy, scale, offset] = [numbers(360, 1), numbers(360, 2), numbers(6, 3), numbers(6, 4)];
  const { y, mean, variance } = batchNormTwin(x, scale, offset, EPSILON);
  const [forward, backward] = withoutLeaks(() =>
    tf.tidy(() => {
      const inputs = { x: tf.tensor(x, SHAPE), scale: tf.tensor1d(scale), offset: tf.tensor1d(offset) };
      const moments = { mean: tf.tensor1d(mean), variance: tf.tensor1d(variance), dy: tf.tensor(dy, SHAPE) };
      return [
        runKernel('BatchNormTrain', inputs, { epsilon: EPSILON }),
        runKernel('BatchNormTrainGrad', { ...moments, x: inputs.x, scale: inputs.scale }, { epsilon: EPSILON }),
      ];
    }),
  );
  [y, mean, variance].forEach((expected, i) => expect(deviation(forward[i], expected)).toBeLessThan(1e-6));
  const { dx, dScale, dOffset } = batchNormGradientTwin(dy, x, scale, EPSILON);
  [dx, dScale, dOffset].forEach((expected, i) => expect(deviation(backward[i], expected)).toBeLessThan(1e-5));
});

test('AdamUpdate equals the formula and leaves its inputs alone', () => {
  const attributes = { learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, step: 3 };
  const arrays = [numbers(50, 1), numbers(50, 2), numbers(50, 3), numbers(50, 4).map(Math.abs)];
  const [outputs, after] = withoutLeaks(() =>
    tf.tidy(() => {
      const tensors = arrays.map((values) => tf.tensor1d(values.slice()));
      const [value, gradient, firstMoment, secondMoment] = tensors;
      const updated = runKernel('AdamUpdate', { value, gradient, firstMoment, secondMoment }, attributes);
      return [updated, tensors.map((tensor) => tensor.dataSync())];
    }),
  );
  const [value, first, second] = [arrays[0], arrays[2], arrays[3]].map((values) => Float64Array.from(values));
  const expected = adamTwin({ value, first, second }, arrays[1], attributes);
  [expected.value, expected.first, expected.second].forEach((e, i) =>
    expect(deviation(outputs[i], e)).toBeLessThan(1e-6),
  );
  expect(after).toEqual(arrays);
});
