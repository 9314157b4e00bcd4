import * as tf from '@tensorflow/tfjs-core';
import { freeze } from '@pose/pose-models';
import { predictOutputs } from '@pose/predictor';
import { validationLoss } from '../src/evaluation/validation-loss';
import { clipGradients } from '../src/optimizer/clip-gradients';
import { Sgd } from '../src/optimizer/sgd';
import { constantRate } from '../src/schedule/constant-rate';
import { computeGradients, trainableVariables } from '../src/train-step';
import { testEngine } from './engine';
import { temporaryFolder } from './temporary-folder';
import {
  expectResumes,
  readLast,
  tinyBatch,
  tinyData,
  tinyModel,
  tinyPhase,
  tinyTask,
  trainTiny,
} from './tiny-training';

const file = temporaryFolder();
beforeAll(testEngine);

/** So that the weights move by the gradient itself, which Adam would make sensitive to rounding. */
const SGD = [tinyPhase({ epochs: 1, optimizer: () => new Sgd(), schedule: () => constantRate(0.5) })];
/** Batch norm by the batch's statistics would depend on the size of the batch. */
function frozenNorms() {
  const model = tinyModel();
  freeze(model, /^bn/);
  return model;
}
const weightsOf = (model: ReturnType<typeof tinyModel>) =>
  model.getWeights().flatMap((weight) => [...weight.dataSync()]);

test('three batches of two make the step of one batch of six; the last step of the epoch has fewer', async () => {
  // 14 samples: 7 batches in steps of 3, 3 and 1, or batches of 6, 6 and 2.
  const [many, one] = [
    await trainTiny(file('many'), {
      model: frozenNorms(),
      phases: SGD,
      task: tinyTask({ samples: 14, batchSize: 2 }),
      accumulate: 3,
    }),
    await trainTiny(file('one'), { model: frozenNorms(), phases: SGD, task: tinyTask({ samples: 14, batchSize: 6 }) }),
  ];
  const steps = many.log.filter((entry) => entry.event === 'step');
  const expected = one.log.filter((entry) => entry.event === 'step');
  expect(steps).toHaveLength(3);
  steps.forEach(({ loss }, i) => expect(loss).toBeCloseTo(expected[i].loss, 7));
  expect(many.result.loss).toBeCloseTo(one.result.loss as number, 7);
  const [found, wanted, start] = [weightsOf(many.model), weightsOf(one.model), weightsOf(frozenNorms())];
  const distance = (a: number[], b: number[]) => Math.hypot(...a.map((value, i) => value - b[i]));
  expect(distance(wanted, start)).toBeGreaterThan(1e-3);
  expect(distance(found, wanted)).toBeLessThan(1e-6);
});

test('a run with accumulation, clipping and an average goes on from any step as if it had not stopped', async () => {
  const options = () => ({ accumulate: 3, clipNorm: 0.01, averageDecay: 0.3, evaluateEvery: 1 });
  const { log } = await expectResumes(file('stopped'), options, [1, 3]);
  expect(log.map(({ event }) => event)).toEqual([
    'step',
    'step',
    'epoch',
    'evaluation',
    'step',
    'step',
    'epoch',
    'evaluation',
  ]);
});

test('a run keeps no more tensors from step to step, and none at its end but the weights', async () => {
  const model = tinyModel();
  const tensors = tf.memory().numTensors;
  const kept: number[] = [];
  const options = { accumulate: 3, clipNorm: 0.01, averageDecay: 0.3, validationLoss: true, evaluateEvery: 2 };
  const hooks = [{ onStep: () => void kept.push(tf.memory().numTensors) }];
  await trainTiny(file('kept'), { ...options, model, phases: [tinyPhase({ epochs: 10 })], saveEvery: 600, hooks });
  // Adam's two moments and the average of each weight that is trained
  expect(kept).toEqual(new Array(20).fill(tensors + 3 * model.trainableWeights.length));
  expect(tf.memory().numTensors).toBe(tensors);
});

test('an interrupt in the middle of a step finishes it', async () => {
  const options = (interruptAt = -1) => ({
    accumulate: 2,
    task: tinyTask({
      read: (epoch, index) => {
        if (4 * epoch + index === interruptAt) process.emit('SIGTERM');
        return true;
      },
    }),
  });
  const whole = await trainTiny(file('whole'), options());
  const { result, log, lines } = await trainTiny(file('interrupted'), options(1));
  expect(result).toEqual({ interrupted: true });
  expect(log.map(({ step }) => step)).toEqual([1]);
  expect(lines).toEqual([`Interrupted after step 1; saved ${file('interrupted')}/checkpoints/last.`]);
  const resumed = await trainTiny(file('interrupted'), { ...options(), resume: true, model: tinyModel(9) });
  expect(resumed.log).toEqual(whole.log);
  expect(await readLast(file('interrupted'))).toEqual(await readLast(file('whole')));
});

test('a sample that cannot be read in the middle of a step leaves a checkpoint without half of it', async () => {
  const options = (readable: boolean) => ({
    accumulate: 3,
    task: tinyTask({
      samples: 12,
      read: (epoch, index) => {
        if (!readable && epoch === 1 && index === 4) throw new Error('no image');
        return true;
      },
    }),
  });
  const whole = await trainTiny(file('readable'), options(true));
  // saveEvery: what is saved is saved because of the error.
  await expect(trainTiny(file('unreadable'), { ...options(false), saveEvery: 600 })).rejects.toThrow('no image');
  expect((await readLast(file('unreadable'))).state).toMatchObject({
    epoch: 1,
    batch: 3,
    step: 3,
    running: { samples: 6 },
  });
  const { log } = await trainTiny(file('unreadable'), { ...options(true), resume: true, model: tinyModel(9) });
  expect(log).toEqual(whole.log);
  expect(await readLast(file('unreadable'))).toEqual(await readLast(file('readable')));
});

