import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { COCO_SKELETON } from '@pose/coco-dataset';
import { createModel, saveTorchWeights } from '@pose/pose-models';
import { createPredictor, describedModel, predictorOptions, PredictorError, type ModelDescription } from '../src';
import { loadModel, loadPredictor } from '../src/node';
import { testEngine } from './engine';

const DESCRIPTION: ModelDescription = {
  name: 'pose_resnet18',
  options: { inputSize: [64, 64], keypoints: 17, width: 4, deconvFilters: [8, 8, 8] },
  keypointNames: COCO_SKELETON.keypoints,
  flipPairs: COCO_SKELETON.flipPairs,
};
const IMAGE = {
  data: Uint8Array.from({ length: 3 * 80 * 60 }, (_, i) => (i * i * 7) % 256),
  width: 80,
  height: 60,
  channels: 3,
} as const;

let folder: string;
let torch: string;
beforeAll(async () => {
  await testEngine();
  folder = await mkdtemp(join(tmpdir(), 'predictor-'));
  torch = join(folder, 'weights.safetensors');
  const model = createModel(DESCRIPTION.name, { ...DESCRIPTION.options, seed: 5 });
  await writeFile(torch, await saveTorchWeights(model));
  await writeCheckpoint(model, DESCRIPTION);
  model.dispose();
});
afterAll(() => rm(folder, { recursive: true }));

/** A checkpoint folder, as far as predicting reads it. */
async function writeCheckpoint(model: LayersModel, description: ModelDescription): Promise<void> {
  await model.save(
    tf.io.withSaveHandler(async ({ modelTopology, weightSpecs, weightData, ...made }) => {
      const pose = { format: 'pose-checkpoint/2', model: description, state: {}, config: {} };
      const json = { modelTopology, weightsManifest: [{ paths: ['weights.bin'], weights: weightSpecs }], userDefinedMetadata: { pose } }; // prettier-ignore
      await writeFile(join(folder, 'model.json'), JSON.stringify(json));
      await writeFile(join(folder, 'weights.bin'), new Uint8Array(tf.io.CompositeArrayBuffer.join(weightData)));
      return { modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON({ modelTopology, weightSpecs, weightData, ...made }) }; // prettier-ignore
    }),
  );
}

test('a checkpoint, and the same weights out of a file of PyTorch, predict as the network does', async () => {
  const model = createModel(DESCRIPTION.name, { ...DESCRIPTION.options, seed: 5 });
  const { keypointNames, flipPairs } = DESCRIPTION;
  const expected = await createPredictor({ model, keypointNames, flipPairs }).predict(IMAGE);
  const before = tf.memory().numTensors;
  const stored = await loadPredictor(folder);
  const { model: name, ...published } = { model: 'pose_resnet18', inputSize: [64, 64] as const, modelOptions: { width: 4, deconvFilters: [8, 8, 8] } }; // prettier-ignore
  const converted = await loadPredictor(torch, { model: name, ...published });
  for (const predictor of [stored, converted]) {
    expect(predictor.description).toMatchObject(DESCRIPTION);
    const [{ keypoints, score, box }] = await predictor.predict(IMAGE);
    expect([score, box]).toEqual([expect.closeTo(expected[0].score, 5), [0, 0, 80, 60]]);
    expect(keypoints).toEqual(expected[0].keypoints.map((value) => expect.closeTo(value, 4)));
    predictor.dispose();
  }
  expect(tf.memory().numTensors).toBe(before);
  const plain = await loadPredictor(folder, { decoder: 'none', flipTest: false });
  expect((await plain.predict(IMAGE))[0].keypoints).not.toEqual(expected[0].keypoints);
});

