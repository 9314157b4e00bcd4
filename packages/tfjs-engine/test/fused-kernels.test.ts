import * as tf from '@tensorflow/tfjs';
import { useEngine } from '../src/use-engine';
import { ENGINES, withoutLeaks } from './support/engines';
import { gradientErrors } from './support/gradient-check';
import { deviation, numbers } from './support/numbers';
import { adamTwin, batchNormGradientTwin, batchNormTwin, type AdamState } from './support/twins';
import { runKernel } from './support/wasm';

const FUSED = ['BatchNormTrain', 'BatchNormTrainGrad', 'ReluGrad', 'AdamUpdate'];
if (ENGINES.includes('native')) FUSED.push('FusedConv2DAdd', 'FusedConv2DTranspose');
const EPSILON = 1e-3;

describe.each(ENGINES)('on %s', (prefer) => {
  beforeAll(() => useEngine({ prefer }));

  const batchNorm = (...[x, scale, offset]: tf.Tensor[]): tf.Tensor[] =>
    tf.engine().runKernel<tf.Tensor[]>('BatchNormTrain', { x, scale, offset }, { epsilon: EPSILON });

  test('BatchNormTrain gives the normalised batch, its mean and its biased variance', () => {
    const [x, scale, offset] = [numbers(360, 1), numbers(6, 3), numbers(6, 4)];
    const { y, mean, variance } = batchNormTwin(x, scale, offset, EPSILON);
    const actual = withoutLeaks(() =>
      tf.tidy(() => {
        const outputs = batchNorm(tf.tensor(x, [3, 5, 4, 6]), tf.tensor1d(scale), tf.tensor1d(offset));
        return outputs.slice(0, 3).map((output) => output.dataSync());
      }),
    );
    [y, mean, variance].forEach((expected, i) => expect(deviation(actual[i], expected)).toBeLessThan(1e-6));
  });

  test('the gradients of BatchNormTrain are those of the paper’s equations', () => {
    const [x, dy, scale, offset] = [numbers(360, 1), numbers(360, 2), numbers(6, 3), numbers(6, 4)];
    const actual = withoutLeaks(() =>
      tf.tidy(() => {
        const inputs = [tf.tensor(x, [3, 5, 4, 6]), tf.tensor1d(scale), tf.tensor1d(offset)];
        const gradients = tf.grads((...tensors) => batchNorm(...tensors)[0])(inputs, tf.tensor(dy, [3, 5, 4, 6]));
        return gradients.map((gradient) => gradient.dataSync());
      }),
    );
    const { dx, dScale, dOffset } = batchNormGradientTwin(dy, x, scale, EPSILON);
    [dx, dScale, dOffset].forEach((expected, i) => expect(deviation(actual[i], expected)).toBeLessThan(1e-5));
  });

  test('BatchNormTrainGrad by itself takes the batch and its statistics', () => {
    const [x, dy, scale, offset] = [numbers(360, 1), numbers(360, 2), numbers(6, 3), numbers(6, 4)];
    const { mean, variance } = batchNormTwin(x, scale, offset, EPSILON);
    const actual = withoutLeaks(() =>
      tf.tidy(() => {
        const images = { dy: tf.tensor(dy, [3, 5, 4, 6]), x: tf.tensor(x, [3, 5, 4, 6]) };
        const [given, ...statistics] = [scale, mean, variance].map((values) => tf.tensor1d(values));
        const inputs = { ...images, scale: given, mean: statistics[0], variance: statistics[1] };
        const gradients = tf.engine().runKernel<tf.Tensor[]>('BatchNormTrainGrad', inputs, { epsilon: EPSILON });
        return gradients.map((gradient) => gradient.dataSync());
      }),
    );
    const { dx, dScale, dOffset } = batchNormGradientTwin(dy, x, scale, EPSILON);
    [dx, dScale, dOffset].forEach((expected, i) => expect(deviation(actual[i], expected)).toBeLessThan(1e-5));
  });

  test('BatchNormTrain and its gradients agree with finite differences', () => {
    const errors = gradientErrors(
      {
        shapes: [[2, 3, 2, 5], [5], [5]],
        op: (...inputs) => batchNorm(...inputs)[0],
        obvious: (x, scale, offset) => batchNormTwin(x, scale, offset, EPSILON).y,
      },
      7,
    );
    for (const error of errors) expect(error).toBeLessThan(1e-4);
  });

  test('the gradient of tf.relu agrees with finite differences', () => {
    const relu = { shapes: [[3, 7]], op: tf.relu, obvious: (x: Float64Array) => x.map((v) => Math.max(v, 0)) };
    for (const error of gradientErrors(relu, 3)) expect(error).toBeLessThan(1e-6);
  });

  test('the gradient of tf.relu has a gradient of its own, and is 0 at 0 and where nothing is positive', () => {
    const [first, second] = withoutLeaks(() =>
      tf.tidy(() => {
        const x = tf.tensor1d([-2, -0.5, 0, 0.5, 2]);
        const slope = tf.grad((v: tf.Tensor) => tf.mul(v, tf.square(tf.relu(v)))); // 3 v^2 for positive v
        return [
          slope(x).dataSync(),
          tf
            .grad((v: tf.Tensor) => slope(v))(x)
            .dataSync(),
        ];
      }),
    );
    expect([...first]).toEqual([0, 0, 0, 0.75, 12]);
    expect([...second]).toEqual([0, 0, 0, 3, 12]);
  });

  test('AdamUpdate follows the formula over several steps, moments in place, value and gradient left alone', () => {
    const attributes = { learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-3 };
    let expected: AdamState = {
      value: Float64Array.from(numbers(50, 1)),
      first: new Float64Array(50),
      second: new Float64Array(50),
    };
    withoutLeaks(() =>
      tf.tidy(() => {
        let value = tf.tensor1d(numbers(50, 1)) as tf.Tensor;
        const [firstMoment, secondMoment] = [tf.zeros([50]), tf.zeros([50])];
        for (let step = 1; step <= 5; step++) {
          const gradient = tf.tensor1d(numbers(50, 10 + step));
          const before = value;
          const inputs = { value, gradient, firstMoment, secondMoment };
          value = tf.engine().runKernel<tf.Tensor>('AdamUpdate', inputs, { ...attributes, step });
          expect(deviation(before.dataSync(), expected.value)).toBeLessThan(1e-6);
          expect(gradient.dataSync()).toEqual(numbers(50, 10 + step));
          expected = adamTwin(expected, numbers(50, 10 + step), { ...attributes, step });
          const actual = [value, firstMoment, secondMoment].map((tensor) => tensor.dataSync());
          [expected.value, expected.first, expected.second].forEach((e, i) =>
            expect(deviation(actual[i], e)).toBeLessThan(1e-6),
          );
        }
      }),
    );
  });

  test('variables of other shapes do not disturb each other’s moments', () => {
    const attributes = { learningRate: 0.1, beta1: 0.5, beta2: 0.5, epsilon: 0, step: 1 };
    const moments = withoutLeaks(() =>
      tf.tidy(() => {
        const [small, large] = [[2], [3, 4]].map((shape) => [tf.zeros(shape), tf.zeros(shape)]);
        for (const [firstMoment, secondMoment] of [small, large]) {
          const like = tf.ones(firstMoment.shape);
          runKernel('AdamUpdate', { value: like, gradient: like, firstMoment, secondMoment }, attributes);
        }
        return [...small, ...large].map((moment) => [...moment.dataSync()]);
      }),
    );
    expect(moments).toEqual([2, 2, 12, 12].map((length) => new Array<number>(length).fill(0.5)));
  });

  test('useEngine({ fusedKernels: false }) takes them away, and tf.relu keeps its gradient', async () => {
    const here = () => FUSED.filter((name) => tf.getKernel(name, tf.getBackend()));
    expect(here()).toEqual(FUSED);
    expect(await useEngine({ prefer, fusedKernels: false })).toMatchObject({ kind: prefer, fusedKernels: false });
    expect(here()).toEqual([]);
    const slope = tf.tidy(() =>
      tf
        .grad(tf.relu)(tf.tensor1d([-1, 0, 3]))
        .dataSync(),
    );
    expect([...slope]).toEqual([0, 0, 1]);
    expect((await useEngine({ prefer })).fusedKernels).toBe(true);
    expect(here()).toEqual(FUSED);
  });
});
