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
  beforeEach(() => {
    weight = tf.variable(tf.tensor1d([1, -2]));
    counter = tf.variable(tf.scalar(0));
  });
  afterEach(async () => {
    await executable?.dispose();
    tf.dispose([weight, counter]);
  });
  const sumOf = async (...x: number[]) => {
    const { loss, ...more } = await executable.run({ x: tf.tensor1d(x) }, 0.1);
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
    for (let step = 0; step < STEPS; step++)
      resident.push((await executable.run(inputs, LEARNING_RATE)).loss.dataSync()[0]);
    expect(deviation(resident, eager)).toBeLessThan(1e-4);
    expect(eager[STEPS - 1]).toBeLessThan(eager[0] * 0.9);
    await executable.sync();
    variables.forEach((variable, i) => expect(deviation(variable.dataSync(), statistics[i])).toBeLessThan(1e-3));
  });

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
      (value, gradients) => {
        let [m, v] = [0, 0];
        gradients.forEach((g, i) => {
          m = 0.9 * m + 0.1 * g;
          v = 0.999 * v + 0.001 * g * g;
          value -= (0.1 * m) / (1 - 0.9 ** (i + 6)) / (sqrt(v / (1 - 0.999 ** (i + 6))) + 0.1);
        });
        return value;
      },
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
    expect([counter.dataSync()[0], executable.steps]).toEqual([3, 3]);
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

  test('200 steps leave nothing behind', async () => {
    const large = tf.variable(tf.zeros([256, 1024]));
    const fn = ({ x }: tf.NamedTensorMap) => ({ gradient: tf.mul(x, 2), y: tf.add(large, x) });
    const x = tf.ones([256, 1024]);
    executable = await openTensorFlowTraining(trace(fn, { x }), [adam(large, 'gradient')]);
    const { binding } = tf.backend() as unknown as { binding: { getNumOfTensors(): number } };
    const state = () => ({ ...tf.memory(), native: binding.getNumOfTensors() });
    const step = async () => {
      tf.dispose(await executable.run({ x }, 0.1));
      await executable.sync();
    };
    for (let i = 0; i < 20; i++) await step();
    const [before, resident] = [state(), process.memoryUsage.rss()];
    for (let i = 0; i < 200; i++) await step();
    expect(state()).toEqual(before);
    // Each step makes five tensors of 1 MiB.
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
