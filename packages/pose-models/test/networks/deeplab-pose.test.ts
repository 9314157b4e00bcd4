import * as tf from '@tensorflow/tfjs-core';
import { countParameters, createModel, ModelError, torchEntries } from '../../src';
import { disturb } from '../disturb';
import { startEngine } from '../engine';
import { trainOnce } from '../train-once';

beforeAll(async () => {
  await startEngine();
});

const SLIM = { inputSize: [24, 32], keypoints: 3, width: 8 } as const;

test('features and heatmaps stay at a quarter of the input', () => {
  const model = createModel('deeplab_resnet50', { ...SLIM, seed: null });
  const shapes = ['layer1.2.relu', 'layer2.3.relu', 'layer3.5.relu', 'layer4.2.relu'].map(
    (name) => model.getLayer(name).outputShape,
  );
  expect(shapes).toEqual([32, 64, 128, 256].map((channels) => [null, 8, 6, channels]));
  expect(model.outputs[0].shape).toEqual([null, 8, 6, 3]);
  model.dispose();
});

test('all 3x3 convolutions of layer3 are dilated by 2, of layer4 by 4, the pyramid by 3, 6, 8 and 12', () => {
  const model = createModel('deeplab_resnet18', { ...SLIM, seed: null });
  const dilations = new Map<string, Set<number>>();
  for (const layer of model.layers) {
    const { dilationRate, kernelSize } = layer.getConfig() as Record<string, number[] | undefined>;
    if (kernelSize?.[0] !== 3 || !dilationRate) continue;
    const part = layer.name.startsWith('layer5') ? layer.name : layer.name.split('.')[0];
    dilations.set(part, (dilations.get(part) ?? new Set()).add(dilationRate[0]));
  }
  expect([...dilations].map(([part, rates]) => [part, [...rates]]).sort()).toEqual([
    ['layer1', [1]],
    ['layer2', [1]],
    ['layer3', [2]],
    ['layer4', [4]],
    ['layer5.conv2d_list.0', [3]],
    ['layer5.conv2d_list.1', [6]],
    ['layer5.conv2d_list.2', [8]],
    ['layer5.conv2d_list.3', [12]],
  ]);
  model.dispose();
});

test("the pyramid's kernels are drawn from a normal of 0.001, its biases by PyTorch's default", () => {
  const model = createModel('deeplab_resnet18', { ...SLIM, keypoints: 17 });
  const values = (key: string) =>
    torchEntries(model)
      .find((entry) => entry.key === key)!
      .weight.read()
      .dataSync<'float32'>();
  const kernel = values('layer5.conv2d_list.2.weight');
  const spread = Math.sqrt(kernel.reduce((sum, value) => sum + value * value, 0) / kernel.length);
  expect(Math.abs(spread / 0.001 - 1)).toBeLessThan(5 / Math.sqrt(2 * kernel.length));
  const bound = 1 / Math.sqrt(64 * 9);
  const bias = Array.from(values('layer5.conv2d_list.2.bias'));
  expect(Math.max(...bias.map(Math.abs))).toBeLessThanOrEqual(bound);
  expect(Math.max(...bias) - Math.min(...bias)).toBeGreaterThan(bound);
  model.dispose();
});

test('frozenBatchNorm: no parameters of batch norm are trained, nothing of it moves, and training equals inference', () => {
  const [frozen, free] = [true, false].map((frozenBatchNorm) =>
    createModel('deeplab_resnet18', { ...SLIM, frozenBatchNorm }),
  );
  const affine = torchEntries(free).filter(({ key }) => /(bn\d|downsample\.1)\.(weight|bias)$/.test(key));
  const count = affine.reduce((sum, { shape }) => sum + shape[0], 0);
  expect(countParameters(frozen)).toEqual({
    ...countParameters(free),
    trainable: countParameters(free).trainable - count,
  });

  disturb(frozen);
  const norms = frozen.layers.filter((layer) => layer.getClassName() === 'BatchNormalization');
  const state = () => norms.flatMap((layer) => layer.getWeights().map((weight) => Array.from(weight.dataSync())));
  const before = state();
  const gradients = trainOnce(frozen);
  expect(gradients.size).toBe(torchEntries(frozen).length - 4 * norms.length);
  expect(state()).toEqual(before);

  const x = tf.randomNormal([1, 32, 24, 3], 0, 1, 'float32', 1);
  const [a, b] = tf.tidy(() =>
    [true, false].map((training) => (frozen.apply(x, { training }) as tf.Tensor).dataSync()),
  );
  const scale = Math.max(...b.map(Math.abs));
  a.forEach((value, i) => expect(Math.abs(value - b[i])).toBeLessThan(1e-6 * scale));
  x.dispose();
  frozen.dispose();
  free.dispose();
});

test.each([
  [{ inputSize: [24, 30] }, 'Expected inputSize [width, height] of positive multiples of 4, found [24, 30]'],
  [{ width: 0 }, 'Expected a positive integer for width, found 0'],
  [
    { deconvFilters: [8] },
    'Expected options of deeplab_resnet50 (inputSize, keypoints, width, frozenBatchNorm, seed), found deconvFilters',
  ],
] as [object, string][])('createModel(name, %j) throws', (options, message) => {
  expect(() => createModel('deeplab_resnet50' as string, options)).toThrow(new ModelError(message));
});
