import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { createModel, ModelError, setTorchWeights, torchEntries } from '../../src';
import { sampleAffine } from '../../src/layers/sample-affine';
import { startEngine } from '../engine';
import { formulaInput, formulaWeight, goldenOptions, type GoldenCase } from '../golden';
import { goldenLoss, nhwc } from '../golden-loss';
import { trainOnce } from '../train-once';
import fixture from './fixtures/stn_deeplab_resnet18.json';

beforeAll(async () => {
  await startEngine();
});

const SLIM = { inputSize: [24, 32], keypoints: 3, width: 8 } as const;
const IDENTITY = [1, 0, 0, 0, 1, 0];

test('a fresh network transforms nothing: it predicts what the network within predicts', () => {
  const [model, within] = ['stn_deeplab_resnet18', 'deeplab_resnet18'].map((name) => createModel(name, SLIM));
  const x = tf.randomNormal([2, 32, 24, 3], 0, 1, 'float32', 1);
  const theta = tfl.model({ inputs: model.inputs, outputs: model.getLayer('fc_loc.2').output });
  const [a, b, c] = tf.tidy(() =>
    [model, within, theta].map((one) => Array.from((one.predict(x) as tf.Tensor).dataSync())),
  );
  expect(a).toEqual(b);
  expect(c).toEqual([...IDENTITY, ...IDENTITY]);
  x.dispose();
  model.dispose();
  within.dispose();
});

test('a training step gives every weight a finite gradient, and that of the transformation is not zero', () => {
  const model = createModel('stn_deeplab_resnet18', SLIM);
  const gradients = trainOnce(model);
  expect([...gradients.keys()].sort()).toEqual(model.trainableWeights.map(({ name }) => name).sort());
  for (const gradient of gradients.values()) expect(gradient.every(Number.isFinite)).toBe(true);
  const bias = gradients.get(model.getLayer('fc_loc.2').weights[1].name)!;
  expect(bias.filter((value) => value !== 0)).toHaveLength(6);
  model.dispose();
});

test('keypoints are found where they are in the image that came in', () => {
  // A bright spot, a network that sees spots (by a mean over 4x4 pixels), and a transformation with a zoom and a shift.
  const model = createModel('stn_deeplab_resnet18', { ...SLIM, inputSize: [64, 64], keypoints: 1 });
  const bias = tf.tensor1d([0.8, 0.1, 0.1, -0.1, 0.8, -0.15]);
  const [kernel] = model.getLayer('fc_loc.2').getWeights();
  model.getLayer('fc_loc.2').setWeights([kernel, bias]);
  const spot = (size: number, x: number, y: number) =>
    Float32Array.from({ length: size * size }, (_, p) =>
      Math.exp(-(((p % size) - x) ** 2 + (Math.floor(p / size) - y) ** 2) / (0.005 * size * size)),
    );
  const [found, plain] = tf.tidy(() => {
    const image = tf.tensor4d(spot(64, 37.5, 25.5), [1, 64, 64, 1]);
    const theta = tf.reshape(bias, [1, 6]) as tf.Tensor2D;
    const seen = tf.avgPool(sampleAffine(image, theta), 4, 4, 'valid');
    const back = model.getLayer('stn.sample_back').apply([seen, theta]) as tf.Tensor;
    return [back, tf.avgPool(image, 4, 4, 'valid')].map((map) => map.dataSync());
  });
  const peak = (values: ArrayLike<number>) => Array.from(values).indexOf(Math.max(...Array.from(values)));
  expect(peak(found)).toBe(peak(plain));
  bias.dispose();
  model.dispose();
});

describe("as PyTorch's, from its own weights", () => {
  const golden = fixture as unknown as GoldenCase;
  let model: tfl.LayersModel;
  let image: tf.Tensor4D;

  beforeAll(() => {
    model = createModel(golden.model, { ...goldenOptions(golden), seed: null });
    // The formula's, but near the identity: see the fixture's note.
    setTorchWeights(model, (key, shape) => {
      const values = formulaWeight(key, shape, golden.g);
      if (key === 'fc_loc.2.weight') return values.map((value) => 0.1 * value);
      return key === 'fc_loc.2.bias' ? values.map((value, i) => value + IDENTITY[i]) : values;
    });
    image = nhwc(formulaInput(golden.input_shape), golden.input_shape);
  });
  afterAll(() => {
    tf.dispose(image);
    model.dispose();
  });

  test('state_dict keys and shapes', () => {
    const found = torchEntries(model).map(({ key, shape }) => `${key} ${shape.join(' ')}`);
    const expected = golden.state_dict.filter(([, shape]) => shape.length > 0);
    expect(found.sort()).toEqual(expected.map(([key, shape]) => `${key} ${shape.join(' ')}`).sort());
  });

  test('eval mode: outputs', () => {
    const [expected] = golden.eval64.outputs;
    const found = tf.tidy(() => tf.transpose(model.predict(image) as tf.Tensor, [0, 3, 1, 2]).dataSync());
    const difference = expected.samples.map(([index, value]) => found[index] - value);
    expect(l2(difference) / l2(expected.samples.map(([, value]) => value))).toBeLessThan(1e-5);
    expect(l2(found) / expected.l2).toBeCloseTo(1, 5);
  });

  test('train mode: loss and gradients', () => {
    const loss = goldenLoss(golden);
    const { value, grads } = tf.variableGrads(() => loss([model.apply(image, { training: true }) as tf.Tensor4D]));
    expect(Math.abs(value.dataSync()[0] / golden.train64.loss - 1)).toBeLessThan(1e-5);
    const variables = new Map(torchEntries(model).map(({ key, weight }) => [key, weight.name]));
    const deviations = golden.train.grads.map(([key], i) =>
      Math.abs(l2(grads[variables.get(key)!].dataSync()) / (golden.train64.grad_l2[i] as number) - 1),
    );
    expect(deviations).toHaveLength(Object.keys(grads).length);
    expect(deviations.sort((a, b) => a - b)[deviations.length >> 1]).toBeLessThan(1e-3);
    expect(Math.max(...deviations)).toBeLessThan(0.1);
    tf.dispose([value, grads]);
  });
});

test('an input that the localisation network uses up is refused', () => {
  expect(() => createModel('stn_deeplab_resnet50', { inputSize: [64, 16] })).toThrow(
    new ModelError('Expected inputSize [width, height] of at least 18 for the localisation network, found [64, 16]'),
  );
});

function l2(values: ArrayLike<number>): number {
  return Math.sqrt(Array.from(values).reduce((sum, value) => sum + value * value, 0));
}
