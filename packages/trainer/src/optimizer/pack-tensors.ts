import * as tf from '@tensorflow/tfjs-core';
import { TrainerError } from '../trainer-error';
import type { NamedVariables } from './optimizer';

/** Downloads tensors as one array, one after the other. */
export function packTensors(tensors: readonly tf.Tensor[]): Float32Array {
  const values = new Float32Array(tensors.reduce((length, { size }) => length + size, 0));
  let at = 0;
  for (const tensor of tensors) {
    values.set(tensor.dataSync(), at);
    at += tensor.size;
  }
  return values;
}

/**
 * The reverse: `count` tensors of each named variable's shape, which outlive a `tf.tidy`.
 *
 * @param values  those of the first name, then those of the second...
 * @param what    what the values are, for the message
 * @throws TrainerError when a name is none of the variables', or the values are more or fewer than theirs
 */
export function unpackTensors(
  values: Float32Array,
  names: readonly string[],
  count: number,
  variables: NamedVariables,
  what: string,
): Map<string, tf.Tensor[]> {
  const missing = names.find((name) => !Object.hasOwn(variables, name));
  if (missing !== undefined) {
    throw new TrainerError(
      `The ${what} holds '${missing}', which the model does not have. Take it up with the model it was saved from.`,
    );
  }
  const length = names.reduce((sum, name) => sum + count * variables[name].size, 0);
  if (length !== values.length) {
    throw new TrainerError(
      `Expected ${length} numbers of ${what} for this model, found ${values.length}. ` +
        'Take it up with the model it was saved from.',
    );
  }
  let at = 0;
  const next = ({ shape, size }: tf.Variable) => tf.keep(tf.tensor(values.slice(at, (at += size)), shape));
  return new Map(names.map((name) => [name, Array.from({ length: count }, () => next(variables[name]))]));
}
