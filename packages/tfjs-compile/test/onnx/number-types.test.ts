import '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import { openOnnx } from '../../src';
import type { TensorType, Value } from '../../src/graph/graph';
import { testEngine } from '../support/engine';

beforeAll(testEngine);

/** What ONNX Runtime gives for one kernel: engines give wrong numbers for some of these, or refuse them. */
async function outcomeOf(kernel: string, inputs: tf.NamedTensorMap, dtype: TensorType, attributes = {}) {
  const values = Object.entries(inputs).map(([name, x]): [string, Value] => [
    name,
    { shape: x.shape, dtype: x.dtype as TensorType },
  ]);
  const y: Value = { shape: values[0][1].shape, dtype };
  const executable = await openOnnx({
    ...{ inputs: new Map(values), variables: [], constants: new Map(), outputs: new Map([['y', y]]) },
    operations: [{ kernel, inputs: Object.fromEntries(values), attributes, outputs: [y] }],
  });
  const made = await executable.run(inputs);
  await executable.dispose();
  expect(made.y.dtype).toBe(dtype);
  return [...made.y.dataSync()];
}

const ints = (...values: number[]) => tf.tensor1d(values, 'int32');
const truths = (...values: number[]) => tf.tensor1d(values, 'bool');

describe('whole numbers where ONNX has floats alone are rounded toward zero', () => {
  test.each([
    ['Reciprocal', [1, 2, -1, -3], [1, 0, -1, 0]],
    ['Sqrt', [0, 1, 8, 9], [0, 1, 2, 3]],
    ['Round', [-2, 0, 5, 16777216], [-2, 0, 5, 16777216]],
    ['Sinh', [-2, 0, 1, 3], [-3, 0, 1, 10]],
    ['Step', [-2, 0, 1, 3], [0, 0, 1, 1]],
  ])('%s', async (kernel, values, expected) => {
    expect(await outcomeOf(kernel, { x: ints(...values) }, 'int32', { alpha: 0 })).toEqual(expected);
  });

  test('or are not at all, where the kernel gives floats', async () => {
    const [one] = await outcomeOf('Exp', { x: ints(1) }, 'float32');
    expect(one).toBeCloseTo(Math.E, 5);
  });
});

test('no whole number is NaN or infinite', async () => {
  const x = ints(-2, 0, 5);
  expect(await outcomeOf('IsNan', { x }, 'bool')).toEqual([0, 0, 0]);
  expect(await outcomeOf('IsInf', { x }, 'bool')).toEqual([0, 0, 0]);
  expect(await outcomeOf('IsFinite', { x }, 'bool')).toEqual([1, 1, 1]);
});

test('truths are added as "or", subtracted as "differ", multiplied as "and"', async () => {
  const inputs = { a: truths(0, 0, 1, 1), b: truths(0, 1, 0, 1) };
  expect(await outcomeOf('Add', inputs, 'bool')).toEqual([0, 1, 1, 1]);
  expect(await outcomeOf('Sub', inputs, 'bool')).toEqual([0, 1, 1, 0]);
  expect(await outcomeOf('Multiply', inputs, 'bool')).toEqual([0, 0, 0, 1]);
  expect(await outcomeOf('Maximum', inputs, 'bool')).toEqual([0, 1, 1, 1]);
  expect(await outcomeOf('Minimum', inputs, 'bool')).toEqual([0, 0, 0, 1]);
});

test('large whole numbers are divided exactly, and a divisor of zero does not end the process', async () => {
  const inputs = { a: ints(2147483647, -2147483647, 7, 7), b: ints(3, 2, 0, -2) };
  const [large, negative, , down] = await outcomeOf('FloorDiv', inputs, 'int32');
  expect([large, negative, down]).toEqual([715827882, -1073741824, -4]);
  const [rest, negativeRest, , below] = await outcomeOf('Mod', inputs, 'int32');
  expect([rest, negativeRest, below]).toEqual([1, 1, -1]);
});
