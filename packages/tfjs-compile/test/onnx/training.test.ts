import '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import { openOnnxTraining, trace, type OnnxProvider, type TrainingExecutable, type VariableUpdate } from '../../src';
import { testEngine } from '../support/engine';

const PROVIDER = (process.env['ONNX_PROVIDER'] ?? 'cpu') as OnnxProvider;
const { sqrt } = Math;

beforeAll(testEngine);

let executable: TrainingExecutable;
let [weight, first, second, counter]: tf.Variable[] = [];
let step = 0;
beforeEach(() => {
  step = 0;
  weight = tf.variable(tf.tensor1d([1, -2]));
  [first, second] = [weight, weight].map((variable) => tf.variable(tf.zerosLike(variable)));
  counter = tf.variable(tf.scalar(0));
});
afterEach(async () => {
  await executable.dispose();
  tf.dispose([weight, first, second, counter]);
});

/** sum(weight * x), whose gradient is x, while a counter counts. */
async function open(update: VariableUpdate): Promise<void> {
  const linear = ({ x }: tf.NamedTensorMap) => {
    counter.assign(tf.add(counter, 1));
    const { value, grads } = tf.variableGrads(() => tf.sum(tf.mul(weight, x)) as tf.Scalar, [weight]);
    return { loss: value, gradient: grads[weight.name] };
  };
  executable = await openOnnxTraining(trace(linear, { x: tf.zeros([2]) }), [update], 'loss', PROVIDER);
}

/** A step along x. */
async function lossOf(...x: number[]): Promise<number> {
  const { loss, ...more } = await executable.run({ x: tf.tensor1d(x) }, { learningRate: 0.1, step: ++step });
  expect(more).toEqual({});
  return loss.dataSync()[0];
}

const adam = (options: object = {}): VariableUpdate => ({
  ...{ kind: 'adam', variable: weight, gradient: 'gradient', firstMoment: first, secondMoment: second },
  ...{ beta1: 0.9, beta2: 0.99, epsilon: 0.1, steps: 0, ...options },
});

/** A number after steps of Adam along these gradients, in float64. */
function adamRule(value: number, gradients: readonly number[], { steps = 0, shrinkage = 1 } = {}): number {
  let [m, v, at] = [0, 0, steps];
  for (const g of gradients) {
    at++;
    [m, v] = [0.9 * m + 0.1 * g, 0.99 * v + 0.01 * g * g];
    value = value * shrinkage - (0.1 * (m / (1 - 0.9 ** at))) / (sqrt(v / (1 - 0.99 ** at)) + 0.1);
  }
  return value;
}

function expectValues(variable: tf.Variable, values: readonly number[]): void {
  variable.dataSync().forEach((value, i) => expect(value).toBeCloseTo(values[i], 5));
}

describe('openOnnxTraining(graph, updates, loss)', () => {
  it.each([
    ['Adam', {}, {}],
    ['Adam that has gone some steps', { steps: 7 }, { steps: 7 }],
    ['AdamW', { weightDecay: 0.2 }, { shrinkage: 0.98 }],
  ])('takes steps of %s', async (_, options, rule) => {
    await open(adam(options));
    for (const x of [3, -1, 2]) await lossOf(x, 2 * x);
    expectValues(weight, [1, -2]); // before sync
    await executable.sync();
    expectValues(weight, [adamRule(1, [3, -1, 2], rule), adamRule(-2, [6, -2, 4], rule)]);
    expect(counter.dataSync()[0]).toBe(3);
  });

  it.each([false, true])('takes steps with momentum, Nesterov %s', async (nesterov) => {
    await open({ kind: 'momentum', variable: weight, gradient: 'gradient', velocity: first, momentum: 0.9, nesterov });
    let [value, velocity] = [1, 0];
    for (const x of [3, -1]) {
      await lossOf(x, 0);
      velocity = 0.9 * velocity + x;
      value -= 0.1 * (nesterov ? x + 0.9 * velocity : velocity);
    }
    await executable.sync();
    expectValues(weight, [value, -2]);
    expectValues(first, [velocity, 0]);
  });

  it('takes steps of gradient descent, with the loss from before each', async () => {
    await open({ kind: 'gradient-descent', variable: weight, gradient: 'gradient' });
    expect(await lossOf(3, 1)).toBe(1);
    expect(await lossOf(1, 0)).toBeCloseTo(0.7, 5);
    await executable.sync();
    expectValues(weight, [0.6, -2.1]);
  });

  it('changes nothing when the loss is not finite', async () => {
    await open(adam());
    await lossOf(3, 1);
    expect(await lossOf(Infinity, 1)).toBe(Infinity);
    step = 1;
    await lossOf(-1, 2);
    await executable.sync();
    expectValues(weight, [adamRule(1, [3, -1]), adamRule(-2, [1, 2])]);
    expect(counter.dataSync()[0]).toBe(2);
  });

  it('goes on from what is assigned in between, and from what an engine changes in place after a sync', async () => {
    await open(adam());
    await lossOf(3, 1);
    weight.assign(tf.tensor1d([5, 5]));
    await executable.sync();
    expectValues(weight, [5, 5]);
    expectValues(first, [0.3, 0.1]);
    expect(await lossOf(1, 1)).toBe(10);
  });

  it('drops steps that are not to be', async () => {
    await open(adam());
    await lossOf(3, 1);
    executable.discard();
    step = 0;
    await lossOf(-1, 2);
    await executable.sync();
    expectValues(weight, [adamRule(1, [-1]), adamRule(-2, [2])]);
  });

  it('brings some variables up to date and the others later', async () => {
    await open(adam());
    await lossOf(3, 1);
    await executable.sync([weight]);
    expectValues(weight, [adamRule(1, [3]), adamRule(-2, [1])]);
    expectValues(first, [0, 0]);
    await lossOf(-1, 2);
    await executable.sync();
    expectValues(weight, [adamRule(1, [3, -1]), adamRule(-2, [1, 2])]);
    expectValues(first, [0.9 * 0.3 - 0.1, 0.9 * 0.1 + 0.2]);
  });
});
