import type * as tfl from '@tensorflow/tfjs-layers';
import { countMultiplyAdds, countParameters, createModel, ModelError } from '../../src';
import { startEngine } from '../engine';
import { expectNormalWeights } from './expect-normal-weights';

const SMALL = { inputSize: [32, 64], keypoints: 3, width: 4 } as const;

let model: tfl.LayersModel;

beforeAll(async () => {
  await startEngine();
  model = createModel('pose_hrnet_w32', SMALL);
});
afterAll(() => model.dispose());

// Sun et al. 2019, table 1: 28.5M and 63.6M. Multiply-adds of a PyTorch build, all convolutions counted.
test.each([
  ['pose_hrnet_w32', 28_536_113, 7_645_003_776],
  ['pose_hrnet_w48', 63_595_745, 15_691_825_152],
] as const)('%s has the published number of parameters', (name, params, macs) => {
  const network = createModel(name, { seed: null });
  expect(countParameters(network).trainable).toBe(params);
  expect(countMultiplyAdds(network)).toBe(macs);
  network.dispose();
});

test('the width is that of the highest resolution, which alone leaves stage4', () => {
  const widths = [0, 1, 2, 3].map((branch) => model.getLayer(`stage4.1.branches.${branch}.0.conv1`).outputShape);
  expect(widths).toEqual([
    [null, 16, 8, 4],
    [null, 8, 4, 8],
    [null, 4, 2, 16],
    [null, 2, 1, 32],
  ]);
  expect(model.outputs[0].shape).toEqual([null, 16, 8, 3]);
  const names = model.layers.map((layer) => layer.name);
  expect(names.filter((name) => /^stage4\.2\.fuse_layers\.[123]\./.test(name))).toEqual([]);
});

test('fresh kernels are normal with standard deviation 0.001; biases are zero', () => {
  expectNormalWeights(model, 0.001);
});

test.each([
  [{ inputSize: [200, 256] }, 'Expected inputSize [width, height] of positive multiples of 32, found [200, 256]'],
  [{ keypoints: 1.5 }, 'Expected a positive integer for keypoints, found 1.5'],
  [{ width: 0 }, 'Expected a positive integer for width, found 0'],
] as [object, string][])('createModel(pose_hrnet_w48, %j) throws', (options, message) => {
  expect(() => createModel('pose_hrnet_w48', options)).toThrow(new ModelError(message));
});
