import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { createModel, registerLayers, torchEntries } from '../src';
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
  test('saved and loaded by plain tf.layers, it gives the same output to the last bit', async () => {
    const before = tf.memory().numTensors;
    const model = createModel(name, options);
    disturb(model);
    const saved = await savedArtifacts(model);
    const classes = new Set(model.layers.map((layer) => layer.getClassName()));
    expect([...classes].filter((each) => !PLAIN.test(each))).toEqual(name.startsWith('stn_') ? ['AffineSampler'] : []);
    if (name.startsWith('stn_')) registerLayers();
    const loaded = await tfl.loadLayersModel(tf.io.fromMemory(saved));
    const x = tf.randomNormal([2, ...(model.inputs[0].shape.slice(1) as number[])], 0, 1, 'float32', 1);
    const run = (each: tfl.LayersModel) =>
      tf.tidy(() => ([each.predict(x)].flat() as tf.Tensor[]).map((output) => output.dataSync()));
    const outputs = run(model);
    expect(outputs.every((values) => values.some((value) => value !== 0))).toBe(true);
    expect(run(loaded)).toEqual(outputs);

    const keys = (each: tfl.LayersModel) => torchEntries(each).map(({ key }) => key).sort(); // prettier-ignore
    expect(keys(loaded)).toEqual(keys(model));
    expect(torchDifferences(loaded)).toEqual(torchDifferences(model));
    x.dispose();
    [model, loaded].forEach((each) => each.dispose());
    expect(tf.memory().numTensors).toBe(before);
  });
});
