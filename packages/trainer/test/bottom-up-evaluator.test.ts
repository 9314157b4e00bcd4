import { readFile, writeFile } from 'node:fs/promises';
import type { CocoKeypointResult } from '@pose/coco-eval';
import { COCO_SKELETON, OPENPOSE_SKELETON, type ImageInstance } from '@pose/coco-dataset';
import { createModel } from '@pose/pose-models';
import { makeSyntheticCoco } from '@pose/synthetic-coco';
import * as tf from '@tensorflow/tfjs-core';
import { bottomUpEvaluator, evaluate, type Evaluator } from '../src';
import { openBottomUpData, type BottomUpData, type BottomUpDataOptions } from '../src/bottom-up-data';
import type { Batch } from '../src/data/batch-loader';
import { bottomUpPictures } from '../src/report/bottom-up-pictures';
import { testEngine } from './engine';
import { temporaryFolder } from './temporary-folder';

const EDGE = 368;
const IMAGES = 24;
const file = temporaryFolder();
let emptyImage: number;

beforeAll(async () => {
  // Wider than high: the input shows bars above and below.
  await makeSyntheticCoco({ out: file('data'), seed: 5, train: 1, val: IMAGES, imageSize: [320, 240], maxPeople: 4 });
  const annotations = file('data/annotations/person_keypoints_val2017.json');
  const coco = JSON.parse(await readFile(annotations, 'utf8'));
  emptyImage = coco.images[1].id;
  coco.annotations = coco.annotations.filter(({ image_id }: { image_id: number }) => image_id !== emptyImage);
  await writeFile(annotations, JSON.stringify(coco));
});

const open = (options: Partial<BottomUpDataOptions> = {}) =>
  openBottomUpData({
    root: file('data'),
    split: 'val2017',
    skeleton: COCO_SKELETON,
    edge: EDGE,
    heatmapSize: [EDGE / 8, EDGE / 8],
    images: { empty: true },
    batchSize: 5,
    workers: 0,
    ...options,
  });

/** What a network would give that has learned the targets. */
async function decodeTargets(val: BottomUpData, { decode }: Evaluator<Batch<'bottom-up'>>) {
  const results: CocoKeypointResult[] = [];
  const items: ImageInstance[] = [];
  const grid = val.settings.heatmapSize[0];
  for await (const batch of val.loader.inOrder()) {
    const outputs = [batch.fields, batch.heatmaps].map((values) => {
      const channels = values.length / (batch.items.length * grid * grid);
      return { values, shape: [batch.items.length, grid, grid, channels] };
    });
    results.push(...decode(outputs, batch));
    items.push(...batch.items);
  }
  return { results, items };
}

test.each([
  ["OpenPose's keypoints", {}],
  ['the annotated keypoints', { openPose: false }],
] as const)('bottomUpEvaluator() finds the people of perfect outputs, of %s', async (_, options) => {
  const val = await open(options);
  const evaluator = bottomUpEvaluator({ val, skeleton: COCO_SKELETON });
  const { results, items } = await decodeTargets(val, evaluator);
  expect(items.filter(({ people }) => people.length > 1).length).toBeGreaterThan(3);
  expect(items.map(({ imageId }) => imageId)).toContain(emptyImage);
  expect(results.map(({ image_id }) => image_id)).not.toContain(emptyImage);
  const stats = evaluator.metric(results, []);
  expect(results).toHaveLength(items.flatMap(({ people }) => people).length);
  expect(stats.AP).toBeGreaterThan(0.95);

  // Someone alone in an image: each keypoint within a few pixels of the truth, missing ones are zeros.
  const alone = items.filter(({ people, imageId }) => people.length === 1 && imageId !== emptyImage);
  expect(alone.length).toBeGreaterThan(0);
  for (const { imageId, people } of alone) {
    const [{ keypoints }] = results.filter(({ image_id }) => image_id === imageId);
    const truth = people[0].keypoints;
    for (let i = 0; i < 51; i += 3) {
      if (keypoints[i + 2] === 0) expect([keypoints[i], keypoints[i + 1]]).toEqual([0, 0]);
      else expect(Math.hypot(keypoints[i] - truth[i], keypoints[i + 1] - truth[i + 1])).toBeLessThan(4);
    }
  }
});

