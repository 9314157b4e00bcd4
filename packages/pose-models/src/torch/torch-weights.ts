import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { ModelError } from '../model-error';
import { torchEntries, type TorchEntry } from './torch-entries';

/**
 * Sets every weight from a PyTorch state_dict. All values are read and checked before the first weight changes.
 *
 * @param read  returns the tensor of a state_dict key, row-major in PyTorch's layout
 * @throws ModelError when a tensor has the wrong number of values or one that is not finite, or as `torchEntries` does
 */
export function setTorchWeights(
  model: tfl.LayersModel,
  read: (key: string, shape: readonly number[]) => Float32Array,
): void {
  assignTorchWeights(torchEntries(model).map((entry) => ({ entry, values: read(entry.key, entry.shape) })));
}

/**
 * Sets weights from tensors in PyTorch's layout; all are checked before the first weight changes.
 *
 * @throws ModelError when a tensor has the wrong number of values or one that is not finite
 */
export function assignTorchWeights(tensors: readonly { entry: TorchEntry; values: Float32Array }[]): void {
  for (const { entry, values } of tensors) checkValues(values, entry.key, entry.shape);
  tf.tidy(() => {
    for (const { entry, values } of tensors) {
      const { shape, weight } = entry;
      weight.write(tf.tensor(toKerasLayout(values, shape), weight.shape as number[]));
    }
  });
}

/**
 * The model's weights as a PyTorch state_dict: key to row-major values in PyTorch's layout, in the order of `torchEntries`.
 *
 * @throws ModelError as `torchEntries` does
 */
export async function getTorchWeights(model: tfl.LayersModel): Promise<Map<string, Float32Array>> {
  const weights = new Map<string, Float32Array>();
  for (const { key, shape, weight } of torchEntries(model)) {
    weights.set(key, toTorchLayout((await weight.read().data()) as Float32Array, shape));
  }
  return weights;
}

/**
 * (a, b, kh, kw) to (kh, kw, b, a), what convolutions (out, in) and transposed ones (in, out) both need, neither flips
 * the kernel; for a depthwise one (C, 1, kh, kw), where that is (kh, kw, C, 1) as well. (out, in) to (in, out).
 */
function toKerasLayout(values: Float32Array, shape: readonly number[]): Float32Array {
  if (shape.length < 2) return values;
  const result = new Float32Array(values.length);
  eachPair(shape, (torch, keras) => (result[keras] = values[torch]));
  return result;
}

/** The inverse of `toKerasLayout`; `shape` is PyTorch's. */
function toTorchLayout(values: Float32Array, shape: readonly number[]): Float32Array {
  if (shape.length < 2) return values.slice();
  const result = new Float32Array(values.length);
  eachPair(shape, (torch, keras) => (result[torch] = values[keras]));
  return result;
}

/** Visits the flat index of each kernel value in both layouts, in an order that touches memory in runs on either side. */
function eachPair(
  [a, b, height = 1, width = 1]: readonly number[],
  visit: (torch: number, keras: number) => void,
): void {
  const positions = height * width;
  for (let j = 0; j < b; j++) {
    for (let p = 0; p < positions; p++) {
      for (let i = 0; i < a; i++) visit((i * b + j) * positions + p, (p * b + j) * a + i);
    }
  }
}

function checkValues(values: Float32Array, key: string, shape: readonly number[]): void {
  const size = tf.util.sizeFromShape([...shape]);
  if (values.length !== size) {
    throw new ModelError(`Expected ${size} values (${shape.join(', ')}) for ${key}, found ${values.length}`);
  }
  for (let i = 0; i < size; i++) {
    if (values[i] - values[i] === 0) continue; // neither NaN nor infinite
    throw new ModelError(`Expected finite values for ${key}, found ${values[i]} at index ${i}`);
  }
}
