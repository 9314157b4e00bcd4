import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { createModel, foldBatchNorm, fuseLayers, registerLayers, torchEntries, type FusedNetwork } from '../src';
import { torchDifferences } from '../src/torch/torch-differences';
import { disturb } from './disturb';
import { startEngine } from './engine';
import { savedArtifacts } from './save-model';
import { SMALL_MODELS } from './small-models';

beforeAll(async () => {
  await startEngine();
});

/** Layer classes that plain TensorFlow.js has. */
const PLAIN = /^(Activation|Add|AveragePooling2D|BatchNormalization|Concatenate|Conv2D|Conv2DTranspose|Cropping2D|Dense|DepthwiseConv2D|Flatten|InputLayer|MaxPooling2D|Multiply|Permute|ReLU|Reshape|UpSampling2D|ZeroPadding2D)$/; // prettier-ignore

describe.each(SMALL_MODELS)('%s', (name, options) => {
  let model: tfl.LayersModel;
  let images: tf.Tensor;

  beforeAll(() => {
    model = createModel(name, options);
    disturb(model);
    images = tf.randomNormal([2, ...(model.inputs[0].shape.slice(1) as number[])], 0, 1, 'float32', 1);
  });

  afterAll(() => {
    images.dispose();
    model.dispose();
  });

  const predict = (network: FusedNetwork) =>
    tf.tidy(() => ([network.predict(images)].flat() as tf.Tensor[]).map((output) => output.dataSync<'float32'>()));

  test('saved and loaded by plain tf.layers, it gives the same output to the last bit', async () => {
    const classes = new Set(model.layers.map((layer) => layer.getClassName()));
    expect([...classes].filter((each) => !PLAIN.test(each))).toEqual(name.startsWith('stn_') ? ['AffineSampler'] : []);
    if (name.startsWith('stn_')) registerLayers();
    const loaded = await tfl.loadLayersModel(tf.io.fromMemory(await savedArtifacts(model)));
    const outputs = predict(model);
    expect(outputs.every((values) => values.some((value) => value !== 0))).toBe(true);
    expect(predict(loaded)).toEqual(outputs);
    const keys = (each: tfl.LayersModel) => torchEntries(each).map(({ key }) => key).sort(); // prettier-ignore
    expect(keys(loaded)).toEqual(keys(model));
    expect(torchDifferences(loaded)).toEqual(torchDifferences(model));
    loaded.dispose();
  });

  test('folded and fused it predicts the same, without a batch norm after a convolution', () => {
    const expected = predict(model);
    for (const network of [foldBatchNorm(model), fuseLayers(model)]) {
      predict(network).forEach((values, i) => {
        const scale = expected[i].reduce((max, value) => Math.max(max, Math.abs(value)), 0);
        const worst = values.reduce((max, value, at) => Math.max(max, Math.abs(value - expected[i][at])), 0);
        expect(worst / scale).toBeLessThan(1e-4);
      });
      network.dispose();
    }
  });

  test('a training step gives every trainable weight a finite gradient, most of them not zero, and keeps nothing', () => {
    const tensors = tf.memory().numTensors;
    const { value, grads } = tf.variableGrads(() => {
      const outputs = [model.apply(images, { training: true })].flat() as tf.Tensor[];
      return tf.addN(outputs.map((output) => tf.mean(tf.square(tf.sub(output, 1))))) as tf.Scalar;
    });
    expect(Object.keys(grads).sort()).toEqual(model.trainableWeights.map((weight) => weight.name).sort());
    const norms = tf.tidy(() => Object.values(grads).map((gradient) => tf.norm(gradient).dataSync()[0]));
    expect(norms.filter((norm) => !Number.isFinite(norm))).toEqual([]);
    expect(norms.filter((norm) => norm > 0).length).toBeGreaterThan(0.9 * norms.length);
    tf.dispose([value, grads]);
    expect(tf.memory().numTensors).toBe(tensors);
  });

  test('all of it is disposed of with the model', () => {
    const tensors = tf.memory().numTensors;
    createModel(name, { ...options, seed: null }).dispose();
    expect(tf.memory().numTensors).toBe(tensors);
  });
});