test('batches of which nothing can be read are left out; an interrupt before the last of them ends the epoch', async () => {
  const observed: (readonly number[])[] = [];
  const order = () => Uint32Array.from({ length: 7 }, (_, i) => i);
  const sampler = { order, observe: (places: readonly number[]) => void observed.push(places) };
  const read = (_: number, index: number) => {
    if (index === 3) process.emit('SIGTERM'); // on the way to the last batch, which then does not come
    return index !== 1 && index !== 3;
  };
  const options = { phases: [tinyPhase({ epochs: 1 })], accumulate: 3, sampler, task: tinyTask({ read }) };
  const { log, result } = await trainTiny(file('left-out'), options);
  expect(log.map(({ event, step }) => [event, step])).toEqual([
    ['step', 1],
    ['epoch', 1],
  ]);
  expect(result.interrupted).toBe(true);
  expect(observed).toEqual([
    [0, 1],
    [4, 5],
  ]);
  expect((await readLast(file('left-out'))).state).toMatchObject({ epoch: 1, batch: 0, step: 1 });
});

test('clipNorm limits the move of the weights', async () => {
  const [learningRate, clipNorm] = [0.5, 0.01];
  const [free, model] = [frozenNorms(), frozenNorms()];
  const task = tinyTask({ samples: 2 });
  const { gradients } = computeGradients(free, task, tinyBatch([1, 0]));
  const { norm, gradients: clipped } = clipGradients(gradients, clipNorm);
  expect(norm).toBeGreaterThan(2 * clipNorm);
  new Sgd().apply(trainableVariables(free), clipped, learningRate);
  const order = () => Uint32Array.of(1, 0);
  await trainTiny(file('clipped'), { model, phases: SGD, task, clipNorm, sampler: { order } });
  expect(weightsOf(model)).toEqual(weightsOf(free));
});

describe('the loss of a batch', () => {
  const losses = (batch: ReturnType<typeof tinyBatch>) => {
    const task = tinyTask();
    const result = computeGradients(tinyModel(), task, batch);
    tf.dispose(result.gradients);
    return result.losses;
  };

  test('is weighed by the objective, whose weights are constants', () => {
    const batch = tinyBatch([0, 1, 2]);
    const [a, b, c] = losses(batch);
    // A share of its own loss: were it part of the gradient, this would be another one.
    const task = tinyTask();
    const shares = (perSample: tf.Tensor1D, _: unknown, epoch: number) =>
      tf.mul(perSample, tf.tensor1d([1, 0, epoch])) as tf.Tensor1D;
    const weighed = computeGradients(tinyModel(), { ...task, weigh: shares }, batch, 3);
    expect(weighed.loss).toBeCloseTo((a * a + 3 * c * c) / (a + 3 * c), 7);
    expect([...weighed.losses]).toEqual([a, b, c]);
    const constant = computeGradients(tinyModel(), { ...task, weigh: () => tf.tensor1d([a, 0, 3 * c]) }, batch);
    for (const [name, gradient] of Object.entries(weighed.gradients)) {
      const same = Object.values(constant.gradients)[Object.keys(weighed.gradients).indexOf(name)];
      [...gradient.dataSync()].forEach((value, i) => expect(value).toBeCloseTo(same.dataSync()[i], 6));
    }
  });

  test('is logged with its terms and metrics, means over the samples', async () => {
    const base = tinyTask({ samples: 3 });
    const task = {
      ...base,
      loss: (...args: Parameters<typeof base.loss>) => {
        const { perSample } = base.loss(...args);
        return { perSample, terms: { largest: tf.max(perSample) as tf.Scalar } };
      },
      metrics: (_: readonly tf.Tensor[], { places }: { places: readonly number[] }) => ({ count: places.length }),
    };
    const { log, result } = await trainTiny(file('terms'), { task, phases: SGD });
    const [first, second, epoch] = log as { metrics: Record<string, number> }[];
    expect([first.metrics.count, second.metrics.count, epoch.metrics.count]).toEqual([2, 1, (2 * 2 + 1) / 3]);
    const mean = (2 * first.metrics.largest + second.metrics.largest) / 3;
    expect(epoch.metrics.largest).toBeCloseTo(mean, 12);
    expect(second.metrics.largest).toBe((log[1] as { loss: number }).loss);
    expect(result.metrics).toEqual(epoch.metrics);
  });

  test('that is NaN names the images where samples are not people', () => {
    const batch = tinyBatch([4, 7]);
    const images = { ...batch, items: batch.items.map(({ imageId, imageFile }) => ({ imageId, imageFile })) as never };
    images.input[0] = NaN;
    expect(() => computeGradients(tinyModel(), tinyTask(), images)).toThrow('The loss became NaN on the images 4, 7.');
  });
});

test('validationLoss() is the mean over the samples in inference mode, and leaves no tensor', async () => {
  const model = tinyModel();
  const data = tinyData({ samples: 5, batchSize: 2 });
  const task = { ...tinyTask(), evaluator: { ...tinyTask().evaluator, data } };
  const tensors = tf.memory().numTensors;
  const found = await validationLoss(model, task);
  expect(tf.memory().numTensors).toBe(tensors);
  let sum = 0;
  for (let place = 0; place < 5; place++) {
    const { input, targets } = tinyBatch([place]);
    const [{ values: output }] = await predictOutputs(model, input, [0]);
    sum += output.reduce((total, value, i) => total + (value - targets[0][i]) ** 2, 0) / output.length / 2;
  }
  expect(found).toBeCloseTo(sum / 5, 7);
});
