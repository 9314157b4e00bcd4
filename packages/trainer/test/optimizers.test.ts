import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { Adam } from '../src/optimizer/adam';
import { AdamW } from '../src/optimizer/adamw';
import { clipGradients } from '../src/optimizer/clip-gradients';
import type { NamedVariables, Optimizer } from '../src/optimizer/optimizer';
import { Sgd } from '../src/optimizer/sgd';
import type { Decays } from '../src/optimizer/slot-optimizer';
import { testEngine } from './engine';

interface Run {
  name: string;
  optimizer: keyof typeof OPTIMIZERS;
  options: { decays?: string; weightDecay?: number };
  maxNorm?: number;
  losses: number[];
  norms?: number[];
  /** The values of all variables, by the number of steps before. */
  after: Record<string, number[]>;
}

interface Fixture {
  variables: Record<string, { shape: number[]; values: number[] }>;
  inputs: number[][];
  targets: number[][];
  rates: number[];
  runs: Run[];
}

const OPTIMIZERS = { Adam, AdamW, Sgd };
const {
  variables: INITIAL,
  inputs,
  targets,
  rates,
  runs,
} = JSON.parse(readFileSync(join(__dirname, 'fixtures/optimizers.json'), 'utf8')) as Fixture;

beforeAll(testEngine);

function optimizerOf({ optimizer, options: { decays: ending, ...options } }: Run): Optimizer {
  const decays: Decays | undefined = ending === undefined ? undefined : (name) => name.endsWith(ending);
  return new OPTIMIZERS[optimizer]({ ...options, decays });
}

function problem(): NamedVariables {
  return Object.fromEntries(
    Object.entries(INITIAL).map(([name, { shape, values }]) => [name, tf.variable(tf.tensor(values, shape))]),
  );
}

/** A network of two layers, and beside it, in two of three steps, a double well with variables of its own. */
function lossOf(variables: NamedVariables, step: number): tf.Scalar {
  const hidden = tf.tanh(tf.add(tf.matMul(inputs, variables['hidden/kernel']), variables['hidden/bias']));
  const outputs = tf.add(tf.matMul(hidden, variables['output/kernel']), variables['output/bias']);
  const fit = tf.mean(tf.squaredDifference(outputs, targets));
  if (step % 3 === 1) return fit as tf.Scalar;
  return tf.add(fit, tf.sum(tf.square(tf.sub(tf.square(variables['well/position']), 1))));
}

function step(run: Run, optimizer: Optimizer, variables: NamedVariables, at: number): { loss: number; norm?: number } {
  return tf.tidy(() => {
    const { value, grads } = tf.variableGrads(() => lossOf(variables, at));
    const clipped = run.maxNorm === undefined ? undefined : clipGradients(grads, run.maxNorm);
    optimizer.apply(variables, clipped?.gradients ?? grads, rates[at]);
    return { loss: value.dataSync()[0], norm: clipped?.norm };
  });
}

const valuesOf = (variables: NamedVariables) => Object.values(variables).flatMap((each) => [...each.dataSync()]);

/** Runs a part of the 20 steps. */
function trainFrom(run: Run, optimizer: Optimizer, variables: NamedVariables, first: number, end: number): void {
  for (let at = first; at < end; at++) step(run, optimizer, variables, at);
}

/** Fails where a value is not within 1e-6, relative to those above 1. */
function expectNear(found: readonly number[], expected: readonly number[]): void {
  // TensorFlow's Adam computes the bias correction 1 - 0.999 ^ step in float32, which loses digits in the first steps.
  const tolerance = tf.getBackend() === 'tensorflow' ? 1e-5 : 1e-6;
  const wrong = found.flatMap((value, i) => {
    const near = Math.abs(value - expected[i]) < tolerance * Math.max(1, Math.abs(expected[i]));
    return near ? [] : [{ i, value, expected: expected[i] }];
  });
  expect({ length: found.length, wrong }).toEqual({ length: expected.length, wrong: [] });
}

