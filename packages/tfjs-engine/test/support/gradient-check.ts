import * as tf from '@tensorflow/tfjs';
import { withoutLeaks } from './engines';
import { deviation, numbers } from './numbers';

/** An op, and what it computes in float64, in the plainest way. */
export interface Op {
  shapes: number[][];
  op: (...inputs: tf.Tensor[]) => tf.Tensor;
  obvious: (...inputs: Float64Array[]) => Float64Array;
  /** The engine's own forward pass is known to be wrong here. */
  skipForward?: boolean;
}

/**
 * Largest error of the output and of each input's gradient on the active engine, relative to the largest expected
 * magnitude (at least 1), against the obvious implementation and its central differences in float64.
 */
export function gradientErrors({ shapes, op, obvious, skipForward }: Op, seed: number): number[] {
  const values = shapes.map((shape, i) => apart(tf.util.sizeFromShape(shape), seed + i));
  const inputs = values.map((v) => Float64Array.from(v));
  const expected = obvious(...inputs);
  const weights = numbers(expected.length, seed + 100);
  const [y, ...gradients] = withoutLeaks(() =>
    tf.tidy(() => {
      const tensors = values.map((v, i) => tf.tensor(v, shapes[i]));
      const output = op(...tensors);
      const { grads } = tf.valueAndGrads((...x) => tf.sum(tf.mul(op(...x), tf.tensor(weights, output.shape))))(tensors);
      return [output, ...grads].map((t) => t.dataSync());
    }),
  );
  const differences = inputs.map((input) =>
    input.map((at, i) => {
      const step = 1e-4;
      const loss = (value: number) => {
        input[i] = value;
        return obvious(...inputs).reduce((sum, v, k) => sum + v * weights[k], 0);
      };
      const slope = (loss(at + step) - loss(at - step)) / (2 * step);
      input[i] = at;
      return slope;
    }),
  );
  return [
    ...(skipForward ? [] : [deviation(y, expected)]),
    ...gradients.map((gradient, i) => deviation(gradient, differences[i])),
  ];
}

/** Values in [-1, 1) in random order, further apart than the steps, so that no maximum changes under way. */
function apart(length: number, seed: number): Float32Array {
  const order = numbers(length, seed);
  const rank = Float32Array.from(order).sort();
  return order.map((value) => (2 * rank.indexOf(value)) / length - 1 + 0.1 / length);
}
