import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { CompiledPass } from '../src/gradients/compiled-pass';
import { CompiledStep } from '../src/gradients/compiled-step';
import { Adam } from '../src/optimizer/adam';
import { AdamW } from '../src/optimizer/adamw';
import type { Optimizer } from '../src/optimizer/optimizer';
import { Sgd } from '../src/optimizer/sgd';
import { planTraining } from '../src/rehearsal/plan-training';
import { cosineRate } from '../src/schedule/cosine-rate';
import { stepRate } from '../src/schedule/step-rate';
import { HEATMAP_OBJECTIVE } from '../src/task/top-down-task';
import { computeGradients } from '../src/train-step';
import { testEngine } from './engine';
import { temporaryFolder } from './temporary-folder';
import {
  DESCRIPTION,
  expectResumes,
  readLast,
  tinyBatch,
  tinyModel,
  tinyPhase,
  tinyTask,
  trainTiny,
  type TinyOptions,
  type TinyTask,
} from './tiny-training';

const { abs, hypot } = Math;
const file = temporaryFolder();
beforeAll(testEngine);

const valuesOf = (weights: LayersModel['weights']) => weights.flatMap((weight) => [...weight.read().dataSync()]);

/** Relative, over all numbers. */
const deviation = (found: ArrayLike<number>, expected: ArrayLike<number>): number =>
  hypot(...Array.from(found, (value, i) => value - expected[i])) / hypot(...Array.from(expected));

/** Op by op, then as whole steps in TensorFlow; counts the graphs that were made and the batches that went through them. */
async function both(name: string, options: () => Partial<TinyOptions>) {
  const saveEvery = 600; // so that TensorFlow keeps what it has from step to step
  const opByOp = await trainTiny(file(`${name}-off`), { saveEvery, ...options(), compile: 'off' });
  const compile = jest.spyOn(CompiledStep, 'compile');
  const run = jest.spyOn(CompiledStep.prototype, 'run');
  const compiled = await trainTiny(file(`${name}-tensorflow`), { saveEvery, ...options(), compile: 'tensorflow' });
  return { opByOp, compiled, graphs: compile.mock.calls.length, batches: run.mock.calls.length };
}

/** Steps, evaluations, weights and the optimizer's state are the same within float32's rounding, counts to the bit. */
async function expectSame(name: string, { opByOp, compiled }: Awaited<ReturnType<typeof both>>): Promise<void> {
  expect(compiled.log.length).toBe(opByOp.log.length);
  const numbersOf = (entry: object) =>
    Object.entries(entry).flatMap(([, value]) => (typeof value === 'object' ? Object.values(value as object) : value));
  opByOp.log.forEach((entry, i) => {
    numbersOf(entry).forEach((number, j) => {
      const found: unknown = numbersOf(compiled.log[i])[j];
      if (typeof number !== 'number' || number === 0) expect(found).toEqual(number);
      else expect(abs((found as number) / number - 1)).toBeLessThan(1e-4);
    });
  });
  const [expected, found] = [await readLast(file(`${name}-off`)), await readLast(file(`${name}-tensorflow`))];
  expect(deviation(valuesOf(compiled.model.weights), valuesOf(opByOp.model.weights))).toBeLessThan(1e-4);
  expect(deviation(found.weights, expected.weights)).toBeLessThan(1e-4);
  const [{ values, ...counts }, other] = [found.optimizer!, expected.optimizer!];
  expect({ ...counts, values: other.values }).toEqual(other);
  if (values.length > 0) expect(deviation(values, other.values)).toBeLessThan(1e-3);
  if (expected.average) expect(deviation(found.average!.values, expected.average.values)).toBeLessThan(1e-4);
}

const isKernel = (name: string) => name.endsWith('/kernel');

