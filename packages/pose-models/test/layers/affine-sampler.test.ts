import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { AffineSampler, ModelError, registerLayers } from '../../src';
import { invertAffine, sampleAffine } from '../../src/layers/sample-affine';
import { startEngine } from '../engine';
import torch from './fixtures/affine_sampler.json';

beforeAll(async () => {
  await startEngine();
});

const SHAPE = torch.shape as [number, number, number, number];
const images = () => tf.tensor4d(torch.images, SHAPE);
const theta = () => tf.tensor2d(torch.theta, [SHAPE[0], 6]);
const IDENTITY = [1, 0, 0, 0, 1, 0];

/** grid_sample of affine_grid in a loop. */
function sampleInLoop(pixels: readonly number[], matrices: readonly number[], [n, h, w, c]: readonly number[]) {
  const result: number[] = [];
  const pixel = (i: number, y: number, x: number, k: number) =>
    y < 0 || y >= h || x < 0 || x >= w ? 0 : pixels[((i * h + y) * w + x) * c + k];
  for (let i = 0; i < n; i++)
    for (let row = 0; row < h; row++)
      for (let column = 0; column < w; column++) {
        const [a, b, tx, d, e, ty] = matrices.slice(6 * i);
        const [u, v] = [(2 * column + 1) / w - 1, (2 * row + 1) / h - 1];
        const x = ((a * u + b * v + tx + 1) * w - 1) / 2;
        const y = ((d * u + e * v + ty + 1) * h - 1) / 2;
        const [x0, y0] = [Math.floor(x), Math.floor(y)];
        for (let k = 0; k < c; k++) {
          let sum = 0;
          for (const dy of [0, 1])
            for (const dx of [0, 1]) {
              sum += pixel(i, y0 + dy, x0 + dx, k) * (1 - Math.abs(x0 + dx - x)) * (1 - Math.abs(y0 + dy - y));
            }
          result.push(sum);
        }
      }
  return result;
}

test('sampleAffine(images, theta) equals a loop over pixels', () => {
  const shape = [2, 6, 4, 3];
  const values = Float32Array.from({ length: 2 * 6 * 4 * 3 }, (_, i) => Math.sin(i * i));
  for (const matrices of [
    [0.9, 0.2, -0.1, -0.3, 1.2, 0.05, 2, 0, 0.3, 0, 3, -0.7], // turned; shrunk, with much of what is outside
    [1, 0, 0.5, 0, 1, -1 / 3, -1, 0, 0, 0, -1, 0], // moved by a whole pixel; turned by half a turn
    [1, 0, 40, 0, 1, -1e9, 0, 0, 0, 0, 0, 0], // far outside; one point for all
  ]) {
    const found = tf.tidy(() =>
      sampleAffine(
        tf.tensor4d(values, shape as [number, number, number, number]),
        tf.tensor2d(matrices, [2, 6]),
      ).dataSync(),
    );
    const expected = sampleInLoop(Array.from(values), matrices, shape);
    expect(found).toHaveLength(expected.length);
    expected.forEach((value, i) => expect(found[i]).toBeCloseTo(value, 5));
  }
});

test('sampleAffine(images, identity) gives the images back bit by bit', () => {
  const x = tf.randomNormal<tf.Rank.R4>([2, 96, 72, 3], 0, 1, 'float32', 1);
  const y = tf.tidy(() => sampleAffine(x, tf.tensor2d([IDENTITY, IDENTITY])));
  expect(tf.util.arraysEqual(y.dataSync(), x.dataSync())).toBe(true);
  tf.dispose([x, y]);
});

test.each([
  ['forward', false],
  ['inverse', true],
] as const)("sampling %s: output and both gradients are PyTorch's", (name, inverse) => {
  const expected = torch[name];
  const sample = (x: tf.Tensor, t: tf.Tensor) =>
    sampleAffine(x as tf.Tensor4D, inverse ? invertAffine(t as tf.Tensor2D) : (t as tf.Tensor2D));
  const before = tf.memory().numTensors;
  const found = tf.tidy(() => {
    const [dx, dtheta] = tf.grads(sample)([images(), theta()], tf.tensor4d(torch.weights, SHAPE));
    return [sample(images(), theta()), dx, dtheta].map((tensor) => tensor.dataSync());
  });
  [expected.output, expected.imageGradient, expected.thetaGradient].forEach((values, i) => {
    const scale = Math.max(...values.map(Math.abs));
    expect(found[i]).toHaveLength(values.length);
    values.forEach((value, j) => expect(Math.abs(found[i][j] - value) / scale).toBeLessThan(2e-6));
  });
  expect(tf.memory().numTensors).toBe(before);
});

