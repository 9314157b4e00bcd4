import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { countMultiplyAdds, countParameters, createModel, listModels, ModelError, torchEntries } from '../src';
import { PUBLISHED_RESULTS } from '../src/published-results';
import { startEngine } from './engine';

/** Small enough to compute with. */
const SMALL = { inputSize: [32, 64], keypoints: 3, deconvFilters: [8, 4] } as const;

let small: tfl.LayersModel;

beforeAll(async () => {
  await startEngine();
  small = createModel('pose_resnet18', SMALL);
});
afterAll(() => small.dispose());

test.each(listModels())(
  'createModel($name) has the listed size and predicts keypoints from the listed input',
  ({ name, params, macs, input, source }) => {
    const model = createModel(name, { seed: null });
    expect({ params: countParameters(model).total, macs: countMultiplyAdds(model) }).toEqual({ params, macs });
    const [, height, width, channels] = model.inputs[0].shape as number[];
    expect([`${height}x${width}`, channels]).toEqual([input, 3]);
    const stride = name === 'openpose_vgg19' ? 8 : 4;
    for (const { shape } of model.outputs) expect(shape.slice(0, 3)).toEqual([null, height / stride, width / stride]);
    expect(model.name).toBe(name);
    expect(source).toMatch(/^\S+\/\S+: \S+\.py$/);
    model.dispose();
  },
);

test('what was published of a network names its source and is of a network that there is', () => {
  const published = listModels().flatMap((model) => model.published);
  expect(published.length).toBe(Object.values(PUBLISHED_RESULTS).flat().length);
  for (const { source, ap = 0, pckh = 0 } of published) {
    expect(source).toMatch(/\S+\/\S+: \S|^Cao et al\./);
    expect(ap + pckh).toBeGreaterThan(0);
    expect(ap + pckh).toBeLessThan(1);
  }
});

test('createModel(name, options) takes input size, keypoints and deconvolution widths', () => {
  const model = createModel('pose_resnet50', { ...SMALL, seed: null });
  expect(model.inputs[0].shape).toEqual([null, 64, 32, 3]);
  expect(model.outputs[0].shape).toEqual([null, 8, 4, 3]);
  expect(model.getLayer('deconv_layers.3').weights[0].shape).toEqual([4, 4, 4, 8]);
  model.dispose();
});

test('the same seed gives the same weights, another seed others; the default is 0', () => {
  const first = (model: tfl.LayersModel) =>
    model.getWeights().map((weight) => Array.from(weight.dataSync().slice(0, 50)));
  for (const [seed, same] of [
    [0, true],
    [1, false],
  ] as const) {
    const model = createModel('pose_resnet18', { ...SMALL, seed });
    expect(tf.util.arraysEqual(first(model).flat(), first(small).flat())).toBe(same);
    model.dispose();
  }
});

test('fresh kernels have the spread of He et al. in the backbone and of init_weights in the head', () => {
  for (const { key, shape, weight } of torchEntries(small)) {
    const values = weight.read();
    const { mean, variance } = tf.moments(values);
    const [centre, spread] = [mean.dataSync()[0], Math.sqrt(variance.dataSync()[0])];
    if (shape.length === 4) {
      const head = /^(deconv_layers|final_layer)/.test(key);
      const expected = head ? 0.001 : Math.sqrt(2 / (shape[0] * shape[2] * shape[3]));
      const tolerance = 5 / Math.sqrt(2 * values.size);
      expect(Math.abs(spread / expected - 1)).toBeLessThan(tolerance);
      expect(Math.abs(centre)).toBeLessThan(tolerance * 2 * expected);
    } else {
      expect(Array.from(values.dataSync())).toEqual(
        Array(shape[0]).fill(/(bn\d|\.1|\.4)\.weight$|running_var$/.test(key) ? 1 : 0),
      );
    }
    tf.dispose([mean, variance]);
  }
});

test('training steps keep the number of tensors and bytes', async () => {
  const x = tf.randomNormal([2, 64, 32, 3], 0, 1, 'float32', 1);
  const adam = tf.train.adam(1e-3);
  const memory: number[][] = [];
  for (let step = 0; step < 12; step++) {
    adam.minimize(() => tf.mean(tf.square(small.apply(x, { training: true }) as tf.Tensor)) as tf.Scalar);
    const { numTensors, numDataBuffers, numBytes } = tf.memory();
    memory.push([numTensors, numDataBuffers, numBytes]);
  }
  expect(memory[11]).toEqual(memory[1]);
  adam.dispose();
  x.dispose();
});

test('createModel(...) disposes of everything with the model', () => {
  const before = tf.memory().numTensors;
  createModel('pose_resnet18', { ...SMALL, seed: null }).dispose();
  expect(tf.memory().numTensors).toBe(before);
});

test.each([
  [{ inputSize: [192, 250] }, 'Expected inputSize [width, height] of positive multiples of 32, found [192, 250]'],
  [{ inputSize: [0, 256] }, 'Expected inputSize [width, height] of positive multiples of 32, found [0, 256]'],
  [{ inputSize: [Number.NaN, 256] }, 'found [NaN, 256]'],
  [{ keypoints: 0 }, 'Expected a positive integer for keypoints, found 0'],
  [{ deconvFilters: [256, 1.5] }, 'found [256, 1.5]'],
  [{ seed: 0.5 }, 'Expected an integer or null for seed, found 0.5'],
] as [Parameters<typeof createModel>[1], string][])('createModel(name, %j) throws', (options, message) => {
  const call = () => createModel('pose_resnet18', options);
  expect(call).toThrow(ModelError);
  expect(call).toThrow(message);
});

test("createModel(name) knows timm's and mmpose's names", () => {
  const model = createModel('hrnet_w32', { inputSize: [32, 32], width: 4, seed: null });
  expect(model.name).toBe('pose_hrnet_w32');
  model.dispose();
});

test('the options of a model are checked when TypeScript is compiled, and again for names that are not known then', () => {
  // @ts-expect-error HRNet has no transposed convolutions
  expect(() => createModel('pose_hrnet_w32', { deconvFilters: [8] })).toThrow(
    new ModelError('Expected options of pose_hrnet_w32 (inputSize, keypoints, width, seed), found deconvFilters'),
  );
  const name: string = 'pose_hrnet_w32';
  expect(() => createModel(name, { deconvFilters: [8] })).toThrow(ModelError);
});

test('createModel(unknown name) names the models that there are', () => {
  for (const name of ['pose_resnet19', 'toString']) {
    expect(() => createModel(name)).toThrow(
      new ModelError(
        `Expected a model name (${listModels()
          .map((model) => model.name)
          .join(', ')}), found "${name}"`,
      ),
    );
  }
});
