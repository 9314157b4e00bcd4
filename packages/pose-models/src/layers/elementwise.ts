import * as tfl from '@tensorflow/tfjs-layers';
import { apply } from './apply';
import { BatchNorm, type BatchNormOptions } from './batch-norm';

export function batchNorm(
  x: tfl.SymbolicTensor,
  name: string,
  options: Omit<BatchNormOptions, 'name'> = {},
): tfl.SymbolicTensor {
  return apply(new BatchNorm({ name, ...options }), x);
}

export function relu(x: tfl.SymbolicTensor, name: string): tfl.SymbolicTensor {
  return apply(tfl.layers.reLU({ name }), x);
}

export function sigmoid(x: tfl.SymbolicTensor, name: string): tfl.SymbolicTensor {
  return apply(tfl.layers.activation({ name, activation: 'sigmoid' }), x);
}

/** The sum of tensors of one shape. */
export function add(inputs: tfl.SymbolicTensor[], name: string): tfl.SymbolicTensor {
  return tfl.layers.add({ name }).apply(inputs) as tfl.SymbolicTensor;
}

/** [N, H, W, C] times [N, H, W, C] or [N, 1, 1, C]. */
export function multiply(x: tfl.SymbolicTensor, factors: tfl.SymbolicTensor, name: string): tfl.SymbolicTensor {
  return tfl.layers.multiply({ name }).apply([x, factors]) as tfl.SymbolicTensor;
}

/** Channels of all inputs, in order. */
export function concat(inputs: tfl.SymbolicTensor[], name: string): tfl.SymbolicTensor {
  return tfl.layers.concatenate({ name, axis: -1 }).apply(inputs) as tfl.SymbolicTensor;
}

/** Repeats pixels: [N, H, W, C] to [N, factor H, factor W, C]. */
export function upsampleNearest(x: tfl.SymbolicTensor, name: string, factor: number): tfl.SymbolicTensor {
  return apply(tfl.layers.upSampling2d({ name, size: [factor, factor], interpolation: 'nearest' }), x);
}
