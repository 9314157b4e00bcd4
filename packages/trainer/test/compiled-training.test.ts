import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Runtime } from '@pose/tfjs-compile';
import { COMPILE_MODES, type CompileMode } from '../src/gradients/compile-mode';
import { CompiledPass } from '../src/gradients/compiled-pass';
import { HEATMAP_OBJECTIVE } from '../src/task/top-down-task';
import { testEngine } from './engine';
import { temporaryFolder } from './temporary-folder';
import {
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

const file = temporaryFolder();
beforeAll(testEngine);

/** The runtime that suits the engine under test. */
const compile: Runtime = process.env.POSE_ENGINE === 'native' ? 'tensorflow' : 'onnx';

/** Runs op by op and compiled. @returns what each logged of its steps, and said */
async function both(name: string, options: () => Partial<TinyOptions>) {
  const runs = [];
  for (const mode of ['off', compile] as const) {
    runs.push(await trainTiny(file(`${name}-${mode}`), { ...options(), compile: mode }));
  }
  const [opByOp, compiled] = runs;
  return { opByOp, compiled };
}

const valuesOf = (model: LayersModel) => model.getWeights().flatMap((weight) => [...weight.dataSync()]);
const saidOf = ({ lines }: { lines: readonly string[] }): string => lines.join('\n');

/** Losses and metrics of all steps, and the weights at the end, are the same within float32's rounding. */
function expectSame({ opByOp, compiled }: Awaited<ReturnType<typeof both>>): void {
  const steps = [opByOp, compiled].map(({ log }) => log.filter((entry) => entry.event === 'step'));
  expect(steps[0].length).toBeGreaterThan(3);
  steps[1].forEach(({ loss, metrics }, i) => {
    expect(Math.abs(loss / steps[0][i].loss - 1)).toBeLessThan(1e-4);
    expect(Object.keys(metrics)).toEqual(Object.keys(steps[0][i].metrics));
  });
  const [expected, found] = [opByOp, compiled].map(({ model }) => valuesOf(model));
  const error = Math.hypot(...found.map((value, i) => value - expected[i])) / Math.hypot(...expected);
  expect(error).toBeLessThan(1e-4);
}

test('twenty steps of a compiled run are those of one op by op, the last smaller batch too', async () => {
  const runs = await both('plain', () => ({ phases: [tinyPhase({ epochs: 5 })] }));
  expectSame(runs);
  expect(saidOf(runs.compiled)).not.toContain('op by op');
});

test('so are those with accumulation, clipping, an average, and a phase in which layers are frozen', async () => {
  const phases = () => [tinyPhase({ epochs: 2, frozen: /^conv1/ }), tinyPhase({ epochs: 2 })];
  const runs = await both('all', () => ({
    phases: phases(),
    accumulate: 2,
    clipNorm: 0.5,
    averageDecay: 0.3,
    evaluateEvery: 1,
    validationLoss: true,
  }));
  expectSame(runs);
  expect(saidOf(runs.compiled)).not.toContain('op by op');
});

test('an objective weighs samples by their losses and by the epoch, which is compiled anew', async () => {
  const weigh: TinyTask['weigh'] = (perSample, _, epoch) => tf.add(tf.mul(perSample, epoch + 1), 0.01);
  const terms = (task: TinyTask): TinyTask => ({
    ...task,
    loss: (...args) => {
      const { perSample } = task.loss(...args);
      return { perSample, terms: { largest: tf.max(perSample) as tf.Scalar } };
    },
  });
  const runs = await both('weighed', () => ({ task: { ...terms(tinyTask()), weigh } }));
  expectSame(runs);
  expect(saidOf(runs.compiled)).not.toContain('op by op');
  const largest = ({ log }: typeof runs.compiled) =>
    log.map((entry) => ('metrics' in entry ? entry.metrics.largest : 0));
  largest(runs.compiled).forEach((value, i) => expect(value).toBeCloseTo(largest(runs.opByOp)[i], 5));
});

test('a compiled run goes on from any step as if it had not stopped', async () => {
  const whole = await expectResumes(file('stopped'), () => ({ compile, averageDecay: 0.3, evaluateEvery: 1 }), [1, 3]);
  expect(saidOf(whole)).not.toContain('op by op');
});

test('what cannot be compiled goes on op by op, and says once what and where', async () => {
  const task = tinyTask();
  const reads: TinyTask['loss'] = (...args) => {
    const made = task.loss(...args);
    return tf.mean(made.perSample).dataSync()[0] > 0 ? made : { perSample: tf.neg(made.perSample) };
  };
  const runs = await both('reads', () => ({ task: { ...task, loss: reads } }));
  expectSame(runs);
  const warnings = runs.compiled.lines.filter((line) => line.includes('op by op'));
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toContain('compiled-training.test.ts');
});

test('auto measures both ways, keeps the faster and leaves the model as it was', async () => {
  const [auto, opByOp] = [
    await trainTiny(file('auto'), { compile: 'auto' }),
    await trainTiny(file('op-by-op'), { compile: 'off' }),
  ];
  expectSame({ opByOp, compiled: auto });
  expect(
    auto.lines.filter((line) => /^(Compiled|Not compiled): \d+ ms a batch .*, \d+ ms op by op\.$/.test(line)),
  ).toHaveLength(1);
});

test('a resumed run goes the way that auto decided, without measuring again', async () => {
  const crash = {
    onStep: ({ step }: { step: number }) => (step === 5 ? Promise.reject(new Error('crash')) : undefined),
  };
  const options = { compile: 'auto' } as const;
  await expect(trainTiny(file('resumed'), { ...options, hooks: [crash] })).rejects.toThrow('crash');
  const { compiled } = (await readLast(file('resumed'))).state;
  expect([compile, 'off']).toContain(compiled);
  const { lines } = await trainTiny(file('resumed'), { ...options, resume: true, model: tinyModel(9) });
  expect(saidOf({ lines })).not.toContain('ms a batch');
  expect((await readLast(file('resumed'))).state.compiled).toBe(compiled);
});

test('over 201 steps a run keeps no more tensors from one to the next, and none at its end but the weights', async () => {
  const model = tinyModel();
  const tensors = tf.memory().numTensors;
  const kept = new Set<number>();
  const hooks = [{ onStep: () => void kept.add(tf.memory().numTensors) }];
  const task = tinyTask({ samples: 401 });
  const run = await trainTiny(file('kept'), { compile, model, task, phases: [tinyPhase({ epochs: 1 })], hooks });
  expect(saidOf(run)).not.toContain('op by op');
  expect(kept.size).toBe(1);
  expect(tf.memory().numTensors).toBe(tensors);
});

test('a loss that is not finite leaves weights and statistics as they were', async () => {
  const model = tinyModel();
  const { numTensors } = tf.memory();
  const spoilt = tinyBatch([0, 1]);
  const pass = await CompiledPass.compile(model, HEATMAP_OBJECTIVE, spoilt, 0, compile);
  const before = valuesOf(model);
  spoilt.targets[0].fill(NaN);
  await expect(pass.run(spoilt)).rejects.toThrow('The loss became NaN');
  expect(valuesOf(model)).toEqual(before);
  tf.dispose((await pass.run(tinyBatch([0, 1]))).gradients);
  expect(valuesOf(model)).not.toEqual(before);
  await pass.dispose();
  expect(tf.memory().numTensors).toBe(numTensors);
});

test('an unknown way to run is refused', async () => {
  await expect(trainTiny(file('unknown'), { compile: 'jit' as CompileMode })).rejects.toThrow(
    `compile: expected one of ${COMPILE_MODES.join(', ')}, found jit.`,
  );
});
