import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { countMultiplyAdds, countParameters, createModel, ModelError, torchEntries } from '../../src';
import { deconv, type DeconvKernel } from '../../src/layers/transposed-convolution';
import { startEngine } from '../engine';

beforeAll(async () => {
  await startEngine();
});

const SLIM = { inputSize: [32, 64], keypoints: 3, width: 8, deconvFilters: [8, 6, 4] } as const;

describe.each([2, 3, 4] as const)('deconv of kernel %i', (kernel) => {
  test('scatters as nn.ConvTranspose2d: input i adds into outputs 2i - padding + t, and there are twice as many', () => {
    const model = oneDeconv(kernel);
    const [kernelValues, bias] = model.getWeights().map((weight) => weight.dataSync());
    const [height, width] = [3, 4];
    const input = Float32Array.from({ length: height * width * 2 }, (_, i) => Math.cos(i));
    const found = tf.tidy(() => (model.predict(tf.tensor4d(input, [1, height, width, 2])) as tf.Tensor).dataSync());
    const padding = { 2: 0, 3: 1, 4: 1 }[kernel];
    const expected = new Float64Array(4 * height * width * 3).map((_, i) => bias[i % 3]);
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++)
        for (let t = 0; t < kernel * kernel; t++) {
          const [oy, ox] = [2 * y - padding + Math.floor(t / kernel), 2 * x - padding + (t % kernel)];
          if (oy < 0 || oy >= 2 * height || ox < 0 || ox >= 2 * width) continue;
          for (let o = 0; o < 3; o++)
            for (let c = 0; c < 2; c++) {
              expected[(oy * 2 * width + ox) * 3 + o] +=
                input[(y * width + x) * 2 + c] * kernelValues[(t * 3 + o) * 2 + c];
            }
        }
    expect(found).toHaveLength(expected.length);
    expected.forEach((value, i) => expect(found[i]).toBeCloseTo(value, 5));
    model.dispose();
  });

  function oneDeconv(size: DeconvKernel): tfl.LayersModel {
    const input = tfl.input({ shape: [3, 4, 2] });
    const model = tfl.model({ inputs: input, outputs: deconv(input, 'deconv', 3, size, { bias: true }) });
    expect(model.outputs[0].shape).toEqual([null, 6, 8, 3]);
    const draw = (weight: tf.Tensor, i: number) => tf.randomNormal(weight.shape, 0, 1, 'float32', i + 1);
    tf.tidy(() => model.setWeights(model.getWeights().map(draw)));
    return model;
  }
});

test.each([
  [[], 1],
  [[8], 2],
  [[8, 6, 4, 4], 16],
] as [number[], number][])('deconvFilters %j: heatmaps of 1/32 of the input, times %i', (deconvFilters, factor) => {
  const model = createModel('pose_resnet18', { ...SLIM, deconvFilters, seed: null });
  expect(model.outputs[0].shape).toEqual([null, 2 * factor, factor, 3]);
  expect(model.getLayer('final_layer').weights[0].shape).toEqual([1, 1, deconvFilters.at(-1) ?? 64, 3]);
  model.dispose();
});

test('deconvKernels, deconvBias and finalKernel shape the head under the names of PyTorch', () => {
  const options = { ...SLIM, deconvKernels: [2, 3, 4], deconvBias: true, finalKernel: 3, seed: null };
  const model = createModel('pose_resnet18', options);
  expect(model.outputs[0].shape).toEqual([null, 16, 8, 3]);
  const head = torchEntries(model).filter(({ key }) => /^(deconv|final)/.test(key) && !/\.[147]\./.test(key));
  expect(head.map(({ key, shape }) => [key, shape])).toEqual([
    ['deconv_layers.0.weight', [64, 8, 2, 2]],
    ['deconv_layers.0.bias', [8]],
    ['deconv_layers.3.weight', [8, 6, 3, 3]],
    ['deconv_layers.3.bias', [6]],
    ['deconv_layers.6.weight', [6, 4, 4, 4]],
    ['deconv_layers.6.bias', [4]],
    ['final_layer.weight', [3, 4, 3, 3]],
    ['final_layer.bias', [3]],
  ]);
  model.dispose();
});

test('a kernel for each deconvolution is the same as one kernel for all', () => {
  const [one, each] = [4, [4, 4, 4]].map((deconvKernels) => createModel('pose_resnet18', { ...SLIM, deconvKernels }));
  expect(countParameters(each)).toEqual(countParameters(one));
  const x = tf.randomNormal([1, 64, 32, 3], 0, 1, 'float32', 1);
  const [a, b] = tf.tidy(() => [one, each].map((model) => (model.predict(x) as tf.Tensor).dataSync()));
  expect(tf.util.arraysEqual(a, b)).toBe(true);
  tf.dispose(x);
  one.dispose();
  each.dispose();
});

