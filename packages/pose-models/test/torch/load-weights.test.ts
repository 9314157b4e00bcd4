import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import {
  createModel,
  getTorchWeights,
  loadTorchWeights,
  ModelError,
  readCheckpoint,
  saveTorchWeights,
  writeSafetensors,
  type ModelOptions,
} from '../../src';
import { setTorchDifferences } from '../../src/torch/torch-differences';
import { startEngine } from '../engine';

beforeAll(async () => {
  await startEngine();
});

const FOLDER = join(__dirname, '../fixtures/checkpoints');
const checkpoint = (file: string) => readCheckpoint(readFileSync(join(FOLDER, file)));

/** What PyTorch made of one input (scripts/make-network-fixture.py). */
const SLIM = JSON.parse(readFileSync(join(FOLDER, 'slim.json'), 'utf8')) as {
  options: ModelOptions;
  input: number[];
  output: number[];
  shape: [number, number, number, number];
};
const slim = (options: ModelOptions = {}) => createModel('pose_resnet18', { ...SLIM.options, ...options });

/** [N, C, H, W], as PyTorch has it. */
function predict(model: tfl.LayersModel): Float32Array {
  const [width, height] = SLIM.options.inputSize!;
  return tf.tidy(() => {
    const image = tf.transpose(tf.tensor4d(SLIM.input, [1, 3, height, width]), [0, 2, 3, 1]);
    return tf.transpose(model.apply(image) as tf.Tensor, [0, 3, 1, 2]).dataSync() as Float32Array;
  });
}

test.each(['slim-zip.pth', 'slim-legacy.pth.tar'])(
  "loadTorchWeights(model, %s): the heatmaps are PyTorch's",
  (file) => {
    // prettier-ignore
    const model = slim();
    const before = tf.memory().numTensors;
    const report = loadTorchWeights(model, checkpoint(file));
    expect(tf.memory().numTensors).toBe(before);
    expect(report).toMatchObject({ scheme: 'as published', missing: [], unexpected: [], misshapen: [] });
    expect(report.loaded).toHaveLength(model.weights.length);
    const heatmaps = predict(model);
    const scale = Math.max(...SLIM.output.map(Math.abs));
    expect(heatmaps).toHaveLength(SLIM.output.length);
    SLIM.output.forEach((expected, i) => expect(Math.abs(heatmaps[i] - expected) / scale).toBeLessThan(1e-5));
    model.dispose();
  },
);

test('saveTorchWeights(model) is a safetensors file that gives the same weights back', async () => {
  const [model, other] = [slim({ seed: 1 }), slim({ seed: 2 })];
  const saved = readCheckpoint(await saveTorchWeights(model));
  expect(saved.format).toBe('safetensors');
  loadTorchWeights(other, saved);
  const weights = await getTorchWeights(model);
  expect(await getTorchWeights(other)).toEqual(weights);
  expect(saved.tensors.get('conv1.weight')?.shape).toEqual([2, 3, 7, 7]);
  [model, other].forEach((each) => each.dispose());
});

test('parameters that the published network never uses are written as zeros, and need not be there to load', async () => {
  const model = slim({ seed: 1 });
  setTorchDifferences(model, { unusedEntries: [{ key: 'skip.weight', shape: [2, 2, 1, 1] }] });
  const saved = readCheckpoint(await saveTorchWeights(model));
  expect(Array.from(saved.tensors.get('skip.weight')!.read())).toEqual([0, 0, 0, 0]);
  expect(loadTorchWeights(model, saved).missing).toEqual([]);
  expect(loadTorchWeights(model, checkpoint('slim-zip.pth')).missing).toEqual([]);
  model.dispose();
});

describe('with strict: false', () => {
  test('what fits is loaded, the rest stays', async () => {
    const model = slim({ keypoints: 4, seed: 1 });
    const before = await getTorchWeights(model);
    const report = loadTorchWeights(model, checkpoint('slim-zip.pth'), { strict: false });
    expect(report.misshapen).toEqual([
      { key: 'final_layer.weight', expected: [4, 2, 1, 1], found: [3, 2, 1, 1] },
      { key: 'final_layer.bias', expected: [4], found: [3] },
    ]);
    const after = await getTorchWeights(model);
    expect(after.get('final_layer.weight')).toEqual(before.get('final_layer.weight'));
    expect(after.get('conv1.weight')).toEqual(checkpoint('slim-zip.pth').tensors.get('conv1.weight')!.read());
    model.dispose();
  });

  test('a checkpoint of which nothing fits is an error', () => {
    const model = slim();
    const foreign = readCheckpoint(writeSafetensors(new Map([['encoder.w', { shape: [1], values: new Float32Array(1) }]]))); // prettier-ignore
    expect(() => loadTorchWeights(model, foreign, { strict: false })).toThrow(
      new ModelError(
        'Expected weights of pose_resnet18, such as conv1.weight, found none that fit among 1 tensors: encoder.w',
      ),
    );
    model.dispose();
  });
});

test('loadTorchWeights(model, checkpoint) lists what is missing, unexpected and of another shape, and changes nothing', async () => {
  const model = slim({ keypoints: 4, seed: 1 });
  const before = await getTorchWeights(model);
  const { tensors } = checkpoint('slim-zip.pth');
  const damaged = new Map([...tensors].filter(([key]) => !key.startsWith('bn1.')));
  damaged.set('fc.weight', tensors.get('conv1.weight')!);
  const load = () => loadTorchWeights(model, { format: 'zip', tensors: damaged });
  expect(load).toThrow(ModelError);
  expect(load).toThrow(
    'Expected the weights of pose_resnet18 and nothing else, found 4 missing: bn1.weight, bn1.bias, bn1.running_mean, ' +
      'bn1.running_var; 1 unexpected: fc.weight; 2 of another shape: final_layer.weight (3, 2, 1, 1) for (4, 2, 1, 1), ' +
      'final_layer.bias (3) for (4). With strict: false, or --partial on the command line, what fits is loaded and the rest left as it is.',
  );
  expect(await getTorchWeights(model)).toEqual(before);
  model.dispose();
});

test('a value that is not finite is refused before anything changes', async () => {
  const model = slim({ seed: 1 });
  const before = await getTorchWeights(model);
  const { tensors } = checkpoint('slim-zip.pth');
  const damaged = new Map(tensors);
  damaged.set('final_layer.bias', { dtype: 'float32', shape: [3], read: () => Float32Array.of(0, Infinity, 0) });
  expect(() => loadTorchWeights(model, { format: 'zip', tensors: damaged })).toThrow(
    'Expected finite values for final_layer.bias, found Infinity at index 1',
  );
  expect(await getTorchWeights(model)).toEqual(before);
  model.dispose();
});
