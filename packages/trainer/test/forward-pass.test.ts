import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { predictTopDown } from '@pose/predictor';
import { WeightAverage } from '../src/average/weight-average';
import { evaluate } from '../src/evaluation/evaluate';
import type { Evaluator } from '../src/evaluation/evaluator';
import { ForwardPass } from '../src/evaluation/forward-pass';
import { validationLoss } from '../src/evaluation/validation-loss';
import type { CompileMode } from '../src/gradients/compile-mode';
import { namedVariables } from '../src/train-step';
import { testEngine } from './engine';
import { OUT_OF_MEMORY, withoutMemoryFor } from './out-of-memory';
import { temporaryFolder } from './temporary-folder';
import { readLast, tinyData, tinyEvaluator, tinyModel, tinyTask, trainTiny } from './tiny-training';
import type { Batch } from '../src/data/batch-loader';

const file = temporaryFolder();
beforeAll(testEngine);

/** The runtime that suits the engine under test. */
const compile: CompileMode = process.env.POSE_ENGINE === 'native' ? 'tensorflow' : 'onnx';

/** Batches of two and a last one of one; the outputs of images and their mirror images, averaged, are the results. */
const evaluator: Evaluator<Batch> = {
  ...tinyEvaluator(tinyData({ samples: 5 })),
  predict: async (network, { input, items }) => {
    const options = { decoder: 'quarter', keypoints: 2, flipPairs: [[0, 1]], flipTest: true } as const;
    const [{ values }] = await predictTopDown(network, input, options);
    return [{ values, shape: [items.length, values.length] }];
  },
};

const outputsOf = async (model: tfl.LayersModel, forward?: ForwardPass): Promise<number[]> =>
  (await evaluate(model, evaluator, undefined, forward)).results.flatMap(({ keypoints }) => Array.from(keypoints));

function expectClose(found: readonly number[], expected: readonly number[]): void {
  expect(found).toHaveLength(expected.length);
  const largest = Math.max(...expected.map(Math.abs));
  expect(Math.max(...found.map((value, i) => Math.abs(value - expected[i])))).toBeLessThan(1e-5 * largest);
}

/** A pass that must not say anything. */
const quiet = () => new ForwardPass(compile, (line) => fail(line));
const fail = (line: string): never => {
  throw new Error(line);
};

/** Gives weights and statistics other values; variances stay above 0. */
function change({ weights }: tfl.LayersModel, seed: number): void {
  weights.forEach((weight, i) => {
    const next = tf.randomUniform(weight.shape as number[], 0.2, 1, 'float32', seed + i);
    weight.write(weight.name.includes('kernel') ? tf.sub(next, 0.6) : next);
  });
}

/** What it is given, and counts how often it is asked. */
class Counting extends tfl.layers.Layer {
  static className = 'Counting';
  static calls = 0;

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    Counting.calls++;
    return tf.clone(Array.isArray(inputs) ? inputs[0] : inputs);
  }
}

/** Its output has the sum of the different values added, times zero; graphs have no such kernel. */
class Unique extends tfl.layers.Layer {
  static className = 'Unique';

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const x = Array.isArray(inputs) ? inputs[0] : inputs;
      return tf.add(x, tf.mul(tf.sum(tf.unique(tf.reshape(x, [-1])).values), 0));
    });
  }
}

function withLast(layer: tfl.layers.Layer): tfl.LayersModel {
  const { inputs, outputs } = tinyModel();
  return tfl.model({ inputs, outputs: layer.apply(outputs) as tfl.SymbolicTensor });
}

test('evaluations give what they give op by op, of the present weights and statistics, with one graph for all', async () => {
  const model = withLast(new Counting({}));
  const forward = quiet();
  const before = await outputsOf(model);
  expectClose(await outputsOf(model, forward), before);
  for (const seed of [10, 20]) {
    change(model, seed);
    const expected = await outputsOf(model);
    Counting.calls = 0;
    const found = await outputsOf(model, forward);
    expect(Counting.calls).toBe(0);
    expectClose(found, expected);
    expect(Math.abs(found[0] / before[0] - 1)).toBeGreaterThan(0.01);
  }
  await forward.dispose();
});

test('averaged weights are evaluated where the variables hold them', async () => {
  const model = tinyModel();
  const [average, forward] = [new WeightAverage(0.5), quiet()];
  const variables = namedVariables(model.weights);
  for (const seed of [10, 20]) {
    change(model, seed);
    average.update(variables);
  }
  const trained = await outputsOf(model, forward);
  const [expected, found] = await average.whileAveraged(variables, async () => [
    await outputsOf(model),
    await outputsOf(model, forward),
  ]);
  expectClose(found, expected);
  expectClose(await outputsOf(model, forward), trained);
  expect(Math.abs(found[0] / trained[0] - 1)).toBeGreaterThan(0.01);
  average.dispose();
  await forward.dispose();
});

