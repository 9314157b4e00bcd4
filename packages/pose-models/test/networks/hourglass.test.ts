import * as tf from '@tensorflow/tfjs-core';
import { countMultiplyAdds, countParameters, createModel, ModelError, torchEntries } from '../../src';
import { torchDifferences } from '../../src/torch/torch-differences';
import { startEngine } from '../engine';

const SLIM = { inputSize: [64, 64], keypoints: 3, width: 8 } as const;

beforeAll(async () => {
  await startEngine();
});

// Of the published modules, counted by PyTorch.
test.each([
  ['hourglass_1stack', 1, 4_364_048, 5_150_343_168],
  ['hourglass_2stack', 2, 8_429_088, 8_334_606_336],
  ['hourglass_4stack', 4, 16_559_168, 14_703_132_672],
  ['hourglass_8stack', 8, 32_819_328, 27_440_185_344],
] as const)('%s: an output per stack, parameters and multiply-adds', (name, stacks, trainable, macs) => {
  const model = createModel(name, { seed: null });
  expect(model.inputs[0].shape).toEqual([null, 256, 256, 3]);
  expect(model.outputs.map(({ shape }) => shape)).toEqual(Array(stacks).fill([null, 64, 64, 16]));
  expect(countParameters(model).trainable).toBe(trainable);
  expect(countMultiplyAdds(model)).toBe(macs);
  model.dispose();
});

test('outputs are in the order of the stacks', () => {
  const model = createModel('hourglass_4stack', { ...SLIM, seed: null });
  expect(model.outputs.map(({ sourceLayer }) => sourceLayer.name)).toEqual([0, 1, 2, 3].map((i) => `outs.${i}.conv`));
  expect(model.outputs[3].shape).toEqual([null, 16, 16, 3]);
  model.dispose();
});

test('residual blocks that keep their width have a skip layer in the state_dict only', () => {
  const model = createModel('hourglass_1stack', { seed: null });
  const unused = torchDifferences(model).unusedEntries;
  expect(unused).toHaveLength(2 * 15); // 13 blocks in the hourglass, pre.3 and features.0.0
  expect(unused).toContainEqual({ key: 'hgs.0.0.low2.low1.skip_layer.conv.weight', shape: [256, 256, 1, 1] });
  expect(unused).toContainEqual({ key: 'pre.3.skip_layer.conv.bias', shape: [128] });
  const keys = torchEntries(model).map(({ key }) => key);
  expect(keys.filter((key) => key.includes('skip_layer'))).toEqual(
    ['pre.1', 'pre.4'].flatMap((block) => [`${block}.skip_layer.conv.weight`, `${block}.skip_layer.conv.bias`]),
  );
  model.dispose();
});

test("fresh weights are those of PyTorch's convolutions, biases included", () => {
  const model = createModel('hourglass_1stack', { ...SLIM, width: 64 });
  const shapes = new Map(torchEntries(model).map(({ key, shape }) => [key, shape]));
  for (const { key, weight } of torchEntries(model)) {
    const kernel = shapes.get(key.replace(/bias$/, 'weight')) as number[];
    if (kernel.length < 4) continue;
    const bound = 1 / Math.sqrt(kernel[1] * kernel[2] * kernel[3]);
    const values = weight.read();
    expect(tf.max(tf.abs(values)).dataSync()[0]).toBeLessThanOrEqual(bound);
    if (values.size >= 500) expect(relativeSpread(values, bound / Math.sqrt(3))).toBeCloseTo(1, 1);
    else if (values.size > 3) expect(relativeSpread(values, bound)).toBeGreaterThan(0.3);
  }
  model.dispose();
});

test.each([
  [{ inputSize: [192, 224] }, 'Expected inputSize [width, height] of positive multiples of 64, found [192, 224]'],
  [{ keypoints: 0 }, 'Expected a positive integer for keypoints, found 0'],
  [{ width: 15 }, 'Expected a positive even number for width, found 15'],
  [{ width: 0 }, 'found 0'],
  [{ stacks: 2 }, 'Expected options of hourglass_2stack (inputSize, keypoints, width, seed), found stacks'],
] as [Parameters<typeof createModel>[1], string][])('createModel(hourglass_2stack, %j) throws', (options, message) => {
  const call = () => createModel('hourglass_2stack' as string, options);
  expect(call).toThrow(ModelError);
  expect(call).toThrow(message);
});

/** Standard deviation of a tensor's values, over the one that is expected. */
function relativeSpread(values: tf.Tensor, expected: number): number {
  return tf.tidy(() => Math.sqrt(tf.moments(values).variance.dataSync()[0]) / expected);
}