describe.each(['the engine', 'the bare cpu backend'])('on %s', (backend) => {
  let engine: string;
  beforeAll(async () => {
    engine = tf.getBackend();
    if (backend !== 'the engine') await tf.setBackend('cpu');
  });
  afterAll(() => tf.setBackend(engine));

  // The bare cpu backend has no kernel for Adam; gradient descent is the same ops on both.
  describe.each(runs.filter(({ optimizer }) => backend === 'the engine' || optimizer !== 'Sgd'))('$name', (run) => {
    test('follows PyTorch over 20 steps', () => {
      const optimizer = optimizerOf(run);
      const variables = problem();
      const losses = [];
      const norms = [];
      for (let at = 0; at < rates.length; at++) {
        const { loss, norm } = step(run, optimizer, variables, at);
        losses.push(loss);
        if (norm !== undefined) norms.push(norm);
        if (run.after[at + 1]) expectNear(valuesOf(variables), run.after[at + 1]);
      }
      expectNear(losses, run.losses);
      expectNear(norms, run.norms ?? []);
    });

    test('goes on from a saved state to the bit, with variables of other tfjs names', () => {
      const [whole, first] = [problem(), problem()];
      const [uninterrupted, early, late] = [optimizerOf(run), optimizerOf(run), optimizerOf(run)];
      trainFrom(run, uninterrupted, whole, 0, 10);
      trainFrom(run, early, first, 0, 5);
      const second = Object.fromEntries(Object.entries(first).map(([name, value]) => [name, tf.variable(value)]));
      late.restore(early.state(), second);
      trainFrom(run, late, second, 5, 10);
      expect(valuesOf(second)).toEqual(valuesOf(whole));
      expect(late.state()).toEqual(uninterrupted.state());
    });

    test('keeps no tensor but its slots, which dispose() frees', () => {
      const variables = problem();
      const optimizer = optimizerOf(run);
      const before = tf.memory().numTensors;
      trainFrom(run, optimizer, variables, 0, 3);
      const { slots, names } = optimizer.state();
      expect(tf.memory().numTensors).toBe(before + slots * names.length);
      optimizer.dispose();
      expect(tf.memory().numTensors).toBe(before);
      expect(optimizer.state()).toMatchObject({ step: 0, names: [] });
    });
  });
});

test('the steps of each variable are counted, those without gradient not', () => {
  const run = runs[0];
  const optimizer = optimizerOf(run);
  trainFrom(run, optimizer, problem(), 0, 5);
  expect(optimizer.state()).toMatchObject({
    kind: 'adam',
    step: 5,
    names: Object.keys(INITIAL),
    steps: [5, 5, 5, 5, 3],
  });
});

test.each([
  ['adam beta1: expected a number from 0 to below 1, found 1.', () => new Adam({ beta1: 1 })],
  ['adam beta2: expected a number from 0 to below 1, found -0.1.', () => new Adam({ beta2: -0.1 })],
  ['adamw epsilon: expected a number, 0 or more, found NaN.', () => new AdamW({ epsilon: NaN })],
  ['adamw weightDecay: expected a number, 0 or more, found -1.', () => new AdamW({ weightDecay: -1 })],
  ['sgd momentum: expected a number, 0 or more, found -0.5.', () => new Sgd({ momentum: -0.5 })],
  ['sgd weightDecay: expected a number, 0 or more, found -1.', () => new Sgd({ weightDecay: -1 })],
  ['sgd nesterov: expected a momentum above 0, found 0. Set momentum, such as 0.9.', () => new Sgd({ nesterov: true })],
])('refuses: %s', (message, make) => {
  expect(make).toThrow(expect.objectContaining({ name: 'TrainerError', message }));
});

test('restore() refuses the state of another optimizer or of other options, and keeps its own', () => {
  const variables = problem();
  const optimizer = new Adam();
  trainFrom(runs[0], optimizer, variables, 0, 2);
  const own = optimizer.state();
  expect(() => optimizer.restore(new AdamW().state(), variables)).toThrow(
    "Expected the state of an optimizer 'adam' with 2 tensors per variable, found one of 'adamw' with 2",
  );
  expect(() => new Sgd({ momentum: 0.9 }).restore(new Sgd().state(), variables)).toThrow(
    "Expected the state of an optimizer 'sgd' with 1 tensors per variable, found one of 'sgd' with 0",
  );
  expect(() => optimizer.restore({ ...own, steps: [1] }, variables)).toThrow('and 1 step counts for 5 variables');
  expect(optimizer.state()).toEqual(own);
});