test('invertAffine(theta) is the inverse of the 3x3 matrices', () => {
  const found = tf.tidy(() => invertAffine(theta()).dataSync());
  torch.inverse.theta.forEach((value, i) => expect(found[i]).toBeCloseTo(value, 5));
});

test('the gradients of sampleAffine(images, theta) are finite differences', () => {
  const shape: [number, number, number, number] = [1, 6, 5, 2];
  // A smooth image, so that differences over float32 say something.
  const pixels = Float32Array.from({ length: 60 }, (_, i) => Math.cos(i / 9));
  const matrix = [0.7, 0.1, 0.05, -0.15, 0.6, 0.1];
  const weights = tf.tensor4d(
    Float32Array.from({ length: 60 }, (_, i) => Math.sin(i)),
    shape,
  );
  const objective = (x: tf.Tensor, t: tf.Tensor): tf.Scalar =>
    tf.sum(tf.mul(sampleAffine(x as tf.Tensor4D, t as tf.Tensor2D), weights));
  const at = (x: ArrayLike<number>, t: number[]) =>
    tf.tidy(() => objective(tf.tensor4d(Float32Array.from(x), shape), tf.tensor2d(t, [1, 6])).dataSync()[0]);
  const [dx, dtheta] = tf.tidy(() =>
    tf
      .grads(objective)([tf.tensor4d(pixels, shape), tf.tensor2d(matrix, [1, 6])])
      .map((grad) => grad.dataSync()),
  );
  const bump = (values: ArrayLike<number>, i: number, by: number) =>
    Array.from(values).map((value, j) => (i === j ? value + by : value));
  for (const i of [0, 17, 29, 44, 59]) {
    const difference = (at(bump(pixels, i, 0.1), matrix) - at(bump(pixels, i, -0.1), matrix)) / 0.2;
    expect(dx[i]).toBeCloseTo(difference, 4);
  }
  matrix.forEach((_, i) => {
    const difference = (at(pixels, bump(matrix, i, 1e-3)) - at(pixels, bump(matrix, i, -1e-3))) / 2e-3;
    expect(Math.abs(dtheta[i] - difference)).toBeLessThan(0.02 * Math.max(...dtheta.map(Math.abs)));
  });
  weights.dispose();
});

/** A model of one sampler. */
function oneSampler(inverse: boolean): tfl.LayersModel {
  const [image, matrix] = [tfl.input({ shape: SHAPE.slice(1) }), tfl.input({ shape: [6] })];
  const output = new AffineSampler({ name: 'sampler', inverse }).apply([image, matrix]) as tfl.SymbolicTensor;
  return tfl.model({ inputs: [image, matrix], outputs: output });
}

test('AffineSampler is a layer of two inputs that loads once registerLayers() is called', async () => {
  const engine = tf.getBackend();
  await tf.setBackend('cpu');
  for (const inverse of [false, true]) {
    const model = oneSampler(inverse);
    expect(model.outputs[0].shape).toEqual([null, ...SHAPE.slice(1)]);
    const topology = JSON.parse(model.toJSON() as string);
    registerLayers();
    const loaded = await tfl.models.modelFromJSON({ modelTopology: topology });
    expect(loaded.getLayer('sampler').getConfig()).toMatchObject({ name: 'sampler', inverse });
    const [a, b] = tf.tidy(() =>
      [model, loaded].map((one) => (one.predict([images(), theta()]) as tf.Tensor).dataSync()),
    );
    expect(tf.util.arraysEqual(a, b)).toBe(true);
  }
  await tf.setBackend(engine);
});

test('AffineSampler refuses inputs of other shapes', () => {
  const [image, matrix] = [tfl.input({ shape: [4, 4, 3] }), tfl.input({ shape: [5] })];
  expect(() => new AffineSampler({ name: 'sampler' }).apply([image, matrix])).toThrow(
    new ModelError('Expected inputs [N, H, W, C] and [N, 6] for layer sampler, found [[null,4,4,3],[null,5]]'),
  );
});