test('a limit evaluates the first images alone', async () => {
  const val = await open({ limit: 3 });
  const evaluator = bottomUpEvaluator({ val, skeleton: COCO_SKELETON });
  const { results, items } = await decodeTargets(val, evaluator);
  expect(items).toHaveLength(3);
  expect(val.coco.images.map(({ id }) => id)).toEqual(items.map(({ imageId }) => imageId));
  expect(evaluator.metric(results, []).AP).toBeGreaterThan(0.95);
});

test('evaluate() takes the last stage of the network, and gives numbers also where nobody is found', async () => {
  await testEngine();
  const val = await open({ edge: 64, heatmapSize: [8, 8], limit: 3 });
  const model = createModel('openpose_vgg19', {
    inputSize: [64, 64],
    keypoints: OPENPOSE_SKELETON.keypoints.length,
    limbs: OPENPOSE_SKELETON.limbs.length,
    stages: 2,
    width: 4,
    initialization: 'he',
  });
  const evaluator = bottomUpEvaluator({ val, skeleton: COCO_SKELETON });
  const { value: batch } = await val.loader.inOrder().next();
  const outputs = await evaluator.predict(model, batch as Batch<'bottom-up'>);
  const all = model.predict(tf.tensor4d((batch as Batch<'bottom-up'>).input, [3, 64, 64, 3])) as tf.Tensor[];
  expect(outputs.map(({ shape }) => shape)).toEqual([
    [3, 8, 8, 38],
    [3, 8, 8, 19],
  ]);
  expect(outputs.map(({ values }) => values)).toEqual(all.slice(2).map((tensor) => tensor.dataSync()));
  const evaluation = await evaluate(model, evaluator);
  expect(evaluation).toMatchObject({ results: [], stats: { AP: 0 } });
  expect(evaluation.items).toHaveLength(3);
});

test('bottomUpPictures() draws truth and prediction side by side, of images with people', async () => {
  const val = await open({ limit: 3 });
  const { results, items } = await decodeTargets(val, bottomUpEvaluator({ val, skeleton: COCO_SKELETON }));
  const draw = async (found: CocoKeypointResult[]) => {
    const { figures } = await bottomUpPictures({ stats: {}, items, results: found }, COCO_SKELETON);
    return figures[0].image;
  };
  const truth = items.flatMap(({ imageId, people }) =>
    people.map(({ keypoints }) => ({ image_id: imageId, category_id: 1, keypoints, score: 1 })),
  );
  const [same, none, found] = [await draw(truth), await draw([]), await draw(results)];
  // Two of the three images show people: four cells of 320x240 in a row.
  const cell = (picture: typeof same, place: number) => {
    const left = 6 + place * 326;
    return Array.from({ length: 240 }, (_, y) => {
      const start = 3 * ((6 + y) * picture.width + left);
      return Array.from(picture.data.subarray(start, start + 3 * 320));
    }).flat();
  };
  const differing = (a: number[], b: number[]) => a.filter((value, i) => value !== b[i]).length / a.length;
  expect([same.width, same.height > 246]).toEqual([6 + 4 * 326, true]);
  for (const pair of [0, 2]) {
    const [person, missed] = [cell(same, pair), differing(cell(none, pair), cell(none, pair + 1))];
    expect(differing(cell(none, pair), person)).toBe(0);
    expect(missed).toBeGreaterThan(0.01);
    // Annotated visibility is drawn as rings, a score is not; and peaks are whole pixels.
    expect(differing(cell(same, pair + 1), person)).toBeLessThan(missed / 2);
    expect(differing(cell(found, pair + 1), cell(same, pair + 1))).toBeLessThan(missed);
  }
  expect(await bottomUpPictures({ stats: {}, items: [], results: [] }, COCO_SKELETON)).toEqual({
    figures: [],
    tables: [],
  });
});
