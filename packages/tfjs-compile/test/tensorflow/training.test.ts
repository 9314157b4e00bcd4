import * as tf from '@tensorflow/tfjs';
import { useEngine } from '@pose/tfjs-engine';
import { createModel } from '@pose/pose-models';
import {
  CompileError,
  openTensorFlow,
  openTensorFlowTraining,
  trace,
  type AdamUpdate,
  type TrainingExecutable,
  type VariableUpdate,
} from '../../src/index';
import { deviation } from '../support/deviation';
import { describeOnNative } from '../support/native';
import { trainingFunction } from '../support/training-function';

const STEPS = 20;
const LEARNING_RATE = 1e-3;
const ADAM = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };
const { sqrt } = Math;

const like = (variable: tf.Variable) => tf.variable(tf.zerosLike(variable));
const adam = (variable: tf.Variable, gradient = variable.name): AdamUpdate => ({
  ...{ kind: 'adam', variable, gradient, ...ADAM, steps: 0 },
  ...{ firstMoment: like(variable), secondMoment: like(variable) },
});

/** sum(weight * x), whose gradient is x, while a counter counts. */
function linear(weight: tf.Variable, counter: tf.Variable) {
  return trace(
    ({ x }) => {
      counter.assign(tf.add(counter, 1));
      const { value, grads } = tf.variableGrads(() => tf.sum(tf.mul(weight, x)) as tf.Scalar, [weight]);
      return { loss: value, gradient: grads[weight.name] };
    },
    { x: tf.zeros([2]) },
  );
}

