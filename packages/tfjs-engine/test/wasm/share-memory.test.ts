import '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import { loadWasm } from '../../src/wasm/load-wasm';

beforeAll(loadWasm);

test('a clone shares its memory, and each of the two lives as long as it is needed', () => {
  const backend = tf.backend() as unknown as { numDataIds(): number };
  const before = backend.numDataIds();
  const original = tf.tensor1d([1, 2, 3]);
  const clone = original.clone();
  expect(backend.numDataIds()).toBe(before + 1);
  original.dispose();
  expect(Array.from(clone.dataSync())).toEqual([1, 2, 3]);
  clone.dispose();
  expect(backend.numDataIds()).toBe(before);
});

test('a variable that was cloned before an assignment leaves the clone as it was', () => {
  const variable = tf.variable(tf.tensor1d([1, 2]));
  const clone = variable.clone();
  variable.assign(tf.tensor1d([3, 4]));
  expect(Array.from(clone.dataSync())).toEqual([1, 2]);
  expect(Array.from(variable.dataSync())).toEqual([3, 4]);
});

test('a cast to the same type shares its memory too, one to another type does not', () => {
  const backend = tf.backend() as unknown as { numDataIds(): number };
  const before = backend.numDataIds();
  const original = tf.tensor1d([1, 2.7]);
  const [same, other] = ['float32', 'int32'].map((dtype) =>
    tf.engine().runKernel<tf.Tensor>('Cast', { x: original }, { dtype }),
  );
  expect(backend.numDataIds()).toBe(before + 2);
  original.dispose();
  expect([...same.dataSync(), ...other.dataSync()]).toEqual([1, Math.fround(2.7), 1, 2]);
  tf.dispose([same, other]);
  expect(backend.numDataIds()).toBe(before);
});