// TensorFlow's own engine cannot run beside the others: `pnpm test:native` runs these tests.
(process.env.POSE_ENGINE === 'native' ? describe : describe.skip)('whole steps in TensorFlow', () => {
  afterEach(() => jest.restoreAllMocks());

  const OPTIMIZERS: [string, () => Optimizer, clipNorm: number | undefined][] = [
    ['Adam', () => new Adam(), undefined],
    ['Adam with clipped gradients', () => new Adam(), 0.05],
    ['Adam with a penalty on the filters', () => new Adam({ weightDecay: 0.1, decays: isKernel }), undefined],
    ['AdamW', () => new AdamW({ weightDecay: 1, decays: isKernel }), undefined],
    ['gradient descent', () => new Sgd(), undefined],
    ['momentum, clipped, with a penalty', () => new Sgd({ momentum: 0.9, weightDecay: 0.01 }), 0.1],
    ["Nesterov's momentum", () => new Sgd({ momentum: 0.9, nesterov: true }), undefined],
  ];
  test.each(OPTIMIZERS)(
    '%s: twenty steps are those op by op, smaller last batches too',
    async (name, optimizer, clipNorm) => {
      const schedule = () => stepRate({ learningRate: 0.01, milestones: [2, 4], gamma: 0.5 });
      const phases = () => [tinyPhase({ epochs: 5, optimizer, schedule })];
      const runs = await both(name, () => ({ phases: phases(), clipNorm }));
      await expectSame(name, runs);
      expect(runs).toMatchObject({ graphs: 1, batches: 15 }); // and five of one sample, op by op
    },
  );

  test('evaluations, validation losses, averages and hooks see the weights of the moment', async () => {
    const seen: number[][] = [];
    const options = (): Partial<TinyOptions> => {
      const [model, at]: [LayersModel, number] = [tinyModel(), seen.push([]) - 1];
      const look = () => void seen[at].push(...valuesOf(model.weights));
      const hooks = [{ onStep: look, onEpoch: look, onEvaluation: look }];
      return { model, hooks, averageDecay: 0.3, evaluateEvery: 1, validationLoss: true };
    };
    const runs = await both('seen', options);
    await expectSame('seen', runs);
    expect(runs.batches).toBe(6);
    expect(seen[0].length).toBe(12 * valuesOf(runs.compiled.model.weights).length);
    expect(deviation(seen[1], seen[0])).toBeLessThan(1e-4);

    const plain = await both('plain', () => ({ evaluateEvery: 1, validationLoss: true }));
    await expectSame('plain', plain);
  });

  test('phases are compiled each for its own trainable weights; another learning rate is not', async () => {
    const model = tinyModel();
    const first = valuesOf(model.getLayer('conv1').weights);
    const phases = () => [
      tinyPhase({ frozen: /^(conv|bn)\d/, optimizer: () => new Sgd({ momentum: 0.9 }) }),
      tinyPhase({ schedule: () => cosineRate({ learningRate: 0.01, epochs: 2 }) }),
    ];
    const frozen: number[][] = [];
    const hooks = [{ onEpoch: ({ model }: { model: LayersModel }) => void frozen.push(valuesOf(model.getLayer('conv1').weights)) }]; // prettier-ignore
    const runs = await both('phases', () => ({ phases: phases(), hooks }));
    await expectSame('phases', runs);
    expect(runs).toMatchObject({ graphs: 2, batches: 12 });
    expect(frozen.slice(4, 6)).toEqual([first, first]);
    expect(frozen[6]).not.toEqual(first);
  });

  test.each([
    ['adam', () => new Adam()],
    ['momentum', () => new Sgd({ momentum: 0.9 })],
  ])('a run with %s goes on from any step as if it had not stopped, to the bit', async (name, optimizer) => {
    const compile = jest.spyOn(CompiledStep, 'compile');
    await expectResumes(
      file(`stopped-${name}`),
      () => ({ compile: 'tensorflow', phases: [tinyPhase({ optimizer })] }),
      [2, 4, 5],
    );
    expect(compile).toHaveBeenCalledTimes(7);
  });

  test('a loss that is not finite leaves weights, statistics and the optimizer as they were', async () => {
    const spoilt = (): TinyTask => {
      const task = tinyTask();
      async function* chosen(...args: Parameters<typeof task.data.chosen>) {
        for await (const batch of task.data.chosen(...args)) {
          if (args[1] === 1 && batch.index === 2) batch.targets[0].fill(NaN);
          yield batch;
        }
      }
      return { ...task, data: { ...task.data, chosen } };
    };
    const after: Record<string, number[]> = {};
    for (const compile of ['off', 'tensorflow'] as const) {
      const model = tinyModel();
      let step6: number[] = [];
      const all: number[] = [];
      const onStep = () => {
        step6 = valuesOf(model.trainableWeights);
        all.splice(0, Infinity, ...valuesOf(model.weights));
      };
      const run = trainTiny(file(`spoilt-${compile}`), { model, task: spoilt(), compile, hooks: [{ onStep }] });
      await expect(run).rejects.toThrow(/^The loss became NaN on the /);
      after[compile] = valuesOf(model.trainableWeights);
      expect(after[compile]).toEqual(step6);
      expect(valuesOf(model.weights)).toEqual(all);
    }
    expect(deviation(after['tensorflow'], after['off'])).toBeLessThan(1e-4);
    // Without a hook, what TensorFlow holds is brought back once the run has failed.
    const model = tinyModel();
    const run = trainTiny(file('unwatched'), { model, task: spoilt(), compile: 'tensorflow', saveEvery: 600 });
    await expect(run).rejects.toThrow('The loss became NaN');
    expect(valuesOf(model.trainableWeights)).toEqual(after['tensorflow']);
    expect((await readLast(file('unwatched'))).state.step).toBe(4);
  });

  test('a run whose graph fails on the way goes on op by op from there, and says so once', async () => {
    const options = () => {
      const task = tinyTask();
      let batches = 0;
      const targets = (...args: Parameters<typeof task.targets>) => ({
        ...task.targets(...args),
        more: tf.zeros([batches++ < 9 ? 1 : 2]),
      });
      return { task: { ...task, targets }, phases: [tinyPhase({ epochs: 3 })] };
    };
    const runs = await both('failing', options);
    await expectSame('failing', runs);
    expect(runs.batches).toBeGreaterThan(4);
    expect(runs.batches).toBeLessThan(9);
    const said = runs.compiled.lines.filter((line) => line.includes('op by op'));
    expect(said).toEqual([expect.stringMatching(/^Training goes on op by op: .*target/)]);
  });

  test('an optimizer that TensorFlow does not have, and accumulated gradients, step outside of the graph', async () => {
    const own = (): Optimizer => {
      const adam = new Adam();
      const { kind } = adam;
      return {
        kind,
        apply: (...args) => adam.apply(...args),
        state: () => adam.state(),
        restore: (...args) => adam.restore(...args),
        dispose: () => adam.dispose(),
      };
    };
    const pass = jest.spyOn(CompiledPass.prototype, 'run');
    const runs = await both('own', () => ({ phases: [tinyPhase({ optimizer: own })] }));
    await expectSame('own', runs);
    expect([runs.batches, pass.mock.calls.length]).toEqual([0, 6]);
    const accumulated = await both('accumulated', () => ({ accumulate: 2 }));
    await expectSame('accumulated', accumulated);
    expect([accumulated.batches, pass.mock.calls.length]).toEqual([0, 12]);
  });

  test('auto leaves model and optimizer as they were, to the bit', async () => {
    const auto = await trainTiny(file('auto'), { compile: 'auto', averageDecay: 0.5 });
    const { compiled, ...state } = (await readLast(file('auto'))).state;
    expect(auto.lines.join()).toContain(compiled === 'off' ? 'Not compiled: ' : 'Compiled: ');
    const decided = await trainTiny(file('decided'), { compile: compiled, averageDecay: 0.5 });
    expect(auto.log).toEqual(decided.log);
    expect(await readLast(file('auto'))).toEqual({
      ...(await readLast(file('decided'))),
      state: { ...state, compiled },
    });
  });

  test('planTraining() leaves weights, statistics and tensors as they were', async () => {
    const [model, run] = [tinyModel(), jest.spyOn(CompiledStep.prototype, 'run')];
    const [before, tensors] = [valuesOf(model.weights), tf.memory().numTensors];
    const options = { model, description: DESCRIPTION, task: tinyTask(), phases: [tinyPhase()] };
    await planTraining({ ...options, out: file('plan'), config: {}, compile: 'tensorflow' });
    expect(run).toHaveBeenCalledTimes(4);
    expect(valuesOf(model.weights)).toEqual(before);
    expect(tf.memory().numTensors).toBe(tensors);
  });

  test('CompiledStep takes up values that the model is given, and drops its own on discard', async () => {
    const [model, batch, optimizer] = [tinyModel(), tinyBatch([0, 1]), new Adam()];
    const step = await CompiledStep.compile(model, HEATMAP_OBJECTIVE, optimizer, batch);
    const { loss } = await step.run(batch, 0.1);
    expect((await step.run(batch, 0.1)).loss).not.toBe(loss);
    step.discard();
    expect((await step.run(batch, 0.1)).loss).toBe(loss);
    const other = tinyModel(5);
    model.setWeights(other.getWeights());
    const { loss: expected, gradients } = computeGradients(other, HEATMAP_OBJECTIVE, batch);
    expect(abs((await step.run(batch, 0.1)).loss / expected - 1)).toBeLessThan(1e-5);
    await step.dispose();
    optimizer.dispose();
    tf.dispose(gradients);
  });
});
