import { readdirSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import type { CompileMode } from '../src/gradients/compile-mode';
import { Adam } from '../src/optimizer/adam';
import { Sgd } from '../src/optimizer/sgd';
import { findLearningRate } from '../src/rehearsal/find-learning-rate';
import { formatPlan } from '../src/rehearsal/format-plan';
import { planTraining } from '../src/rehearsal/plan-training';
import { stepRate } from '../src/schedule/step-rate';
import { testEngine } from './engine';
import { temporaryFolder } from './temporary-folder';
import { tinyModel, tinyPhase, tinyTask, type TinyOptions, type TinyTask } from './tiny-training';

const file = temporaryFolder();
beforeAll(testEngine);

/** The runtime that suits the engine under test. */
const compile: CompileMode = process.env.POSE_ENGINE === 'native' ? 'tensorflow' : 'onnx';

const quiet = () => undefined;
function options(more: Partial<TinyOptions> = {}): TinyOptions {
  return {
    model: tinyModel(),
    description: {
      name: 'tiny',
      options: { inputSize: [16, 16], keypoints: 2 },
      keypointNames: ['a', 'b'],
      flipPairs: [],
    },
    task: tinyTask(),
    phases: [tinyPhase()],
    out: file('out'),
    config: {},
    reporter: { start: quiet, advance: quiet, stop: quiet, line: quiet },
    ...more,
  };
}
const weightsOf = ({ weights }: tfl.LayersModel) => weights.map((weight) => [...weight.read().dataSync()]);

/** What a rehearsal did to the layers while it ran, and that all is as before afterwards. */
async function expectRestored(
  rehearse: (all: TinyOptions) => Promise<unknown>,
  more: Partial<TinyOptions> = {},
): Promise<void> {
  const all = options({ phases: [tinyPhase({ frozen: /^bn0$/ })], ...more });
  const { model, task } = all;
  const frozen = () => model.getLayer('bn0').trainable === false;
  const during: boolean[] = [];
  const watched: TinyTask = { ...task, targets: (...args) => (during.push(frozen()), task.targets(...args)) };
  const [before, tensors] = [weightsOf(model), tf.memory().numTensors];
  await rehearse({ ...all, task: watched });
  expect(weightsOf(model)).toEqual(before);
  expect(tf.memory().numTensors).toBe(tensors);
  expect(new Set(during)).toEqual(new Set([true]));
  expect(frozen()).toBe(false);
}

describe('planTraining()', () => {
  test('leaves weights, statistics and tensors as they were, and trains what the first phase trains', () =>
    expectRestored(planTraining));

  test('so it does compiled, with gradients of several batches summed too', async () => {
    await expectRestored(planTraining, { compile });
    await expectRestored(planTraining, { compile, accumulate: 2, clipNorm: 0.1 });
  });

  test('measures training and evaluation as they will run, and says how', async () => {
    const wayOf = async (more: Partial<TinyOptions>) => {
      const lines: string[] = [];
      const reporter = { start: quiet, advance: quiet, stop: quiet, line: (text: string) => lines.push(text) };
      const plan = await planTraining(options({ ...more, reporter }));
      return { ...plan.compiled, lines, time: formatPlan(plan).split('\n').at(-2) };
    };
    const opByOp = await wayOf({});
    expect(opByOp).toMatchObject({ training: 'off', evaluation: 'off', lines: [] });
    expect(opByOp.time).toMatch(
      /img\/s in training, op by op; .* img\/s in evaluation, op by op; data loading beside it$/,
    );
    const compiled = await wayOf({ compile });
    expect(compiled).toMatchObject({ training: compile, evaluation: compile, lines: [] });
    expect(compiled.time).toMatch(
      /in training, compiled for (ONNX Runtime|TensorFlow); .* in evaluation, compiled for/,
    );
    const { lines, training, evaluation } = await wayOf({ compile: 'auto' });
    expect([compile, 'off']).toEqual(expect.arrayContaining([training, evaluation]));
    expect(lines).toEqual([
      expect.stringMatching(/^(Compiled|Not compiled): /),
      expect.stringMatching(/^Evaluation (not )?compiled: /),
    ]);
  });

  test('counts batches, steps, evaluations and parameters, and names the phases', async () => {
    const schedule = () => stepRate({ learningRate: 0.1, milestones: [2], gamma: 0.1 });
    const all = options({
      task: tinyTask({ samples: 11, batchSize: 2 }),
      phases: [
        tinyPhase({ epochs: 3, optimizer: () => new Sgd(), schedule, frozen: /^(conv|bn)\d/ }),
        tinyPhase({ epochs: 4, schedule: () => ({ rate: ({ step }) => step }) }),
      ],
      accumulate: 4,
      evaluateEvery: 2,
    });
    const plan = await planTraining(all);
    expect(plan).toMatchObject({
      samples: 11,
      batches: 6,
      stepsPerEpoch: 2,
      epochs: 7,
      evaluations: 4, // after epochs 2, 4, 6 and 7
      evaluationSamples: 3,
      parameters: { total: 294, trainable: 10 }, // the head's 4 * 2 + 2
      phases: [
        { epochs: 3, optimizer: 'sgd', firstRate: 0.1, lastRate: 0.1 * 0.1, frozen: '/^(conv|bn)\\d/' },
        { epochs: 4, optimizer: 'adam', firstRate: 0, lastRate: 7, frozen: undefined },
      ],
    });
    const { seconds, secondsPerBatch, secondsPerEvaluatedSample } = plan;
    expect(seconds).toBeCloseTo(7 * 6 * secondsPerBatch + 4 * 3 * secondsPerEvaluatedSample, 9);
    const lines = formatPlan(plan).split('\n');
    expect(lines[0]).toBe('network      tiny, 294 parameters, 10 of them trained');
    expect(lines[2]).toContain('3 epochs of 2 steps, sgd, learning rate 0.100 to 0.0100, /^(conv|bn)\\d/ frozen');
    expect(readdirSync(file())).not.toContain('out');
  });

  test('evaluates at the end where nothing else is said; Adam keeps two numbers for each that it trains', async () => {
    const { evaluations, memory, parameters } = await planTraining(options());
    expect(evaluations).toBe(1);
    expect(memory.kept).toBe(4 * (parameters.total + 2 * parameters.trainable));
  });

  test('refuses what train() refuses', async () => {
    await expect(planTraining(options({ accumulate: 0 }))).rejects.toThrow('accumulate: expected');
  });
});

describe('findLearningRate()', () => {
  test('leaves weights, statistics and tensors as they were, and trains what the first phase trains', () =>
    expectRestored((all) => findLearningRate({ ...all, out: file('found') }, { steps: 12 })));

  test('takes the steps of a compiled training, and leaves all as it was', async () => {
    const find = async (all: TinyOptions, folder: string) =>
      (await findLearningRate({ ...all, out: file(folder) }, { steps: 12, from: 1e-4, to: 0.1 })).points;
    const lines: string[] = [];
    const reporter = { start: quiet, advance: quiet, stop: quiet, line: (text: string) => lines.push(text) };
    await expectRestored((all) => find(all, 'found'), { compile, reporter });
    const [expected, found] = [await find(options(), 'off'), await find(options({ compile, reporter }), 'compiled')];
    expect(expected).toHaveLength(12);
    found.forEach(({ rate, loss }, i) => {
      expect(rate).toBe(expected[i].rate);
      expect(Math.abs(loss / expected[i].loss - 1)).toBeLessThan(1e-4);
    });
    expect(lines).toEqual([]);
  });

  /**
   * A loss of curvature / 2 * |weights - 1|^2. Gradient descent is at its fastest at a rate of 1 / curvature, and explodes
   * above 2 / curvature.
   */
  function regression(curvature: number, optimizer: TinyOptions['phases'][number]['optimizer']): TinyOptions {
    const input = tfl.input({ shape: [16, 16, 3] });
    const pooled = tfl.layers.globalAveragePooling2d({}).apply(input);
    const kernelInitializer = tfl.initializers.constant({ value: -1 });
    const dense = tfl.layers.dense({ units: 1, useBias: false, kernelInitializer });
    const model = tfl.model({ inputs: input, outputs: dense.apply(pooled) as tfl.SymbolicTensor });
    const task = tinyTask();
    return options({
      model,
      phases: [tinyPhase({ optimizer })],
      out: file('found'),
      task: {
        ...task,
        targets: () => ({ targets: [], weight: tf.zeros([1, 1]) as tf.Tensor2D }),
        loss: ([output]) => {
          const weight = model.trainableWeights[0].read();
          const distance = tf.sum(tf.square(tf.sub(weight, 1)));
          const perSample = tf.mul(tf.onesLike(tf.reshape(output, [-1])), tf.mul(distance, curvature / 2));
          return { perSample: perSample as tf.Tensor1D };
        },
        metrics: undefined,
      },
    });
  }

  test.each([0.1, 1, 1000])(
    'finds the decade of the best rate of gradient descent (curvature %d)',
    async (curvature) => {
      const { suggestion, points } = await findLearningRate(
        regression(curvature, () => new Sgd()),
        { to: 1000 },
      );
      const decades = Math.log10(suggestion * curvature);
      expect(decades).toBeGreaterThan(-1);
      expect(decades).toBeLessThan(1);
      points.slice(1).forEach(({ rate }, i) => expect(rate / points[i].rate).toBeCloseTo(1e10 ** (1 / 99), 6));
      expect(readdirSync(file('found'))).toContain('learning-rate-finder.png');
    },
  );

  test('ends where the loss explodes, also where it is no longer finite from one step to the next', async () => {
    const gentle = await findLearningRate(
      regression(1, () => new Sgd()),
      { from: 0.1, to: 1e6 },
    );
    expect(gentle.points.length).toBeLessThan(100);
    const { points } = gentle;
    expect(points.at(-1)?.loss).toBeGreaterThan(4 * Math.min(...points.map(({ loss }) => loss)));
    const sudden = await findLearningRate(
      regression(1, () => new Sgd()),
      { from: 0.01, to: 1e30, steps: 5 },
    );
    expect(sudden.points.length).toBeLessThan(5);
    expect(sudden.points.every(({ loss }) => Number.isFinite(loss))).toBe(true);
  });

  test('refuses rates and steps that make no search, and a loss that is not finite from the start', async () => {
    const all = options({ phases: [tinyPhase({ optimizer: () => new Adam() })], out: file('refused') });
    await expect(findLearningRate(all, { from: 1, to: 0.1 })).rejects.toThrow(
      'from, to: expected 0 < from < to, found 1 and 0.1.',
    );
    await expect(findLearningRate(all, { steps: 2 })).rejects.toThrow(
      'steps: expected a whole number, 3 or more, found 2.',
    );
    const nan: TinyTask = {
      ...all.task,
      loss: ([output]) => ({ perSample: tf.mul(tf.mean(output, [1, 2, 3]), NaN) as tf.Tensor1D }),
    };
    await expect(findLearningRate({ ...all, task: nan })).rejects.toThrow(
      /The loss became NaN|Cannot find a connection/,
    );
    expect(readdirSync(file())).not.toContain('refused');
  });
});
