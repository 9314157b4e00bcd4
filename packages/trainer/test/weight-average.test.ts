import * as tf from '@tensorflow/tfjs-core';
import { uniform } from '@pose/golden-cases';
import { WeightAverage } from '../src/average/weight-average';
import type { NamedVariables } from '../src/optimizer/optimizer';
import { testEngine } from './engine';
import { parity } from './golden';

beforeAll(testEngine);

interface Inputs {
  decay: number;
  n: number;
  steps: number;
  name: string;
  initial: number[];
}

parity<Inputs, { at: Record<string, { params: number[]; ema: number[] }> }>('ema', ({ inputs, expected, check }) => {
  const { decay, n, steps, name, initial } = inputs;
  const u = uniform(name);
  let variables: NamedVariables = { a: tf.variable(tf.tensor1d(initial)) };
  let average = new WeightAverage(decay);
  for (let step = 0; step < steps; step++) {
    if (step % 11 === 5) {
      // The rest is computed from what a checkpoint holds.
      const saved = average.state();
      variables = { a: tf.variable(variables.a) };
      average = new WeightAverage(decay);
      average.restore(saved, variables);
    }
    const change = Float32Array.from({ length: n }, (_, i) => 0.02 * (u(n + step * n + i) - 0.45));
    tf.tidy(() => variables.a.assign(tf.add(variables.a, tf.tensor1d(change))));
    average.update(variables);
    const wanted = expected.at[step];
    if (!wanted) continue;
    check('at', variables.a.dataSync(), wanted.params);
    check('at', average.state().values, wanted.ema);
  }
});

function trained(): { variables: NamedVariables; average: WeightAverage } {
  const variables = { a: tf.variable(tf.tensor2d([1, 2], [1, 2])), b: tf.variable(tf.scalar(0.1)) };
  const average = new WeightAverage(0.5);
  average.update(variables);
  tf.tidy(() => {
    variables.a.assign(tf.tensor2d([3, 1 / 3], [1, 2]));
    variables.b.assign(tf.scalar(0.7));
  });
  average.update(variables);
  return { variables, average };
}

const bitsOf = (variables: NamedVariables) =>
  Object.values(variables).flatMap((variable) => [...new Uint32Array(Float32Array.from(variable.dataSync()).buffer)]);

describe('whileAveraged(variables, run)', () => {
  test('shows the averages, gives what run gives, and puts the trained values back to the bit', async () => {
    const { variables, average } = trained();
    const before = bitsOf(variables);
    const tensors = tf.memory().numTensors;
    const seen = await average.whileAveraged(variables, async () => {
      await new Promise(setImmediate);
      return [...variables.a.dataSync(), ...variables.b.dataSync()];
    });
    expect(seen).toEqual([...average.state().values]);
    expect(seen[0]).toBe(2);
    expect(bitsOf(variables)).toEqual(before);
    expect(tf.memory().numTensors).toBe(tensors);
  });

  test('puts them back also when run fails', async () => {
    const { variables, average } = trained();
    const before = bitsOf(variables);
    const tensors = tf.memory().numTensors;
    const run = () => Promise.reject(new Error('no images'));
    await expect(average.whileAveraged(variables, run)).rejects.toThrow('no images');
    expect(bitsOf(variables)).toEqual(before);
    expect(tf.memory().numTensors).toBe(tensors);
  });

  test('leaves the average as it was, whatever run does to the variables', async () => {
    const { variables, average } = trained();
    const { values } = average.state();
    await average.whileAveraged(variables, () => tf.tidy(() => variables.b.assign(tf.scalar(9))));
    expect(average.state().values).toEqual(values);
  });

  test('without averages runs on the trained values', async () => {
    const { variables } = trained();
    const before = bitsOf(variables);
    expect(await new WeightAverage(0.1).whileAveraged(variables, () => bitsOf(variables))).toEqual(before);
  });
});

test('update() within a tf.tidy keeps one tensor per variable, which dispose() frees', () => {
  const { variables, average } = trained();
  average.dispose();
  const before = tf.memory().numTensors;
  for (let i = 0; i < 3; i++) tf.tidy(() => average.update(variables));
  expect(tf.memory().numTensors).toBe(before + 2);
  average.dispose();
  expect(tf.memory().numTensors).toBe(before);
  expect(average.state()).toEqual({ names: [], values: new Float32Array() });
});

test('restore() refuses the average of other variables and keeps its own', () => {
  const { variables, average } = trained();
  const own = average.state();
  expect(() => average.restore({ ...own, names: ['a', 'c'] }, variables)).toThrow(
    "The weight average holds 'c', which the model does not have. Take it up with the model it was saved from.",
  );
  expect(() => average.restore({ ...own, values: own.values.slice(1) }, variables)).toThrow(
    'Expected 3 numbers of weight average for this model, found 2.',
  );
  expect(average.state()).toEqual(own);
});

test.each([-0.1, 1.5, NaN])('decay %p is refused', (decay) => {
  expect(() => new WeightAverage(decay)).toThrow(`WeightAverage decay: expected a number from 0 to 1, found ${decay}.`);
});
