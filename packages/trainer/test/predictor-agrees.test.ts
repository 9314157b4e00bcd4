import { COCO_SKELETON, OPENPOSE_SKELETON, readImage } from '@pose/coco-dataset';
import { confidenceMaps, partAffinityFields } from '@pose/heatmap-targets';
import { createPredictor, predictorOptions, type Person } from '@pose/predictor';
import { makeSyntheticCoco } from '@pose/synthetic-coco';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { bottomUpEvaluator, evaluate, openBottomUpData, topDownEvaluator, type TargetEncoding } from '@pose/trainer';
import { testEngine } from './engine';
import { SLIM } from './slim-description';
import { slimModel } from './slim-model.cjs';
import { openTiny, tinyData } from './synthetic-data';
import { temporaryFolder } from './temporary-folder';

const file = temporaryFolder();
beforeAll(async () => {
  await testEngine();
  await tinyData(file('data'), { train: 4, val: 1 });
});

/** Equal up to float32 sums of another order. */
function expectSame(
  found: readonly Pick<Person, 'keypoints' | 'score'>[],
  expected: readonly { keypoints: ArrayLike<number>; score: number }[],
) {
  expect(found).toHaveLength(expected.length);
  found.forEach(({ keypoints, score }, i) => {
    expect(score).toBeCloseTo(expected[i].score, 5);
    expect(keypoints).toEqual(Array.from(expected[i].keypoints, (value) => expect.closeTo(value, 3)));
  });
}

test.each<[TargetEncoding, 'corner' | 'udp']>([
  [{ type: 'gaussian' }, 'corner'],
  [{ type: 'unbiased', sigma: 1 }, 'corner'],
  [{ type: 'udp' }, 'udp'],
  [{ type: 'gaussian' }, 'udp'],
])('top-down, %j, %s: a predictor made of what the evaluator stores finds what the evaluator finds', async (encoding, alignment) => {
  const val = await openTiny(file('data'), { encoding, alignment });
  const model = slimModel();
  const evaluator = topDownEvaluator({ val, description: SLIM, skeleton: COCO_SKELETON });
  const { results } = await evaluate(model, evaluator);
  expect(results.length).toBeGreaterThan(3);

  const { prediction } = evaluator;
  expect(prediction).toMatchObject({ kind: 'top-down', alignment });
  const predictor = createPredictor({ model, ...predictorOptions({ ...SLIM, prediction }) });
  const found: Person[] = [];
  for (const { imageFile, box } of val.loader.items) {
    found.push(...(await predictor.predict(await readImage(imageFile), { boxes: [box] })));
  }
  expectSame(found, results);
  predictor.dispose();
}); // prettier-ignore

test('top-down: whether the network was evaluated with the mirrored image is stored too', async () => {
  const val = await openTiny(file('data'));
  const model = slimModel();
  const evaluator = topDownEvaluator({ val, description: SLIM, skeleton: COCO_SKELETON, flipTest: false });
  const { results } = await evaluate(model, evaluator);
  const { prediction } = evaluator;
  const predictor = createPredictor({ model, ...predictorOptions({ ...SLIM, prediction }) });
  const [{ imageFile, box }] = val.loader.items;
  expectSame(await predictor.predict(await readImage(imageFile), { boxes: [box] }), [results[0]]);
  predictor.dispose();
});

test('bottom-up: a predictor made of what the evaluator stores finds what the evaluator finds', async () => {
  const [edge, grid] = [160, 20];
  await makeSyntheticCoco({ out: file('wide'), seed: 5, train: 1, val: 3, imageSize: [192, 128] });
  const root = file('wide');
  const val = await openBottomUpData({ root, split: 'val2017', skeleton: COCO_SKELETON, edge, heatmapSize: [grid, grid], images: { empty: true }, batchSize: 2, workers: 0 }); // prettier-ignore
  const model = somebodyNetwork(edge, grid);
  const evaluator = bottomUpEvaluator({ val, skeleton: COCO_SKELETON });
  const { results } = await evaluate(model, evaluator);
  expect(results).toHaveLength(3); // the same person in each image

  const description = {
    ...SLIM,
    name: 'slim',
    keypointNames: OPENPOSE_SKELETON.keypoints,
    prediction: evaluator.prediction,
  };
  const predictor = createPredictor({ model, ...predictorOptions(description) });
  expect(predictor.keypointNames).toEqual(COCO_SKELETON.keypoints);
  const found: Person[] = [];
  for (const { imageFile } of val.loader.items) found.push(...(await predictor.predict(await readImage(imageFile))));
  expectSame(found, results);
  predictor.dispose();
});

/** A network that finds the same person in every image. */
function somebodyNetwork(edge: number, grid: number): tfl.LayersModel {
  const form = [[0, 20], [0, 42], [-14, 43], [-18, 60], [-22, 77], [14, 42], [19, 61], [23, 76], [-9, 82], [-10, 108], [-11, 134], [9, 83], [11, 107], [12, 133], [-4, 15], [4, 16], [-8, 18], [8, 19]]; // prettier-ignore
  const people = [form.flatMap(([x, y]) => [80 + x, y, 2])];
  const frame = { inputSize: [edge, edge] as const, heatmapSize: [grid, grid] as const };
  const { limbs } = OPENPOSE_SKELETON;
  const maps = [
    partAffinityFields(people, { ...frame, limbs }),
    confidenceMaps(people, { ...frame, keypointCount: 18 }),
  ];
  const input = tfl.input({ shape: [edge, edge, 3] });
  const mean = tfl.layers.globalAveragePooling2d({}).apply(input);
  const layers = maps.map(({ length }) => tfl.layers.dense({ units: length, kernelInitializer: 'zeros' }));
  const outputs = layers.map((layer, i) =>
    tfl.layers.reshape({ targetShape: [grid, grid, maps[i].length / grid ** 2] }).apply(layer.apply(mean)),
  );
  const model = tfl.model({ inputs: input, outputs: outputs as tfl.SymbolicTensor[] });
  layers.forEach((layer, i) => layer.setWeights([layer.getWeights()[0], tf.tensor1d(maps[i])]));
  return model;
}
