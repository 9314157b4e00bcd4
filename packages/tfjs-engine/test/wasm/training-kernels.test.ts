import * as tf from '@tensorflow/tfjs';
import { adamTwin, type AdamState, batchNormGradientTwin, batchNormTwin, maxPoolGradientTwin } from '../support/twins';
import { deviation, numbers } from '../support/numbers';
import { onWasm, runKernel } from '../support/wasm';

const SHAPE: [number, number, number, number] = [3, 5, 4, 6];
const SIZE = 3 * 5 * 4 * 6;
const EPSILON = 1e-5;

test('BatchNormTrain and BatchNormTrainGrad equal the formulas', async () => {
  const [x, dy, scale, offset] = [numbers(SIZE, 1), numbers(SIZE, 2), numbers(6, 3), numbers(6, 4)];
  const { y, mean, variance } = batchNormTwin(x, scale, offset, EPSILON);
  const [forward, backward] = await onWasm(() => {
    const t = { x: tf.tensor4d(x, SHAPE), scale: tf.tensor1d(scale), offset: tf.tensor1d(offset) };
    const moments = { mean: tf.tensor1d(mean), variance: tf.tensor1d(variance), dy: tf.tensor4d(dy, SHAPE) };
    const values = [
      runKernel('BatchNormTrain', t, { epsilon: EPSILON }),
      runKernel('BatchNormTrainGrad', { ...moments, x: t.x, scale: t.scale }, { epsilon: EPSILON }),
    ];
    tf.dispose([t, moments]);
    return values;
  });
  [y, mean, variance].forEach((expected, i) => expect(deviation(forward[i], expected)).toBeLessThan(1e-6));
  const { dx, dScale, dOffset } = batchNormGradientTwin(dy, x, scale, EPSILON);
  [dx, dScale, dOffset].forEach((expected, i) => expect(deviation(backward[i], expected)).toBeLessThan(1e-5));
});

test.each([
  ['padding 1, odd size', 7, 5, 3, 2, 1],
  ['padding 1, even size', 8, 6, 3, 2, 1],
  ['no padding, windows apart', 8, 6, 2, 2, 0],
])('the gradient of tf.maxPool: %s', async (_, height, width, window, stride, pad) => {
  // Few distinct values make ties in nearly every window.
  const x = numbers(2 * height * width * 3, 5).map((v) => Math.round(v * 2));
  const shape: [number, number, number, number] = [2, height, width, 3];
  const pool = (t: tf.Tensor) => tf.maxPool(t as tf.Tensor4D, window, stride, pad, 'floor');
  const [out, dx] = await onWasm(() =>
    tf.tidy(() => {
      const y = pool(tf.tensor4d(x, shape));
      const dy = tf.tensor4d(numbers(y.size, 6), y.shape as typeof shape);
      return [Float32Array.from(y.shape), tf.grad(pool)(tf.tensor4d(x, shape), dy).dataSync()];
    }),
  );
  const dy = numbers(
    out.reduce((a, b) => a * b, 1),
    6,
  );
  const expected = maxPoolGradientTwin(dy, x, shape, [...out], window, stride, pad);
  expect(deviation(dx, expected)).toBeLessThan(1e-6);
});

test('AdamUpdate equals the formula over several steps', async () => {
  const attributes = { learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };
  let expected: AdamState = {
    value: Float64Array.from(numbers(50, 1)),
    first: new Float64Array(50),
    second: new Float64Array(50),
  };
  let actual = [numbers(50, 1), new Float32Array(50), new Float32Array(50)];
  for (let step = 1; step <= 5; step++) {
    const gradient = numbers(50, 10 + step);
    expected = adamTwin(expected, gradient, { ...attributes, step });
    actual = await onWasm(() => {
      const [value, firstMoment, secondMoment] = actual.map((v) => tf.tensor1d(v));
      const inputs = { value, gradient: tf.tensor1d(gradient), firstMoment, secondMoment };
      const [next] = runKernel('AdamUpdate', inputs, { ...attributes, step });
      const outputs = [next, firstMoment.dataSync().slice(), secondMoment.dataSync().slice()] as Float32Array[];
      tf.dispose(inputs);
      return outputs;
    });
    [expected.value, expected.first, expected.second].forEach((e, i) =>
      expect(deviation(actual[i], e)).toBeLessThan(1e-6),
    );
  }
});

test('a filter that AdamUpdate has moved is the one that the next convolution uses', async () => {
  // XNNPACK keeps a packed copy of each filter that it has convolved with; a 1x1 image and filter make conv2d a product.
  const values = await onWasm(() => {
    const filter = tf.tidy(() => tf.variable(tf.tensor4d([3], [1, 1, 1, 1])));
    const x = tf.ones([1, 1, 1, 1]) as tf.Tensor4D;
    const convolved = () => tf.tidy(() => tf.conv2d(x, filter as tf.Tensor4D, 1, 'valid').dataSync()[0]);
    const seen = [convolved()];
    for (let step = 1; step <= 3; step++) {
      const moments = { firstMoment: tf.zeros([1, 1, 1, 1]), secondMoment: tf.zeros([1, 1, 1, 1]) };
      const inputs = { value: filter, gradient: x, ...moments };
      const attributes = { learningRate: 0.5, beta1: 0, beta2: 0, epsilon: 0, step };
      const next = tf.engine().runKernel<tf.Tensor4D>('AdamUpdate', inputs, attributes);
      filter.assign(next);
      tf.dispose([next, moments]);
      seen.push(convolved());
    }
    tf.dispose([filter, x]);
    return seen;
  });
  expect(values).toEqual([3, 2.5, 2, 1.5]);
});
