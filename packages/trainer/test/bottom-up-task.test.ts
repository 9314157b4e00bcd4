import * as tf from '@tensorflow/tfjs-core';
import { COCO_SKELETON, OPENPOSE_SKELETON } from '@pose/coco-dataset';
import { createModel } from '@pose/pose-models';
import { bottomUpTargets, bottomUpTask, openPoseStages, trainStep, Sgd } from '../src';
import { openBottomUpData } from '../src/bottom-up-data';
import type { Batch } from '../src/data/batch-loader';
import { testEngine } from './engine';
import { tinyData } from './synthetic-data';
import { temporaryFolder } from './temporary-folder';

const EDGE = 64;
const GRID = EDGE / 8;
const file = temporaryFolder();
beforeAll(async () => {
  await testEngine();
  await tinyData(file('data'), { train: 3, val: 1 });
});

const open = (split = 'train2017', options = {}) =>
  openBottomUpData({
    root: file('data'),
    split,
    skeleton: COCO_SKELETON,
    edge: EDGE,
    heatmapSize: [GRID, GRID],
    batchSize: 3,
    workers: 0,
    ...options,
  });

const slim = () =>
  createModel('openpose_vgg19', {
    inputSize: [EDGE, EDGE],
    keypoints: OPENPOSE_SKELETON.keypoints.length,
    limbs: OPENPOSE_SKELETON.limbs.length,
    stages: 2,
    width: 4,
  });

async function firstBatch(): Promise<Batch<'bottom-up'>> {
  const { loader } = await open();
  const { value } = await loader.inOrder().next();
  return value as Batch<'bottom-up'>;
}

test('bottomUpTargets(batch, model) has the shapes of the outputs and the numbers of the batch', async () => {
  const batch = await firstBatch();
  const { heatmaps, fields, mask } = bottomUpTargets(batch, slim());
  expect([heatmaps.shape, fields.shape, mask.shape]).toEqual([
    [3, GRID, GRID, 19],
    [3, GRID, GRID, 38],
    [3, GRID, GRID],
  ]);
  expect(heatmaps.dataSync()).toEqual(batch.heatmaps);
  expect(fields.dataSync()).toEqual(batch.fields);
  expect(mask.dataSync()).toEqual(batch.mask);
});

test('openPoseStages() logs each stage by the names of train_VGG19.py, and the extremes of the last one', () => {
  const [N, H, W, L, K] = [2, 3, 4, 2, 3];
  const filled = (channels: number, seed: number) =>
    Float32Array.from({ length: N * H * W * channels }, (_, i) => Math.sin(i * 1.7 + seed));
  const values = [filled(2 * L, 1), filled(K + 1, 2), filled(2 * L, 3), filled(K + 1, 4)];
  values[3][K] = 9; // the background does not count among the extremes
  values[3][1] = 3;
  values[2][5] = -4;
  const channels = [2 * L, K + 1, 2 * L, K + 1];
  const outputs = values.map((array, i) => tf.tensor4d(array, [N, H, W, channels[i]]));
  const targets = [filled(2 * L, 5), filled(K + 1, 6)];
  const mask = Float32Array.from({ length: N * H * W }, (_, i) => (i % 5 === 0 ? 0 : 1));
  const { perSample, terms = {} } = openPoseStages(outputs, {
    fields: tf.tensor4d(targets[0], [N, H, W, 2 * L]),
    heatmaps: tf.tensor4d(targets[1], [N, H, W, K + 1]),
    mask: tf.tensor3d(mask, [N, H, W]),
  });
  const numbers = Object.fromEntries(Object.entries(terms).map(([name, term]) => [name, term.dataSync()[0]]));

  // nn.MSELoss over everything, number by number.
  const mse = (place: number) => {
    const [prediction, target, depth] = [values[place], targets[place % 2], channels[place]];
    const squares = prediction.map((value, i) => mask[Math.floor(i / depth)] * (value - target[i]) ** 2);
    return squares.reduce((a, b) => a + b, 0) / prediction.length;
  };
  const expected = {
    loss_stage1_L1: mse(0),
    loss_stage1_L2: mse(1),
    loss_stage2_L1: mse(2),
    loss_stage2_L2: mse(3),
  };
  const people = values[3].filter((_, i) => i % (K + 1) !== K);
  const extremes = {
    max_ht: Math.max(...people),
    min_ht: Math.min(...people),
    max_paf: Math.max(...values[2]),
    min_paf: Math.min(...values[2]),
  };
  expect(extremes).toMatchObject({ max_ht: 3, min_paf: -4 });
  expect(Object.keys(numbers)).toEqual([...Object.keys(expected), ...Object.keys(extremes)]);
  for (const [name, value] of Object.entries({ ...expected, ...extremes })) expect(numbers[name]).toBeCloseTo(value, 5);
  const total = Object.values(expected).reduce((a, b) => a + b);
  const [first, second] = perSample.dataSync();
  expect((first + second) / 2).toBeCloseTo(total, 5);
});

test('steps of a bottomUpTask lower the loss, which is the sum of its stages', async () => {
  const [train, val] = [await open(), await open('val2017', { images: { empty: true } })];
  const task = bottomUpTask({ train, val, skeleton: COCO_SKELETON });
  const [model, optimizer, batch] = [slim(), new Sgd({ momentum: 0.9, nesterov: true }), await firstBatch()];
  const losses = Array.from({ length: 8 }, () => trainStep(model, task, optimizer, batch, 1));
  const stages = Object.entries(losses[0].metrics).filter(([name]) => name.startsWith('loss_'));
  expect(stages.reduce((sum, [, value]) => sum + value, 0)).toBeCloseTo(losses[0].loss, 5);
  expect(losses[7].loss).toBeLessThan(0.8 * losses[0].loss);
});
