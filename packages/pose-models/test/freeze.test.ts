import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { countParameters, createModel, freeze, ModelError, unfreeze } from '../src';
import { startEngine } from './engine';

let model: tfl.LayersModel;

beforeAll(async () => {
  await startEngine();
  model = createModel('pose_resnet18', { inputSize: [32, 32], keypoints: 2, deconvFilters: [8], width: 8 });
});
afterAll(() => model.dispose());

const values = () => new Map(model.weights.map((weight) => [weight.originalName, weight.read().dataSync()]));

test('freeze(model, pattern) keeps matching layers, their statistics included, as they are; the rest learns', () => {
  const all = countParameters(model);
  const frozen = freeze(model, /^(conv1|bn1|layer1\.)/);
  expect(frozen).toContain('layer1.0.bn1');
  expect(countParameters(model)).toEqual({ ...all, trainable: all.trainable - 1176 - 16 - 4 * (576 + 16) });

  const before = values();
  const adam = tf.train.adam(1e-2);
  const x = tf.randomNormal([2, 32, 32, 3], 0, 1, 'float32', 1);
  const variables = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
  adam.minimize(
    () => tf.mean(tf.square(model.apply(x, { training: true }) as tf.Tensor)) as tf.Scalar,
    false,
    variables,
  );
  for (const [name, value] of values()) {
    const isFrozen = frozen.includes(name.slice(0, name.lastIndexOf('/')));
    expect([name, tf.util.arraysEqual(value, before.get(name) as Float32Array)]).toEqual([name, isFrozen]);
  }
  adam.dispose();
  x.dispose();

  expect(unfreeze(model, /^(conv1|bn1|layer1\.)/)).toEqual(frozen);
  expect(countParameters(model)).toEqual(all);
});

test('a pattern with the g flag matches every name from its start', () => {
  expect(freeze(model, /bn1$/g)).toEqual(unfreeze(model, /bn1$/));
});

test('freeze(model, pattern) refuses a pattern that matches nothing', () => {
  expect(() => freeze(model, /^backbone\./)).toThrow(ModelError);
  expect(() => freeze(model, /^backbone\./)).toThrow(
    'Expected a pattern of layer names such as conv1, bn1, layer1.0.conv1, found /^backbone\\./, which matches none of pose_resnet18',
  );
});
