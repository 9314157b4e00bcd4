import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { createModel, foldBatchNorm, fuseLayers, type FusedNetwork } from '../../src';
import { disturb } from '../disturb';
import { startEngine } from '../engine';

beforeAll(async () => {
  await startEngine();
});

type Symbolic = tfl.SymbolicTensor;
const image = () => tfl.input({ shape: [9, 12, 4] });
const network = (inputs: Symbolic, outputs: Symbolic | Symbolic[]) => tfl.model({ inputs, outputs });
const run = (layer: tfl.layers.Layer, ...inputs: Symbolic[]) =>
  layer.apply(inputs.length === 1 ? inputs[0] : inputs) as Symbolic;

type ConvolutionConfig = Partial<Parameters<typeof tfl.layers.conv2d>[0]>;
const conv = (config: ConvolutionConfig = {}) =>
  tfl.layers.conv2d({
    filters: 4,
    kernelSize: 3,
    padding: 'same',
    kernelInitializer: tfl.initializers.randomNormal({ seed: 1 }),
    biasInitializer: tfl.initializers.randomNormal({ seed: 2, stddev: 1 }),
    ...config,
  });
type DepthwiseConfig = Partial<Parameters<typeof tfl.layers.depthwiseConv2d>[0]>;
const depthwise = (config: DepthwiseConfig = {}) =>
  tfl.layers.depthwiseConv2d({
    kernelSize: 3,
    padding: 'same',
    depthwiseInitializer: tfl.initializers.randomNormal({ seed: 4 }),
    biasInitializer: tfl.initializers.randomNormal({ seed: 5, stddev: 1 }),
    ...config,
  });
const pad = (padding: number | [[number, number], [number, number]] = 1) => tfl.layers.zeroPadding2d({ padding });
const relu = () => tfl.layers.reLU();
const pool = () => tfl.layers.maxPooling2d({ poolSize: 3, strides: 2, padding: 'valid' });

/** Whether a model and what fuseLayers makes of it give the same, and the same gradient towards their input. */
function expectSame(model: tfl.LayersModel, { gradient = true } = {}): void {
  const before = { tensors: tf.memory().numTensors, weights: model.getWeights().map((weight) => weight.dataSync()) };
  const fused = fuseLayers(model);
  const outputs = (net: FusedNetwork, x: tf.Tensor) => [net.apply(x)].flat() as tf.Tensor[];
  const sum = (net: FusedNetwork) => (x: tf.Tensor) => tf.addN(outputs(net, x).map((y) => tf.sum(tf.square(y))));
  tf.tidy(() => {
    const x = tf.randomNormal([2, ...(model.inputs[0].shape.slice(1) as number[])], 0, 1, 'float32', 5);
    const all = (net: FusedNetwork) => [...outputs(net, x), ...(gradient ? [tf.grad(sum(net))(x)] : [])];
    const [plain, quick] = [model, fused].map(all);
    plain.forEach((expected, i) => {
      const error = tf.div(tf.max(tf.abs(tf.sub(expected, quick[i]))), tf.max(tf.abs(expected)));
      expect(error.dataSync()[0]).toBeLessThan(1e-5);
    });
  });
  fused.dispose();
  expect(tf.memory().numTensors).toBe(before.tensors);
  expect(model.getWeights().map((weight) => weight.dataSync())).toEqual(before.weights);
  model.dispose();
}

test.each(['pose_resnet18', 'pose_resnet50'])('fuseLayers(%s) gives the same heatmaps and gradients', (name) => {
  const model = createModel(name, { inputSize: [32, 64], keypoints: 3, deconvFilters: [16, 8], width: 8 });
  disturb(model);
  expectSame(model);
});

