import * as tf from '@tensorflow/tfjs';
import { maxPoolGradientTwin } from '../support/twins';
import { deviation, numbers } from '../support/numbers';
import { onWasm } from '../support/wasm';

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
