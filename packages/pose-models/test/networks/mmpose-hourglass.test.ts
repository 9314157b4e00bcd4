import { countMultiplyAdds, countParameters, createModel, ModelError, torchEntries } from '../../src';
import { torchDifferences } from '../../src/torch/torch-differences';
import { startEngine } from '../engine';
import { expectNormalWeights } from './expect-normal-weights';

const SLIM = { inputSize: [128, 256], keypoints: 3, width: 8 } as const;

beforeAll(async () => {
  await startEngine();
});

test('pose_hourglass_52 has the parameters and multiply-adds of mmpose, 94.85 million and 28.6 billion', () => {
  const model = createModel('pose_hourglass_52', { seed: null });
  expect(model.outputs.map(({ shape }) => shape)).toEqual([[null, 64, 64, 17]]);
  expect(countParameters(model).trainable).toBe(94_847_889);
  expect(countMultiplyAdds(model)).toBe(28_620_161_024);
  model.dispose();
});

test('with one stack, the block between stacks is in the state_dict only', () => {
  const model = createModel('pose_hourglass_52', { ...SLIM, seed: null });
  const unused = torchDifferences(model).unusedEntries;
  expect(unused).toHaveLength(10);
  expect(unused[0]).toEqual({ key: 'backbone.inters.0.conv1.weight', shape: [8, 8, 3, 3] });
  expect(unused.map(({ key }) => key)).toContain('backbone.inters.0.bn2.running_var');
  model.dispose();
});

test('stacks: an output each, in order; blocks between them', () => {
  const model = createModel('pose_hourglass_52', { ...SLIM, stacks: 3, seed: null });
  expect(model.outputs.map(({ shape }) => shape)).toEqual(Array(3).fill([null, 64, 32, 3]));
  expect(model.outputs.map(({ sourceLayer }) => sourceLayer.name)).toEqual(
    [0, 1, 2].map((i) => `head.multi_final_layers.${i}`),
  );
  expect(torchDifferences(model).unusedEntries).toEqual([]);
  const keys = torchEntries(model).map(({ key }) => key);
  for (const key of ['inters.1.conv2.weight', 'conv1x1s.1.conv.weight', 'remap_convs.1.bn.weight']) {
    expect(keys).toContain(`backbone.${key}`);
  }
  model.dispose();
});

test('widths of the levels; only blocks that change width or size have a shortcut with weights', () => {
  const model = createModel('pose_hourglass_52', { ...SLIM, width: 16, seed: null });
  const widths = (path: string) =>
    ['', '.low2', '.low2.low2', '.low2.low2.low2', '.low2.low2.low2.low2'].map(
      (level) =>
        model.layers.find(({ name }) => name === `backbone.hourglass_modules.0${level}.${path}`)?.outputShape[3],
    );
  expect(widths('up1.1.conv2')).toEqual([16, 16, 24, 24, 24]);
  expect(widths('low1.0.downsample.0')).toEqual([16, 24, 24, 24, 32]);
  expect(widths('low3.0.conv2')).toEqual([16, 24, 24, 24, 32]);
  expect(widths('low3.1.conv2')).toEqual([16, 16, 24, 24, 24]);
  expect(widths('low3.1.downsample.0')).toEqual([undefined, 16, undefined, undefined, 24]);
  expect(model.getLayer('backbone.hourglass_modules.0.low2.low2.low2.low2.low2.3.conv1').outputShape).toEqual([
    null,
    2,
    1,
    32,
  ]);
  model.dispose();
});

test('fresh kernels have a standard deviation of 0.001, biases are zero', () => {
  const model = createModel('pose_hourglass_52', { ...SLIM, width: 32 });
  expectNormalWeights(model, 0.001);
  model.dispose();
});

test.each([
  [{ inputSize: [192, 256] }, 'Expected inputSize [width, height] of positive multiples of 128, found [192, 256]'],
  [{ stacks: 0 }, 'Expected a positive integer for stacks, found 0'],
  [{ width: 7 }, 'Expected a positive even number for width, found 7'],
] as [Parameters<typeof createModel>[1], string][])('createModel(pose_hourglass_52, %j) throws', (options, message) => {
  const call = () => createModel('pose_hourglass_52' as string, options);
  expect(call).toThrow(ModelError);
  expect(call).toThrow(message);
});
