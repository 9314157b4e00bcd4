import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { createModel, getTorchWeights, ModelError, setTorchWeights, torchEntries } from '../../src';
import { startEngine } from '../engine';

beforeAll(async () => {
  await startEngine();
});

const SMALL = { inputSize: [32, 32], keypoints: 2, deconvFilters: [4] } as const;

test('getTorchWeights(model) gives back what setTorchWeights(model, read) took', async () => {
  const model = createModel('pose_resnet18', { ...SMALL, seed: null });
  const before = tf.memory().numTensors;
  const given = new Map<string, Float32Array>();
  setTorchWeights(model, (key, shape) => {
    const values = Float32Array.from({ length: tf.util.sizeFromShape([...shape]) }, (_, i) => given.size + i / 16);
    given.set(key, values);
    return values;
  });
  const back = await getTorchWeights(model);
  expect([...back.keys()]).toEqual(torchEntries(model).map(({ key }) => key));
  for (const [key, values] of given) expect(tf.util.arraysEqual(back.get(key) as Float32Array, values)).toBe(true);
  expect(tf.memory().numTensors).toBe(before);
  model.dispose();
});

/** A model of one convolution with PyTorch's weight (2, 3, 4, 4), whose input has `channels`. */
function oneConvolution(layer: tfl.layers.Layer, channels: number): tfl.LayersModel {
  const input = tfl.input({ shape: [5, 6, channels] });
  return tfl.model({ inputs: input, outputs: layer.apply(input) as tfl.SymbolicTensor });
}

const WEIGHT = Float32Array.from({ length: 2 * 3 * 16 }, (_, i) => Math.sin(i * i));
const torchWeight = (a: number, b: number, y: number, x: number) => WEIGHT[((a * 3 + b) * 4 + y) * 4 + x];

test('a convolution weight is (out, in, kh, kw) and not flipped', () => {
  const model = oneConvolution(tfl.layers.conv2d({ name: 'conv', filters: 2, kernelSize: 4, useBias: false }), 3);
  setTorchWeights(model, () => WEIGHT);
  const input = Float32Array.from({ length: 5 * 6 * 3 }, (_, i) => Math.cos(i));
  const output = tf.tidy(() => (model.apply(tf.tensor4d(input, [1, 5, 6, 3])) as tf.Tensor).dataSync());
  const expected: number[] = [];
  for (let y = 0; y < 2; y++)
    for (let x = 0; x < 3; x++)
      for (let o = 0; o < 2; o++) {
        let sum = 0;
        for (let c = 0; c < 3; c++)
          for (let ky = 0; ky < 4; ky++)
            for (let kx = 0; kx < 4; kx++) {
              sum += input[((y + ky) * 6 + x + kx) * 3 + c] * torchWeight(o, c, ky, kx);
            }
        expected.push(sum);
      }
  expected.forEach((value, i) => expect(output[i]).toBeCloseTo(value, 4));
  model.dispose();
});

test('a transposed convolution weight is (in, out, kh, kw) and scatters: input i adds into outputs 2i - 1 + t', () => {
  const layer = tfl.layers.conv2dTranspose({
    name: 'deconv',
    filters: 3,
    kernelSize: 4,
    strides: 2,
    padding: 'same',
    useBias: false,
  });
  const model = oneConvolution(layer, 2);
  setTorchWeights(model, () => WEIGHT);
  const input = Float32Array.from({ length: 5 * 6 * 2 }, (_, i) => Math.cos(i));
  const output = tf.tidy(() => (model.apply(tf.tensor4d(input, [1, 5, 6, 2])) as tf.Tensor).dataSync());
  const expected = new Float64Array(10 * 12 * 3);
  for (let y = 0; y < 5; y++)
    for (let x = 0; x < 6; x++)
      for (let c = 0; c < 2; c++) {
        for (let o = 0; o < 3; o++)
          for (let ky = 0; ky < 4; ky++)
            for (let kx = 0; kx < 4; kx++) {
              const [oy, ox] = [2 * y - 1 + ky, 2 * x - 1 + kx];
              if (oy < 0 || oy >= 10 || ox < 0 || ox >= 12) continue;
              expected[(oy * 12 + ox) * 3 + o] += input[(y * 6 + x) * 2 + c] * torchWeight(c, o, ky, kx);
            }
      }
  expected.forEach((value, i) => expect(output[i]).toBeCloseTo(value, 4));
  model.dispose();
});

test('setTorchWeights(...) changes nothing when one tensor does not fit', () => {
  const model = createModel('pose_resnet18', { ...SMALL, seed: null });
  const set = (wrong: string, values: Float32Array) =>
    setTorchWeights(model, (key, shape) =>
      key === wrong ? values : new Float32Array(tf.util.sizeFromShape([...shape])).fill(5),
    );
  expect(() => set('final_layer.weight', new Float32Array(9))).toThrow(
    new ModelError('Expected 8 values (2, 4, 1, 1) for final_layer.weight, found 9'),
  );
  expect(() => set('bn1.bias', new Float32Array(64).fill(Number.NaN, 3))).toThrow(
    new ModelError('Expected finite values for bn1.bias, found NaN at index 3'),
  );
  expect(model.getLayer('bn1').getWeights()[0].dataSync()[0]).toBe(1);
  model.dispose();
});

test('torchEntries(model) refuses a layer that it does not know', () => {
  const model = oneConvolution(tfl.layers.separableConv2d({ name: 'sep', filters: 2, kernelSize: 3 }), 3);
  expect(() => torchEntries(model)).toThrow(
    new ModelError('Expected a layer that PyTorch has, found weight sep/depthwise_kernel of a SeparableConv2D'),
  );
  model.dispose();
});
