import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { BatchNorm, createModel, foldBatchNorm, ModelError } from '../../src';
import { disturb } from '../disturb';
import { startEngine } from '../engine';

beforeAll(async () => {
  await startEngine();
});

/** Largest difference of the last outputs for one input, relative to the largest output. */
function difference(a: tfl.LayersModel, b: tfl.LayersModel): number {
  return tf.tidy(() => {
    const x = tf.randomNormal([2, ...(a.inputs[0].shape.slice(1) as number[])], 0, 1, 'float32', 5);
    const [y, z] = [a, b].map((model) => [model.apply(x)].flat().at(-1) as tf.Tensor);
    return tf.div(tf.max(tf.abs(tf.sub(y, z))), tf.max(tf.abs(y))).dataSync()[0];
  });
}

test.each(['pose_resnet18', 'pose_resnet50'])(
  'foldBatchNorm(%s) gives the same heatmaps without a batch normalisation, and leaves the model as it was',
  (name) => {
    const model = createModel(name, { inputSize: [32, 64], keypoints: 3, deconvFilters: [16, 8], width: 8 });
    disturb(model);
    const before = { tensors: tf.memory().numTensors, weights: model.getWeights().map((weight) => weight.dataSync()) };
    const folded = foldBatchNorm(model);
    expect(difference(model, folded)).toBeLessThan(1e-5);
    const classes = folded.layers.map((layer) => layer.getClassName());
    expect(classes).not.toContain('BatchNormalization');
    const sums = classes.filter((className) => className === 'Add').length;
    expect(classes.filter((className) => className === 'ReLU')).toHaveLength(sums); // those after a sum have no convolution to go into
    folded.dispose();
    expect(tf.memory().numTensors).toBe(before.tensors);
    expect(model.getWeights().map((weight) => weight.dataSync())).toEqual(before.weights);
    model.dispose();
  },
);

test('a folded model is plain tf.layers: built again from its JSON it gives the same', async () => {
  const model = createModel('pose_resnet18', { inputSize: [32, 32], keypoints: 2, deconvFilters: [8], width: 8 });
  disturb(model);
  const folded = foldBatchNorm(model);
  const config = JSON.parse(folded.toJSON() as string) as object;
  const loaded = await tfl.models.modelFromJSON({ modelTopology: config } as tf.io.ModelJSON);
  loaded.setWeights(folded.getWeights());
  expect(difference(folded, loaded)).toBe(0);
  [model, folded, loaded].forEach((each) => each.dispose());
});

test('what cannot be folded stays: a convolution with two followers, an activation before, several outputs', () => {
  const image = tfl.input({ shape: [8, 8, 3] });
  const conv = (name: string, activation?: 'sigmoid') =>
    tfl.layers.conv2d({ name, filters: 4, kernelSize: 3, padding: 'same', activation });
  const first = conv('first').apply(image) as tfl.SymbolicTensor;
  const normed = new BatchNorm({ name: 'norm1' }).apply(first) as tfl.SymbolicTensor;
  const sum = tfl.layers.add().apply([first, normed]) as tfl.SymbolicTensor;
  const second = conv('second', 'sigmoid').apply(sum) as tfl.SymbolicTensor;
  const after = new BatchNorm({ name: 'norm2' }).apply(second) as tfl.SymbolicTensor;
  const third = conv('third').apply(after) as tfl.SymbolicTensor;
  const last = new BatchNorm({ name: 'norm3' }).apply(third) as tfl.SymbolicTensor;
  const model = tfl.model({ inputs: image, outputs: [last, third] });
  disturb(model);
  const folded = foldBatchNorm(model);
  expect(folded.layers.filter((layer) => layer.getClassName() === 'BatchNormalization')).toHaveLength(3);
  const x = tf.ones([1, 8, 8, 3]);
  const [expected, actual] = [model, folded].map((each) => (each.apply(x) as tf.Tensor[]).map((y) => y.dataSync()));
  actual.forEach((values, i) => values.forEach((value, j) => expect(value).toBeCloseTo(expected[i][j], 5)));
});

test('a convolution with a bias keeps it', () => {
  const image = tfl.input({ shape: [6, 5, 2] });
  const bias = tfl.initializers.randomNormal({ seed: 3 });
  const conv = tfl.layers.conv2d({ filters: 3, kernelSize: 1, biasInitializer: bias }).apply(image);
  const model = tfl.model({
    inputs: image,
    outputs: new BatchNorm({ name: 'norm' }).apply(conv) as tfl.SymbolicTensor,
  });
  disturb(model);
  expect(difference(model, foldBatchNorm(model))).toBeLessThan(1e-5);
});

test('a convolution with a bias and no batch norm takes up the ReLU after it', () => {
  const model = createModel('openpose_vgg19', { inputSize: [16, 16], keypoints: 1, limbs: 1, stages: 1 });
  const folded = foldBatchNorm(model);
  expect(folded.layers.map((layer) => layer.getClassName())).not.toContain('ReLU');
  expect(difference(model, folded)).toBeLessThan(1e-5);
  [model, folded].forEach((each) => each.dispose());
});

test('a layer that is used twice is refused by name', () => {
  const image = tfl.input({ shape: [4, 4, 3] });
  const twice = tfl.layers.reLU({ name: 'twice' });
  const model = tfl.model({ inputs: image, outputs: twice.apply(twice.apply(image)) as tfl.SymbolicTensor });
  expect(() => foldBatchNorm(model)).toThrow(ModelError);
  expect(() => foldBatchNorm(model)).toThrow('Expected every layer to be used once, found twice used 2 times');
});
