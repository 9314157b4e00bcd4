import * as tf from '@tensorflow/tfjs-core';
import { createModel } from '@pose/pose-models';
import { compile } from '@pose/tfjs-compile';
import { createPredictor, type Compile } from '../src';
import { testEngine } from './engine';

beforeAll(testEngine);
afterEach(() => void jest.restoreAllMocks());

const NAMES = ['left', 'right', 'nose'];
const image = (seed: number) =>
  ({
    data: Uint8Array.from({ length: 3 * 40 * 30 }, (_, i) => (i * 7919 + seed * 104729) % 251),
    width: 40,
    height: 30,
    channels: 3,
  }) as const;
const items = [1, 2, 3, 4, 5].map((seed) => ({ image: image(seed) }));

function predictors(compiler: Compile) {
  const model = createModel('pose_resnet18', {
    inputSize: [64, 64],
    keypoints: 3,
    width: 8,
    deconvFilters: [16, 16, 16],
    seed: 1,
  });
  const options = { model, keypointNames: NAMES, flipPairs: [[0, 1]] as const, batchSize: 2 };
  return { plain: createPredictor(options), compiled: createPredictor({ ...options, compile: compiler }), model };
}

test('a compiled network finds the same people, with one graph for each number of images', async () => {
  const compiler = jest.fn<ReturnType<Compile>, Parameters<Compile>>(compile);
  const { plain, compiled, model } = predictors(compiler);
  const expected = await plain.predictMany(items);
  for (let run = 0; run < 2; run++) {
    const tensors = tf.memory().numTensors;
    const found = await compiled.predictMany(items);
    if (run > 0) expect(tf.memory().numTensors).toBe(tensors);
    found.forEach(([person], i) => {
      person.keypoints.forEach((value, j) => expect(value).toBeCloseTo(expected[i][0].keypoints[j], 3));
    });
  }
  expect(compiler).toHaveBeenCalledTimes(2); // batches of two, and a last one of one
  plain.dispose();
  compiled.dispose();
  model.dispose();
});

test('what does not compile goes on op by op, with one warning', async () => {
  const warn = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
  const { plain, compiled } = predictors(() => Promise.reject(new Error('no runtime here')));
  const [expected, found] = [await plain.predictMany(items), await compiled.predictMany(items)];
  expect(found).toEqual(expected);
  expect(warn.mock.calls).toEqual([['The network goes on op by op, not compiled: no runtime here']]);
});