test.each<[string, (x: Symbolic) => Symbolic | Symbolic[]]>([
  ['zero padding before a strided convolution', (x) => run(conv({ padding: 'valid', strides: 2 }), run(pad(), x))],
  ['padding wider than the kernel', (x) => run(conv({ padding: 'valid' }), run(pad(4), x))],
  ['padding that differs by side', (x) => run(conv({ padding: 'valid' }), run(pad([[2, 0], [1, 1]]), x))], // prettier-ignore
  ['padding before a convolution that pads as well', (x) => run(conv(), run(pad(), x))],
  [
    'padding that something else takes too',
    (x) => {
      const padded = run(pad(), x);
      return [run(conv({ padding: 'valid' }), padded), padded];
    },
  ],
  ['a convolution without bias', (x) => run(tfl.layers.add(), run(conv({ useBias: false }), x), x)],
  ['a convolution with another activation', (x) => run(tfl.layers.add(), run(conv({ activation: 'tanh' }), x), x)],
  ['a sum', (x) => run(tfl.layers.add(), run(conv(), x), x)],
  [
    'a sum whose second part is a convolution, and its ReLU',
    (x) => run(relu(), run(tfl.layers.add(), x, run(conv(), x))),
  ],
  [
    'a sum with one value for each channel',
    (x) => run(tfl.layers.add(), run(conv(), x), run(tfl.layers.averagePooling2d({ poolSize: [9, 12] }), x)),
  ],
  ['a sum of two convolutions', (x) => run(relu(), run(tfl.layers.add(), run(conv(), x), run(conv(), x)))],
  ['a sum of three', (x) => run(relu(), run(tfl.layers.add(), run(conv(), x), x, x))],
  ['a convolution with ReLU before a sum', (x) => run(tfl.layers.add(), run(conv({ activation: 'relu' }), x), x)],
  ['a sum with its convolution twice', (x) => {
    const y = run(conv(), x);
    return run(tfl.layers.add(), y, y);
  }], // prettier-ignore
  [
    'a sum that is an output, with a ReLU',
    (x) => {
      const sum = run(tfl.layers.add(), run(conv(), x), x);
      return [sum, run(relu(), sum)];
    },
  ],
  [
    'a sum with a bounded ReLU',
    (x) => run(tfl.layers.reLU({ maxValue: 0.5 }), run(tfl.layers.add(), run(conv(), x), x)),
  ],
  ['maximum after padding, where values are negative', (x) => run(pool(), run(pad(), x))],
  ['maximum after padding and ReLU', (x) => run(pool(), run(pad(), run(relu(), x)))],
  [
    'maximum after padding, convolution and ReLU',
    (x) => run(pool(), run(pad(2), run(conv({ activation: 'relu' }), x))),
  ],
  ['maximum over nothing but padding', (x) => run(pool(), run(pad(3), run(relu(), x)))],
  [
    'a transposed convolution',
    (x) => {
      const biasInitializer = tfl.initializers.randomNormal({ seed: 3, stddev: 1 });
      return run(
        tfl.layers.conv2dTranspose({ filters: 3, kernelSize: 4, strides: 2, padding: 'same', biasInitializer }),
        x,
      );
    },
  ],
  ['a depthwise convolution', (x) => run(relu(), run(depthwise(), x))],
  ['zero padding before a strided depthwise convolution', (x) => run(depthwise({ strides: 2, padding: 'valid' }), run(pad(), x))], // prettier-ignore
  ['a depthwise convolution with another activation', (x) => run(depthwise({ activation: 'tanh' }), x)],
  ['a depthwise convolution with several outputs per channel', (x) => run(depthwise({ depthMultiplier: 2 }), x)],
])('fuseLayers: %s', (_, build) => {
  const x = image();
  expectSame(network(x, build(x)));
});

test('a bounded ReLU after a batch norm stays', () => {
  const x = image();
  const norm = tfl.layers.batchNormalization();
  const model = network(x, run(tfl.layers.reLU({ maxValue: 0.2 }), run(norm, run(conv(), x))));
  disturb(model);
  expect(foldBatchNorm(model).layers.map((layer) => layer.getClassName())).toContain('ReLU');
  expectSame(model);
});

test('a batch norm after a depthwise convolution becomes part of it, and the ReLU after both', () => {
  const x = image();
  const norm = tfl.layers.batchNormalization();
  const model = network(x, run(relu(), run(norm, run(depthwise({ useBias: false }), x))));
  disturb(model);
  expect(foldBatchNorm(model).layers.map((layer) => layer.getClassName())).toEqual(['InputLayer', 'DepthwiseConv2D']);
  expectSame(model);
});

test('a dilated convolution is left as it is', () => {
  const x = image();
  const model = network(x, run(conv({ dilationRate: 2, padding: 'valid' }), run(pad(2), x)));
  expectSame(model, { gradient: false }); // tf.layers has none
});

test('a network for images of any size', () => {
  const x = tfl.input({ shape: [null, null, 4] });
  const sum = run(tfl.layers.add(), run(conv(), x), x);
  const model = network(
    x,
    run(tfl.layers.conv2dTranspose({ filters: 2, kernelSize: 4, strides: 2, padding: 'same' }), sum),
  );
  const fused = fuseLayers(model);
  for (const size of [4, 6]) {
    const [expected, actual] = [model, fused].map((net) =>
      tf.tidy(() => (net.apply(tf.ones([1, size, size, 4])) as tf.Tensor).dataSync()),
    );
    expect(actual).toHaveLength(4 * size * size * 2);
    actual.forEach((value, i) => expect(value).toBeCloseTo(expected[i], 5));
  }
});
