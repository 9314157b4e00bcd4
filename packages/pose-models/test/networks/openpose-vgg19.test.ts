import { countMultiplyAdds, countParameters, createModel, ModelError, torchEntries } from '../../src';
import { startEngine } from '../engine';
import { expectNormalWeights } from './expect-normal-weights';

const SMALL = { inputSize: [16, 24], keypoints: 3, limbs: 2, stages: 2 } as const;

beforeAll(async () => {
  await startEngine();
});

test('openpose_vgg19 has the published parameters, and two outputs per stage at 1/8 of the input', () => {
  const model = createModel('openpose_vgg19', { seed: null });
  expect(model.inputs[0].shape).toEqual([null, 368, 368, 3]);
  expect(model.outputs.map(({ shape }) => shape)).toEqual(
    Array.from({ length: 12 }, (_, i) => [null, 46, 46, i % 2 === 0 ? 38 : 19]),
  );
  expect(countParameters(model)).toEqual({ total: 52_311_446, trainable: 52_311_446, unused: 0 });
  expect(countMultiplyAdds(model)).toBe(4 * 33_983_501_696); // four times the area of 184x184
  model.dispose();
});

test('outputs are in order; keypoints, limbs and stages change them', () => {
  const model = createModel('openpose_vgg19', { ...SMALL, stages: 3, seed: null });
  expect(model.outputs.map(({ sourceLayer }) => sourceLayer.name)).toEqual([
    'model1_1.8',
    'model1_2.8',
    'model2_1.12',
    'model2_2.12',
    'model3_1.12',
    'model3_2.12',
  ]);
  expect(model.outputs.slice(-2).map(({ shape }) => shape)).toEqual([
    [null, 3, 2, 4],
    [null, 3, 2, 4],
  ]);
  const keys = new Map(torchEntries(model).map(({ key, shape }) => [key, shape]));
  expect(keys.get('model0.25.weight')).toEqual([128, 256, 3, 3]);
  expect(keys.get('model2_2.0.weight')).toEqual([128, 4 + 4 + 128, 7, 7]);
  model.dispose();
});

test('fresh kernels have a standard deviation of 0.01, the trunk included; biases are zero', () => {
  const model = createModel('openpose_vgg19', { ...SMALL, stages: 1 });
  expectNormalWeights(model, 0.01);
  model.dispose();
});

test('width divides all inner channels and leaves the outputs', () => {
  const model = createModel('openpose_vgg19', { ...SMALL, width: 16, seed: null });
  const keys = new Map(torchEntries(model).map(({ key, shape }) => [key, shape]));
  expect(keys.get('model0.0.weight')).toEqual([16, 3, 3, 3]);
  expect(keys.get('model0.21.weight')).toEqual([128, 128, 3, 3]);
  expect(keys.get('model1_1.6.weight')).toEqual([128, 32, 1, 1]);
  expect(keys.get('model2_2.0.weight')).toEqual([32, 4 + 4 + 32, 7, 7]);
  expect(keys.get('model2_2.12.weight')).toEqual([4, 32, 1, 1]);
  model.dispose();
});

test("initialization 'he' draws inner kernels for ReLUs and those of the outputs as published", () => {
  const model = createModel('openpose_vgg19', { ...SMALL, width: 16, initialization: 'he' });
  const weights = new Map(torchEntries(model).map(({ key, weight }) => [key, Array.from(weight.read().dataSync())]));
  const close = (key: string, expected: number) => {
    const values = weights.get(key)!;
    const spread = Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0) / values.length);
    expect(Math.abs(spread / expected - 1)).toBeLessThan(5 / Math.sqrt(2 * values.length)); // five standard errors
  };
  close('model0.2.weight', Math.sqrt(2 / (16 * 9)));
  close('model0.19.weight', Math.sqrt(2 / (64 * 9)));
  close('model2_1.4.weight', Math.sqrt(2 / (32 * 49)));
  for (const output of ['model1_1.8', 'model1_2.8', 'model2_1.12', 'model2_2.12']) close(`${output}.weight`, 0.01);
  model.dispose();
});

test.each([
  [{ inputSize: [368, 364] }, 'Expected inputSize [width, height] of positive multiples of 8, found [368, 364]'],
  [{ limbs: 0 }, 'Expected a positive integer for limbs, found 0'],
  [{ stages: 1.5 }, 'Expected a positive integer for stages, found 1.5'],
  [{ width: 0 }, 'Expected a positive integer for width, found 0'],
  [{ initialization: 'xavier' }, "Expected 'normal' or 'he' for initialization, found xavier"],
] as [Parameters<typeof createModel>[1], string][])('createModel(openpose_vgg19, %j) throws', (options, message) => {
  const call = () => createModel('openpose_vgg19' as string, options);
  expect(call).toThrow(ModelError);
  expect(call).toThrow(message);
});