test('a larger batch than those before, and layers frozen in between', async () => {
  const model = tinyModel();
  const forward = quiet();
  const small = { ...evaluator, data: tinyData({ samples: 1 }) };
  await evaluate(model, small, undefined, forward);
  model.getLayer('conv0').trainable = false; // changes the order of the model's weights
  expectClose(await outputsOf(model, forward), await outputsOf(model));
  await forward.dispose();
});

test('validationLoss() is that of op by op', async () => {
  const [model, forward] = [tinyModel(), quiet()];
  const task = { ...tinyTask(), evaluator };
  for (const seed of [10, 20]) {
    change(model, seed);
    const [expected, found] = [
      await validationLoss(model, task),
      await validationLoss(model, task, undefined, forward),
    ];
    expect(Math.abs(found / expected - 1)).toBeLessThan(1e-5);
  }
  await forward.dispose();
});

test('a network with an op that the runtime lacks is evaluated op by op, and says so once', async () => {
  const lines: string[] = [];
  const forward = new ForwardPass(compile, (line) => lines.push(line));
  const model = withLast(new Unique({}));
  const expected = await outputsOf(model);
  for (let i = 0; i < 2; i++) expectClose(await outputsOf(model, forward), expected);
  expect(lines).toEqual([expect.stringMatching(/^Evaluation goes on op by op: .*Unique.*forward-pass\.test\.ts/)]);
});

test('twenty evaluations leave as many tensors as one, and none when the pass is freed', async () => {
  const model = tinyModel();
  const before = tf.memory();
  const forward = quiet();
  for (let i = 0; i < 20; i++) {
    await outputsOf(model, forward);
    await validationLoss(model, { ...tinyTask(), evaluator }, undefined, forward);
    const { numTensors, numBytes } = tf.memory();
    expect([numTensors, numBytes]).toEqual([before.numTensors, before.numBytes]);
  }
  await forward.dispose();
});

test('a training run evaluates compiled, with what op by op evaluates to', async () => {
  const options = { validationLoss: true, averageDecay: 0.3, evaluateEvery: 1 };
  const plain = await trainTiny(file('plain'), options);
  const compiled = await trainTiny(file('compiled'), { ...options, compile });
  expect(compiled.lines.join('\n')).not.toContain('op by op');
  const [expected, found] = [plain, compiled].map(({ log }) =>
    log.flatMap((entry) => {
      if (entry.event === 'evaluation') return [entry.stats['score']];
      return entry.event === 'epoch' ? [entry.metrics['validationLoss']] : [];
    }),
  );
  expect(expected).toHaveLength(4);
  found.forEach((value, i) => expect(Math.abs(value / expected[i] - 1)).toBeLessThan(1e-4)); // of trained weights
});

test('auto keeps the graph where op by op fails, and says so', async () => {
  const model = tinyModel();
  const expected = await outputsOf(model);
  const lines: string[] = [];
  const forward = new ForwardPass('auto', (line) => lines.push(line));
  const restore = withoutMemoryFor(2, 'FusedConv2D');
  await expect(outputsOf(model)).rejects.toThrow(OUT_OF_MEMORY);
  const { numTensors } = tf.memory();
  for (let i = 0; i < 2; i++) expectClose(await outputsOf(model, forward), expected);
  restore();
  expect(tf.memory().numTensors).toBe(numTensors);
  expect(forward.decision).toBe(compile);
  expect(lines).toEqual([
    expect.stringMatching(/^Evaluation compiled: \d+ ms for 2 images as .*; op by op fails: Out of memory: .* full\.$/),
  ]);
  await forward.dispose();
});

test('auto measures evaluation each way, once for all evaluations and resumes', async () => {
  const options = { compile: 'auto', evaluateEvery: 1 } as const;
  const { lines } = await trainTiny(file('auto'), options);
  const measured = /^Evaluation (not )?compiled: \d+ ms for 2 images as one graph of .*, \d+ ms op by op\.$/;
  expect(lines.filter((line) => measured.test(line))).toHaveLength(1);
  const { compiledEvaluation } = (await readLast(file('auto'))).state;
  expect([compile, 'off']).toContain(compiledEvaluation);
  const resumed = await trainTiny(file('auto'), { ...options, resume: true });
  expect(resumed.lines.filter((line) => measured.test(line))).toEqual([]);
});
