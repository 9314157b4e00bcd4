import * as tf from '@tensorflow/tfjs-core';
import { Adam } from '../src/optimizer/adam';
import type { NamedVariables } from '../src/optimizer/optimizer';
import { testEngine } from './engine';

beforeAll(testEngine);

/** torch/optim/adam.py, `_single_tensor_adam`, one number at a time in float64. */
function torchAdam(values: number[], gradientOf: (values: number[]) => number[], rates: number[]): number[][] {
  const first = values.map(() => 0);
  const second = values.map(() => 0);
  return rates.map((rate, step) => {
    const gradient = gradientOf(values);
    values = values.map((value, i) => {
      first[i] += (gradient[i] - first[i]) * (1 - 0.9);
      second[i] = second[i] * 0.999 + gradient[i] * gradient[i] * (1 - 0.999);
      const stepSize = rate / (1 - 0.9 ** (step + 1));
      const denominator = Math.sqrt(second[i]) / Math.sqrt(1 - 0.999 ** (step + 1)) + 1e-8;
      return value - (stepSize * first[i]) / denominator;
    });
    return values;
  });
}

// Coefficients far apart, one of them so small that epsilon matters, and a rate that drops on the way.
const SCALES = [1, 30, 1e-3, 1e-8, 5, 0];
const START = [0.7, -1.3, 2, 0.5, -0.2, 0.9];
const RATES = Array.from({ length: 20 }, (_, i) => (i < 12 ? 1e-2 : 1e-3));
const gradientOf = (values: number[]) => values.map((value, i) => SCALES[i] * (value + 0.3 * value ** 3));

function problem(): NamedVariables {
  return { a: tf.variable(tf.tensor1d(START.slice(0, 4))), b: tf.variable(tf.tensor2d(START.slice(4), [1, 2])) };
}

const valuesOf = ({ a, b }: NamedVariables) => [...a.dataSync(), ...b.dataSync()];

function step(adam: Adam, variables: NamedVariables, rate: number): void {
  tf.tidy(() => {
    const [a, b] = Object.values(variables);
    const gradient = gradientOf(valuesOf(variables));
    adam.apply(
      variables,
      { [a.name]: tf.tensor1d(gradient.slice(0, 4)), [b.name]: tf.tensor2d(gradient.slice(4), [1, 2]) },
      rate,
    );
  });
}

describe.each(['the kernel AdamUpdate', 'plain ops'])('Adam by %s', (path) => {
  let engine: string;
  beforeAll(async () => {
    engine = tf.getBackend();
    if (path === 'plain ops') await tf.setBackend('cpu');
  });
  afterAll(() => tf.setBackend(engine));

  test('follows PyTorch over 20 steps', () => {
    const expected = torchAdam(START, gradientOf, RATES);
    const adam = new Adam();
    const variables = problem();
    RATES.forEach((rate, i) => {
      step(adam, variables, rate);
      valuesOf(variables).forEach((value, k) => expect(Math.abs(value - expected[i][k])).toBeLessThan(2e-6));
    });
  });

  test('keeps no tensor but two moments per variable, and dispose() frees them', () => {
    const variables = problem();
    const before = tf.memory().numTensors;
    const adam = new Adam();
    for (let i = 0; i < 3; i++) step(adam, variables, 1e-3);
    expect(tf.memory().numTensors).toBe(before + 4);
    adam.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  test('state() and restore() continue to the bit, also for variables of other tfjs names', () => {
    const [whole, first] = [problem(), problem()];
    const adam = new Adam();
    RATES.forEach((rate) => step(adam, whole, rate));
    const early = new Adam();
    RATES.slice(0, 7).forEach((rate) => step(early, first, rate));
    const second: NamedVariables = { a: tf.variable(first.a), b: tf.variable(first.b) };
    const late = new Adam();
    late.restore(early.state(), second);
    RATES.slice(7).forEach((rate) => step(late, second, rate));
    expect(valuesOf(second)).toEqual(valuesOf(whole));
    expect(late.state()).toEqual(adam.state());
  });
});

test('the engine has the kernel and the bare cpu backend has not, so that both paths are tested', () => {
  expect(tf.getKernel('AdamUpdate', tf.getBackend())).toBeDefined();
  expect(tf.getKernel('AdamUpdate', 'cpu')).toBeUndefined();
});

test('a variable without gradient is left alone', () => {
  const variables = problem();
  const adam = new Adam();
  tf.tidy(() => adam.apply(variables, { [variables.a.name]: tf.ones([4]) }, 0.1));
  expect(Array.from(variables.b.dataSync())).toEqual(Array.from(Float32Array.from(START.slice(4))));
  expect(adam.state().names).toEqual(['a']);
});

test('restore() refuses the state of other variables and keeps its own', () => {
  const adam = new Adam();
  const variables = problem();
  step(adam, variables, 1e-3);
  const own = adam.state();
  expect(() => adam.restore({ ...own, names: ['a', 'c'] }, variables)).toThrow(
    "The optimizer state holds 'c', which the model does not have.",
  );
  expect(() => adam.restore({ ...own, values: own.values.slice(1) }, variables)).toThrow(
    'Expected 12 numbers of optimizer state for this model, found 11.',
  );
  expect(adam.state()).toEqual(own);
});
