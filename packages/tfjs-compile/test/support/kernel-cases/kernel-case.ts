import * as tf from '@tensorflow/tfjs-core';

export type CaseFunction = (...inputs: tf.Tensor[]) => tf.Tensor | tf.Tensor[];

/** A kernel, tensors, and a function of them that calls it. */
export type KernelCase = [kernel: string, inputs: () => tf.Tensor[], run: CaseFunction];

export const normal = (...shape: number[]) => tf.randomNormal(shape, 0, 1, 'float32', 7 + shape.length);
export const positive = (...shape: number[]) => tf.randomUniform(shape, 0.1, 2, 'float32', 3);
export const floats = (...values: number[]) => tf.tensor1d(values);
export const ints = (...values: number[]) => tf.tensor1d(values, 'int32');
export const truths = (...values: number[]) => tf.tensor1d(values, 'bool');

/** A function that calls a kernel by its name. @param names  of its inputs */
export const kernel =
  (name: string, names: string[], attributes: object = {}): CaseFunction =>
  (...inputs) =>
    tf.engine().runKernel(name, Object.fromEntries(names.map((key, i) => [key, inputs[i]])), attributes as never);
