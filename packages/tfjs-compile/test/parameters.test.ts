import * as tf from '@tensorflow/tfjs-core';
import { compile, type TensorFunction } from '../src';
import { testEngine } from './support/engine';

beforeAll(testEngine);

test('compile(fn, inputs, { parameters }): each run takes the values that it is given in the place of variables', async () => {
  const [scale, offset] = [tf.variable(tf.tensor1d([1, 2])), tf.variable(tf.tensor1d([5, 5]))];
  const fn: TensorFunction = ({ x }) => ({ y: tf.add(tf.mul(x, scale), offset) });
  const x = tf.tensor1d([10, 20]);
  const compiled = await compile(fn, { x }, { parameters: { scale } });
  scale.dispose(); // it needs no variable any more
  const run = async (values: number[]) => {
    const { y } = await compiled.run({ x, scale: tf.tensor1d(values) });
    return [...y.dataSync()];
  };
  expect(await run([1, 2])).toEqual([15, 45]);
  offset.assign(tf.tensor1d([0, 0]));
  expect(await run([3, 3])).toEqual([30, 60]);
  await expect(compiled.run({ x })).rejects.toThrow("Expected the input 'scale' to be float32 [2], found none.");
  await compiled.dispose();
});

test('a parameter that the function does not read is an input all the same', async () => {
  const unread = tf.variable(tf.scalar(1));
  const x = tf.tensor1d([10, 20]);
  const compiled = await compile(() => ({ y: tf.neg(x) }), { x }, { parameters: { unread } });
  const { y } = await compiled.run({ x, unread });
  expect([...y.dataSync()]).toEqual([-10, -20]);
  await compiled.dispose();
});

test('parameters are not assigned, and have names of their own', async () => {
  const scale = tf.variable(tf.scalar(1));
  const x = tf.scalar(2);
  const assigns: TensorFunction = (inputs) => {
    scale.assign(inputs['x'] as tf.Scalar);
    return { y: scale };
  };
  await expect(compile(assigns, { x }, { parameters: { scale } })).rejects.toThrow(
    "Expected the variable for the input 'scale' to be read alone, found it assigned.",
  );
  await expect(compile(() => ({ y: tf.neg(scale) }), { x }, { parameters: { x: scale } })).rejects.toThrow(
    "Expected no other input of the name 'x', found one.",
  );
});