test('a .pth of another skeleton than COCO', async () => {
  const fixtures = join(__dirname, '../../pose-models/test/fixtures/checkpoints');
  const { options } = JSON.parse(await readFile(join(fixtures, 'slim.json'), 'utf8')) as {
    options: { inputSize: [number, number]; keypoints: number };
  };
  const { inputSize, keypoints, ...modelOptions } = options;
  const keypointNames = Array.from({ length: keypoints }, (_, k) => `keypoint ${k}`);
  const published = { model: 'pose_resnet18', inputSize, modelOptions, keypointNames };
  const predictor = await loadPredictor(join(fixtures, 'slim-zip.pth'), { ...published, flipPairs: [[1, 2]] });
  expect(predictor.keypointNames).toEqual(keypointNames);
  expect((await predictor.predict(IMAGE))[0].keypoints).toHaveLength(9);
  await expect(loadPredictor(join(fixtures, 'slim-zip.pth'), published)).rejects.toThrow(
    'flipPairs: expected those of the keypointNames, [] where no keypoint has a side, found none.',
  );
});

test('the loaded model says what it is, as one that a browser loads does', async () => {
  const { model } = await loadModel(folder);
  const description = describedModel(model.getUserDefinedMetadata());
  expect(description).toEqual(DESCRIPTION);
});

test('predictorOptions(): what the checkpoint says; what older ones do not say', () => {
  const { keypointNames, flipPairs } = DESCRIPTION;
  expect(predictorOptions(DESCRIPTION)).toEqual({ kind: 'top-down', keypointNames, flipPairs, decoder: 'quarter' });
  const prediction = { kind: 'top-down', decoder: { type: 'udp', blurKernelSize: 17 }, alignment: 'udp' } as const;
  expect(predictorOptions({ ...DESCRIPTION, prediction })).toEqual({ keypointNames, flipPairs, ...prediction });
  const openPose = { ...DESCRIPTION, name: 'openpose_vgg19', keypointNames: new Array<string>(18).fill('') };
  expect(predictorOptions(openPose)).toMatchObject({ kind: 'bottom-up', toCoco: true, limbs: { length: 19 } });
  expect(() => predictorOptions({ ...openPose, keypointNames: ['nose'] })).toThrow(
    "openpose_vgg19: expected its checkpoint to say how people are grouped, or OpenPose's 18 keypoints, found 1 keypoints.",
  );
});

test.each<[string, () => Promise<unknown>, RegExp]>([
  ['no folder', () => loadPredictor(join(folder, 'none')), /^No checkpoint at .*none.model.json. Expected a checkpoint folder/],
  ['no file', () => loadPredictor(join(folder, 'none.pth'), { model: 'pose_resnet18' }), /none.pth: cannot be read: ENOENT/],
  ['a file without a network', () => loadPredictor(torch), /weights.safetensors: expected the name of the network that these are the weights of/],
  ['a size without a network', () => loadPredictor(folder, { inputSize: [64, 64] }), /^inputSize: is for published weights, together with model; a checkpoint knows its own/],
  ['a folder and a network', () => loadPredictor(folder, { model: 'pose_resnet18' }), /is a folder, whose checkpoint says what network it is/],
])('refuses %s', async (_, load, message) => {
  const error = await load().catch((caught: Error) => caught);
  expect(error).toBeInstanceOf(PredictorError);
  expect((error as Error).message).toMatch(message);
}); // prettier-ignore

test('a file that is cut off, and one of another program', async () => {
  await writeFile(join(folder, 'weights.bin'), new Uint8Array(8));
  await expect(loadPredictor(folder)).rejects.toThrow(/weights.bin: expected \d+ bytes of weights, found 8/);
  await writeFile(join(folder, 'model.json'), '{"userDefinedMetadata":{}}');
  await expect(loadPredictor(folder)).rejects.toThrow(
    "model.json: expected userDefinedMetadata.pose.format to be 'pose-checkpoint/2', found undefined.",
  );
  await writeFile(join(folder, 'model.json'), '{');
  await expect(loadPredictor(folder)).rejects.toThrow('model.json is not JSON');
});
