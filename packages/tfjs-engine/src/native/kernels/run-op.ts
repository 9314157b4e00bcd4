import type { Tensor, TensorInfo } from '@tensorflow/tfjs-core';
import type { NodeBackend } from '../node-backend';

/** Names and values of a TensorFlow op's attributes; an array is a list of whole numbers. */
export type OpAttributes = Record<string, string | boolean | number[]>;

/** Runs a TensorFlow op on float32 (its attribute `T`). */
export function runOp(backend: NodeBackend, name: string, attributes: OpAttributes, inputs: TensorInfo[]): Tensor {
  const { TF_ATTR_TYPE, TF_ATTR_STRING, TF_ATTR_BOOL, TF_ATTR_INT, TF_FLOAT } = backend.binding;
  const types = { string: TF_ATTR_STRING, boolean: TF_ATTR_BOOL, object: TF_ATTR_INT };
  const list = Object.entries(attributes).map(([attribute, value]) => ({
    name: attribute,
    type: types[typeof value as keyof typeof types],
    value,
  }));
  return backend.executeSingleOutput(name, [{ name: 'T', type: TF_ATTR_TYPE, value: TF_FLOAT }, ...list], inputs);
}
