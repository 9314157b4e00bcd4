import * as tf from '@tensorflow/tfjs-core';
import { testEngine } from './engine';
import { everyLoss, type LossInputs } from './every-loss';
import published from './fixtures/published-losses.json';

beforeAll(testEngine);

type Case = (typeof published.cases)[number];

const cases = published.cases.map((one, i): [string, Case] => {
  const options = one.options ? ` ${JSON.stringify(one.options)}` : '';
  return [`${i + 1}. ${one.loss} of ${one.predictions.join(', ')}, weight ${one.weight ?? 'none'}${options}`, one];
});

function tensor(name: string): tf.Tensor {
  const { shape, values } = published.tensors[name as keyof typeof published.tensors];
  return tf.tensor(values, shape);
}

function inputsOf({ predictions, targets, weight, options }: Case): LossInputs {
  return {
    predictions: predictions.map(tensor),
    targets: targets.map(tensor),
    weight: weight === undefined ? undefined : tensor(weight),
    options,
  };
}

function gradientsOf(loss: string, { predictions, ...rest }: LossInputs, cotangent: number[]): tf.Tensor[] {
  return tf.grads((...moved) => everyLoss[loss]({ predictions: moved, ...rest }))(predictions, tf.tensor1d(cotangent));
}

/** Within 1e-6 of the largest: a few last digits of float32. */
function expectClose(received: ArrayLike<number>, expected: readonly number[]): void {
  expect(received.length).toBe(expected.length);
  const tolerance = 1e-6 * Math.max(...expected.map(Math.abs));
  expected.forEach((value, i) => {
    if (!(Math.abs(received[i] - value) <= tolerance))
      throw new Error(`[${i}]: expected ${value} +- ${tolerance}, received ${received[i]}`);
  });
}

test('every loss has a published case', () => {
  expect(new Set(published.cases.map(({ loss }) => loss))).toEqual(new Set(Object.keys(everyLoss)));
});

test.each(cases)('%s: one value per sample, whose mean is the published loss', (_, one) => {
  const perSample = tf.tidy(() => Array.from(everyLoss[one.loss](inputsOf(one)).dataSync()));
  expectClose(perSample, one.perSample);
  expectClose([perSample.reduce((sum, loss) => sum + loss) / perSample.length], [one.published]);
});

test.each(cases)('%s: gradient', (_, one) => {
  const gradients = tf.tidy(() =>
    gradientsOf(one.loss, inputsOf(one), one.cotangent).map((gradient) => gradient.dataSync()),
  );
  gradients.forEach((gradient, i) => expectClose(gradient, one.gradients[i]));
});

test.each(cases)('%s: no tensor outlives the call but the result', (_, one) => {
  const inputs = inputsOf(one);
  const { predictions, targets, weight } = inputs;
  const before = tf.memory().numTensors;
  const results = tf.tidy(() => [everyLoss[one.loss](inputs), ...gradientsOf(one.loss, inputs, one.cotangent)]);
  expect(tf.memory().numTensors).toBe(before + 1 + predictions.length);
  tf.dispose([results, predictions, targets, weight ?? []]);
  expect(tf.memory().numTensors).toBe(before - predictions.length - targets.length - (weight ? 1 : 0));
});

test.each(cases.filter(([, { loss }]) => loss !== 'simccKl'))(
  '%s: loss and gradient are 0 where the prediction is the target',
  (_, one) => {
    const { targets, ...rest } = inputsOf(one);
    const predictions = one.predictions.map((_, i) => tf.clone(targets[i % targets.length]));
    const inputs = { ...rest, targets, predictions };
    const values = tf.tidy(() =>
      [everyLoss[one.loss](inputs), ...gradientsOf(one.loss, inputs, one.cotangent)].flatMap((each) =>
        Array.from(each.dataSync(), Math.abs),
      ),
    );
    expect(values).toEqual(values.map(() => 0));
  },
);
