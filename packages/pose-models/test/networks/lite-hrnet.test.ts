import type * as tfl from '@tensorflow/tfjs-layers';
import { countMultiplyAdds, createModel, ModelError, type ModelName } from '../../src';
import { startEngine } from '../engine';
import { expectNormalWeights } from './expect-normal-weights';

const NAMES: ModelName[] = ['litehrnet_18', 'litehrnet_30', 'naive_litehrnet_18', 'wider_naive_litehrnet_18'];
const SMALL = { inputSize: [32, 64], keypoints: 3, width: 8 } as const;

let model: tfl.LayersModel;

beforeAll(async () => {
  await startEngine();
  model = createModel('litehrnet_18', SMALL);
});
afterAll(() => model.dispose());

// With F(i, 0) of the fusion evaluated twice; from the published module's convolutions at each size.
test.each([
  ['litehrnet_18', [192, 256], 242_345_088],
  ['litehrnet_30', [192, 256], 386_103_648],
  ['naive_litehrnet_18', [192, 256], 211_049_088],
  ['wider_naive_litehrnet_18', [192, 256], 346_050_048],
] as [ModelName, [number, number], number][])(
  '%s at %j has the published multiply-adds',
  (name, inputSize, expected) => {
    const network = createModel(name, { inputSize, seed: null });
    expect(countMultiplyAdds(network)).toBe(expected);
    network.dispose();
  },
);

test.each(NAMES)('%s takes the sizes and keypoints of the published configurations', (name) => {
  for (const [inputSize, keypoints] of [
    [[288, 384], 17],
    [[256, 256], 16],
  ] as [[number, number], number][]) {
    const network = createModel(name, { inputSize, keypoints, seed: null });
    expect(network.outputs[0].shape).toEqual([null, inputSize[1] / 4, inputSize[0] / 4, keypoints]);
    network.dispose();
  }
});

test('fresh kernels are normal with standard deviation 0.001; biases are zero', () => {
  expectNormalWeights(model, 0.001);
});

test('what the published fusion runs twice counts its batch statistics twice', () => {
  for (const [name, momentum] of [
    ['backbone.stage2.0.fuse_layers.3.0.2.3', 0.81],
    ['backbone.stage2.0.fuse_layers.3.0.0.1', 0.81],
    ['backbone.stage2.0.fuse_layers.3.1.0.1', 0.9],
    ['backbone.stage2.0.fuse_layers.0.1.1', 0.9],
    ['backbone.stage2.0.layers.0.depthwise_convs.0.bn', 0.9],
  ] as const) {
    expect(model.getLayer(name).getConfig()['momentum']).toBe(momentum);
  }
});

test.each([
  [{ inputSize: [192, 250] }, 'Expected inputSize [width, height] of positive multiples of 32, found [192, 250]'],
  [{ keypoints: 0 }, 'Expected a positive integer for keypoints, found 0'],
  [{ width: 6 }, 'Expected an even number from 8 on for width, found 6'],
  [{ width: 41 }, 'Expected an even number from 8 on for width, found 41'],
  [
    { deconvFilters: [256] },
    'Expected options of litehrnet_18 (inputSize, keypoints, width, seed), found deconvFilters',
  ],
] as [object, string][])('createModel(litehrnet_18, %j) throws', (options, message) => {
  expect(() => createModel('litehrnet_18' as string, options)).toThrow(new ModelError(message));
});