test('an input of 384x288 gives heatmaps of 96x72', () => {
  const model = createModel('pose_resnet50', { inputSize: [288, 384], width: 8, seed: null });
  expect(model.outputs[0].shape).toEqual([null, 96, 72, 17]);
  model.dispose();
});

test("Caffe's style moves the stride to the first 1x1: the same parameters, fewer multiply-adds", () => {
  const [pytorch, caffe] = ['pose_resnet50', 'pose_resnet50_caffe'].map((name) => createModel(name, { seed: null }));
  const strides = (model: tfl.LayersModel) =>
    ['conv1', 'conv2', 'conv3', 'downsample.0'].map(
      (name) => (model.getLayer(`layer2.0.${name}`).getConfig()['strides'] as number[])[0],
    );
  expect(strides(pytorch)).toEqual([1, 2, 1, 2]);
  expect(strides(caffe)).toEqual([2, 1, 1, 2]);
  expect(torchEntries(caffe).map(({ key }) => key)).toEqual(torchEntries(pytorch).map(({ key }) => key));
  // layer2 to layer4 have planes 128, 256, 512; their first 1x1 has half as many inputs as outputs of the block before.
  const saved = [128, 256, 512].map((planes, i) => 3 * (64 >> i) * (48 >> i) * 0.25 * (2 * planes) * planes);
  expect(countMultiplyAdds(pytorch) - countMultiplyAdds(caffe)).toBe(saved.reduce((a, b) => a + b));
  pytorch.dispose();
  caffe.dispose();
});

test("GluonCV's networks are the same with their own initialisation: MSRAPrelu, the head normal of 0.001", () => {
  const options = { ...SLIM, width: 32, seed: 3 };
  const [model, microsoft] = ['simple_pose_resnet18_v1b', 'pose_resnet18'].map((name) => createModel(name, options));
  expect(torchEntries(model).map(({ key, shape }) => [key, shape])).toEqual(
    torchEntries(microsoft).map(({ key, shape }) => [key, shape]),
  );
  for (const { key, shape, weight } of torchEntries(model).filter((entry) => entry.shape.length === 4)) {
    const [out, into, height, width] = shape;
    const head = /^(deconv_layers|final_layer)/.test(key);
    const expected = head ? 0.001 : Math.sqrt(2 / 1.0625 / (((out + into) * height * width) / 2));
    const values = weight.read().dataSync<'float32'>();
    const spread = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
    expect(Math.abs(spread / expected - 1)).toBeLessThan(5 / Math.sqrt(2 * values.length));
  }
  model.dispose();
  microsoft.dispose();
});

test('ResNet-D: a stem of three 3x3 convolutions, shortcuts that take means', () => {
  const model = createModel('simple_pose_resnet50_v1d', { ...SLIM, seed: null });
  const keys = torchEntries(model).map(({ key, shape }) => `${key} ${shape.join(' ')}`);
  expect(keys.filter((key) => /^conv1.*\d \d/.test(key))).toEqual([
    'conv1.0.weight 4 3 3 3',
    'conv1.3.weight 4 4 3 3',
    'conv1.6.weight 8 4 3 3',
  ]);
  expect(keys).toContain('layer1.0.downsample.1.weight 32 8 1 1');
  expect(keys).toContain('layer2.0.downsample.1.weight 64 32 1 1');
  const pooled = model.layers.filter((layer) => layer.getClassName() === 'AveragePooling2D').map(({ name }) => name);
  expect(pooled).toEqual(['layer2.0.downsample.0', 'layer3.0.downsample.0', 'layer4.0.downsample.0']);
  model.dispose();
  expect(() => createModel('simple_pose_resnet50_v1d', { width: 5 })).toThrow(
    new ModelError('Expected a positive integer for half of the width, found 2.5'),
  );
});

test.each([
  [{ deconvFilters: [8, 0] }, 'Expected deconvFilters to be positive integers, found [8, 0]'],
  [{ deconvKernels: 5 }, 'Expected deconvKernels of 2, 3 or 4, found [5]'],
  [{ deconvKernels: [4, 4, 1] }, 'Expected deconvKernels of 2, 3 or 4, found [4, 4, 1]'],
  [{ deconvKernels: [4, 4] }, 'Expected one of deconvKernels for each of the 3 deconvFilters, found 2'],
  [{ finalKernel: 2 }, 'Expected finalKernel 1 or 3, found 2'],
])('createModel(name, %j) throws', (options, message) => {
  expect(() => createModel('pose_resnet18', options)).toThrow(new ModelError(message));
});