describeOnNative('openTensorFlowTraining', () => {
  beforeAll(() => useEngine({ prefer: 'native' }));

  let executable: TrainingExecutable;
  let [weight, counter]: tf.Variable[] = [];
  let step = 0;
  beforeEach(() => {
    step = 0;
    weight = tf.variable(tf.tensor1d([1, -2]));
    counter = tf.variable(tf.scalar(0));
  });
  afterEach(async () => {
    await executable?.dispose();
    tf.dispose([weight, counter]);
  });
  const sumOf = async (...x: number[]) => {
    const { loss, ...more } = await executable.run({ x: tf.tensor1d(x) }, { learningRate: 0.1, step: ++step });
    expect(more).toEqual({});
    return loss.dataSync()[0];
  };

  test('20 steps of a ResNet with Adam give the losses of eager steps, in both forms', async () => {
    const model = createModel('pose_resnet18', {
      inputSize: [64, 64],
      keypoints: 4,
      deconvFilters: [32, 32, 32],
      seed: 1,
    });
    const { fn, inputs } = trainingFunction(model, 2);
    const variables = model.weights.map((weight) => weight.read() as tf.Variable);
    const trained = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
    const before = variables.map((variable) => variable.clone());
    const reset = () => variables.forEach((variable, i) => variable.assign(before[i]));

    async function eagerAdam(run: () => Promise<tf.NamedTensorMap>): Promise<number[]> {
      reset();
      const moments = trained.map((variable) => [tf.zerosLike(variable), tf.zerosLike(variable)]);
      const losses: number[] = [];
      for (let step = 1; step <= STEPS; step++) {
        const { loss, ...gradients } = await run();
        losses.push(loss.dataSync()[0]);
        trained.forEach((value, i) => {
          const [firstMoment, secondMoment] = moments[i];
          const given = { value, gradient: gradients[value.name], firstMoment, secondMoment };
          const next = tf
            .engine()
            .runKernel<tf.Tensor>('AdamUpdate', given, { ...ADAM, learningRate: LEARNING_RATE, step });
          value.assign(next);
          next.dispose();
        });
        tf.dispose([loss, gradients]);
      }
      return losses;
    }

    const graph = trace(fn, inputs);
    const eager = await eagerAdam(async () => tf.tidy(() => fn(inputs)));
    const statistics = variables.map((variable) => variable.dataSync().slice());
    const fed = await openTensorFlow(graph);
    expect(deviation(await eagerAdam(() => fed.run(inputs)), eager)).toBeLessThan(1e-4);
    await fed.dispose();

    reset();
    executable = await openTensorFlowTraining(
      graph,
      trained.map((variable) => adam(variable)),
    );
    const resident: number[] = [];
    for (let step = 1; step <= STEPS; step++)
      resident.push((await executable.run(inputs, { learningRate: LEARNING_RATE, step })).loss.dataSync()[0]);
    expect(deviation(resident, eager)).toBeLessThan(1e-4);
    expect(eager[STEPS - 1]).toBeLessThan(eager[0] * 0.9);
    await executable.sync();
    variables.forEach((variable, i) => expect(deviation(variable.dataSync(), statistics[i])).toBeLessThan(1e-3));
  });

  /** With a learning rate and an epsilon of 0.1. @param shrinkage  factor of the value before each step */
  function adamRule(value: number, gradients: readonly number[], steps: number, shrinkage: number): number {
    let [m, v, at] = [0, 0, steps];
    for (const g of gradients) {
      at++;
      m = 0.9 * m + 0.1 * g;
      v = 0.999 * v + 0.001 * g * g;
      value = value * shrinkage - (0.1 * m) / (1 - 0.9 ** at) / (sqrt(v / (1 - 0.999 ** at)) + 0.1);
    }
    return value;
  }

  const gradients = [
    [1, 3],
    [-2, 0.5],
    [4, -1],
  ];
  /** By the formulas, in float64: the weights after the gradients. */
  const RULES: [string, () => VariableUpdate, (value: number, gradients: number[]) => number][] = [
    [
      'adam, from its sixth step on',
      () => ({ ...adam(weight, 'gradient'), epsilon: 0.1, steps: 5 }),
      (value, gradients) => adamRule(value, gradients, 5, 1),
    ],
    [
      'adam with decoupled weight decay',
      () => ({ ...adam(weight, 'gradient'), epsilon: 0.1, weightDecay: 0.2 }),
      (value, gradients) => adamRule(value, gradients, 0, 1 - 0.1 * 0.2),
    ],
    ...[false, true].map((nesterov): (typeof RULES)[number] => [
      nesterov ? "Nesterov's momentum" : 'momentum',
      () => ({
        ...{ kind: 'momentum', variable: weight, gradient: 'gradient', velocity: like(weight) },
        ...{ momentum: 0.8, nesterov },
      }),
      (value, gradients) => {
        let velocity = 0;
        for (const g of gradients) {
          velocity = 0.8 * velocity + g;
          value -= 0.1 * (nesterov ? g + 0.8 * velocity : velocity);
        }
        return value;
      },
    ]),
    [
      'gradient descent',
      () => ({ kind: 'gradient-descent', variable: weight, gradient: 'gradient' }),
      (value, gradients) => gradients.reduce((moved, g) => moved - 0.1 * g, value),
    ],
  ];
  test.each(RULES)('%s moves as its formula', async (_, update, formula) => {
    executable = await openTensorFlowTraining(linear(weight, counter), [update()]);
    for (const x of gradients) await sumOf(...x);
    await executable.sync();
    const expected = [1, -2].map((value, i) => formula(value, gradients.map((x) => x[i]))); // prettier-ignore
    expect(deviation(weight.dataSync(), expected)).toBeLessThan(1e-6);
    expect(counter.dataSync()[0]).toBe(3);
  });

  test('variables stay as they were until sync, and one that is assigned goes in before the next run', async () => {
    const update: VariableUpdate = { kind: 'gradient-descent', variable: weight, gradient: 'gradient' };
    executable = await openTensorFlowTraining(linear(weight, counter), [update]);
    await executable.sync();
    expect(weight.arraySync()).toEqual([1, -2]);
    expect(await sumOf(1, 1)).toBe(-1); // 1 - 2
    expect(await sumOf(1, 1)).toBeCloseTo(-1.2, 6);
    expect([weight.arraySync(), counter.arraySync()]).toEqual([[1, -2], 0]);
    weight.assign(tf.tensor1d([10, 20]));
    await executable.sync(); // the counter alone: the weight was assigned
    expect([weight.arraySync(), counter.arraySync()]).toEqual([[10, 20], 2]);
    expect(await sumOf(1, 1)).toBe(30);
    await executable.sync();
    expect(deviation(weight.dataSync(), [9.9, 19.9])).toBeLessThan(1e-6);
    const held = weight.clone(); // shares its memory with the variable, and stays
    await sumOf(1, 1);
    expect(deviation(held.dataSync(), [9.9, 19.9])).toBeLessThan(1e-6);
  });

  test('sync reads some variables and leaves the others for later; discard goes back to what they hold', async () => {
    const update: VariableUpdate = { kind: 'gradient-descent', variable: weight, gradient: 'gradient' };
    executable = await openTensorFlowTraining(linear(weight, counter), [update]);
    await sumOf(1, 1);
    await executable.sync([counter]);
    expect([weight.arraySync(), counter.arraySync()]).toEqual([[1, -2], 1]);
    await executable.sync();
    expect(deviation(weight.dataSync(), [0.9, -2.1])).toBeLessThan(1e-6);
    const first = await sumOf(1, 1);
    executable.discard();
    await executable.sync();
    expect(deviation(weight.dataSync(), [0.9, -2.1])).toBeLessThan(1e-6);
    expect(await sumOf(1, 1)).toBe(first);
  });

  test('a variable that was changed in place, as the engine changes moments, goes in before the next run', async () => {
    const update = adam(weight, 'gradient');
    executable = await openTensorFlowTraining(linear(weight, counter), [update]);
    await sumOf(1, 3);
    await executable.sync();
    const { firstMoment, secondMoment } = update;
    const inputs = { value: weight, gradient: tf.tensor1d([-2, 0.5]), firstMoment, secondMoment };
    const attributes = { ...ADAM, learningRate: 0.1, step: ++step };
    weight.assign(tf.engine().runKernel('AdamUpdate', inputs as never, attributes));
    await sumOf(4, -1);
    await executable.sync();
    const expected = [0, 1].map((i) => {
      let m = 0;
      for (const x of gradients) m = 0.9 * m + 0.1 * x[i];
      return m;
    });
    expect(deviation(firstMoment.dataSync(), expected)).toBeLessThan(1e-6);
  });

  test('a step whose loss is not finite changes nothing, and the next one does', async () => {
    const updates = [{ ...adam(weight, 'gradient'), weightDecay: 0.1 }];
    executable = await openTensorFlowTraining(linear(weight, counter), updates, 'loss');
    const variables = [weight, counter, updates[0].firstMoment, updates[0].secondMoment];
    const values = async () => {
      await executable.sync();
      return variables.map((variable) => variable.arraySync());
    };
    const before = await values();
    for (const spoilt of [NaN, Infinity]) {
      expect(await sumOf(spoilt, 1)).toBe(spoilt);
      expect(await values()).toEqual(before);
    }
    expect(await sumOf(1, 1)).toBe(-1);
    const after = await values();
    after.forEach((value, i) => expect(value).not.toEqual(before[i]));
    await expect(openTensorFlowTraining(linear(weight, counter), updates, 'gradient')).rejects.toThrow(
      "Expected the loss 'gradient' to be a float32 scalar among the outputs, found float32 [2].",
    );
  });

  test('a step that fails changes nothing, and the ones before and after it count', async () => {
    const table = tf.variable(tf.tensor1d([5, 6]));
    const fn = ({ x, at }: tf.NamedTensorMap) => {
      counter.assign(tf.add(counter, 1));
      return { gradient: tf.mul(x, 1), row: tf.gather(table, at as tf.Tensor1D) };
    };
    const graph = trace(fn, { x: tf.zeros([2]), at: tf.zeros([1], 'int32') });
    executable = await openTensorFlowTraining(graph, [
      { kind: 'gradient-descent', variable: weight, gradient: 'gradient' },
    ]);
    const run = (row: number) =>
      executable.run({ x: tf.ones([2]), at: tf.tensor1d([row], 'int32') }, { learningRate: 0.1, step: ++step });
    await run(0);
    await expect(run(7)).rejects.toThrow(/TensorFlow failed to run the graph: .*7/);
    await executable.sync();
    expect(deviation(weight.dataSync(), [0.9, -2.1])).toBeLessThan(1e-6);
    expect((await run(1)).row.dataSync()[0]).toBe(6);
    await executable.sync();
    expect(deviation(weight.dataSync(), [0.8, -2.2])).toBeLessThan(1e-6);
    expect(counter.dataSync()[0]).toBe(2);
    table.dispose();
  });

  test('2,000 steps leave nothing behind', async () => {
    const large = tf.variable(tf.zeros([128, 128]));
    const fn = ({ x }: tf.NamedTensorMap) => ({ gradient: tf.mul(x, 2), y: tf.add(large, x) });
    const x = tf.ones([128, 128]);
    executable = await openTensorFlowTraining(trace(fn, { x }), [adam(large, 'gradient')]);
    const { binding } = tf.backend() as unknown as { binding: { getNumOfTensors(): number } };
    const state = () => ({ ...tf.memory(), native: binding.getNumOfTensors() });
    const run = async () => {
      tf.dispose(await executable.run({ x }, { learningRate: 0.1, step: ++step }));
      await executable.sync();
    };
    for (let i = 0; i < 200; i++) await run();
    const [before, resident] = [state(), process.memoryUsage.rss()];
    for (let i = 0; i < 2000; i++) await run();
    expect(state()).toEqual(before);
    // Each step makes five tensors of 64 KiB: one of them kept would be 125 MiB.
    expect(process.memoryUsage.rss() - resident).toBeLessThan(40 * 2 ** 20);
    tf.dispose([large, x]);
  });

  test('updates that do not fit the graph are named', async () => {
    const graph = linear(weight, counter);
    const open = (...updates: VariableUpdate[]) => openTensorFlowTraining(graph, updates);
    const descent = { kind: 'gradient-descent' as const, variable: weight, gradient: 'gradient' };
    await expect(open({ ...descent, gradient: 'slope' })).rejects.toThrow(CompileError);
    await expect(open({ ...descent, gradient: 'slope' })).rejects.toThrow(
      /takes the output 'slope'.* has: loss, gradient/,
    );
    await expect(open({ ...descent, gradient: 'loss' })).rejects.toThrow(/to be float32 \[\], .* of float32 \[2\]/);
    await expect(open(descent, descent)).rejects.toThrow(/is changed twice/);
    await expect(open({ ...descent, variable: counter, gradient: 'loss' })).rejects.toThrow(/is changed twice/);
  });
});
