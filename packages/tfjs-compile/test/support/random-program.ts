import * as tf from '@tensorflow/tfjs-core';
import type { TensorFunction } from '../../src';
import { Random } from './random';
import { STEPS } from './random-steps';

/** Tensors that a program has so far. */
export interface Pool {
  /** Whatever was computed; float32, at most rank 4, magnitudes of a few units. */
  readonly tensors: tf.Tensor[];
  /** Of those, inputs, variables and constants: two runtimes have them to the last bit, so they may be compared. */
  readonly exact: tf.Tensor[];
}

/** A function for `trace`, the same for the same seed, and what it works on. */
export interface RandomProgram {
  readonly fn: TensorFunction;
  readonly inputs: tf.NamedTensorMap;
  /** Those that it reads, assigns, or both. */
  readonly variables: readonly tf.Variable[];
  /** Disposes of inputs, variables and constants. */
  readonly dispose: () => void;
}

const SHAPES = [[], [3], [2, 3], [4, 3], [2, 4, 3], [1, 5, 6, 3], [2, 4, 4, 3], [2, 6, 5, 2]];

/**
 * A random program of about `steps` calls of elementwise, shape, reduction, convolution, pooling and gradient ops on small
 * tensors. It is numerically tame: no pole, no large number, and no comparison of values that runtimes round differently.
 */
export function randomProgram(seed: number, steps = 12): RandomProgram {
  const random = new Random(seed);
  const tensor = (shape: number[]) => tf.tensor(random.floats(tf.util.sizeFromShape(shape)), shape);
  const shapes = random.shuffle(SHAPES);
  const inputs = { a: tensor(shapes[0]), b: tensor(shapes[1]), images: tensor([2, 6, 5, 3]) };
  const constants = [tensor(shapes[2]), tensor([3])];
  const variables = [shapes[3], [3], [2, 3]].map((shape) => tf.tidy(() => tf.variable(tensor(shape))));
  const fn: TensorFunction = (given) => {
    const again = new Random(seed + 1);
    const exact: tf.Tensor[] = [...Object.values(given), ...constants, ...variables];
    const pool: Pool = { tensors: [...exact], exact };
    for (let i = 0; i < steps; i++) {
      const made = again.pick(STEPS)(again, pool);
      pool.tensors.push(...made.map(tame));
      if (again.next() < 0.2) assignOne(again, variables, pool);
    }
    const last = pool.tensors.slice(-3);
    return Object.fromEntries(last.map((value, i) => [`output${i}`, value]));
  };
  return { fn, inputs, variables, dispose: () => tf.dispose([inputs, constants, [...variables]]) };
}

/** Another tensor's mean is mixed into a variable. What was read of it before keeps the value from before. */
function assignOne(random: Random, variables: readonly tf.Variable[], { tensors }: Pool): void {
  const variable = random.pick(variables);
  variable.assign(tf.add(tf.mul(variable, 0.5), tf.mean(random.pick(tensors))));
}

/** As float32 and no larger than 4. */
const tame = (value: tf.Tensor): tf.Tensor => tf.clipByValue(tf.cast(value, 'float32'), -4, 4);
