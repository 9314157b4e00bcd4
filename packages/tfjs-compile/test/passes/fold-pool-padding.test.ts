import * as tf from '@tensorflow/tfjs';
import type { NamedTensorMap, Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import { foldPoolPadding } from '../../src/passes/fold-pool-padding';
import { checkPass } from '../support/check-pass';
import { testEngine } from '../support/engine';

beforeAll(testEngine);

const images = (): NamedTensorMap => ({ x: tf.randomNormal([2, 8, 6, 3], -0.5, 1, 'float32', 1) });

type Paddings = [number, number][];
const around: Paddings = [[0, 0], [1, 1], [1, 2], [0, 0]]; // prettier-ignore
const pooled = (x: Tensor, paddings = around, value = 0) =>
  tf.maxPool(tf.pad(x, paddings, value) as Tensor4D, 3, 2, 'valid');

/** Of the sum of squares, so that each window has a gradient of its own. */
const withGradient = (fn: (x: Tensor) => Tensor) => (inputs: NamedTensorMap) => {
  const { value, grad } = tf.valueAndGrad((x: Tensor) => tf.sum(tf.square(fn(x))))(inputs.x);
  return { value, grad };
};

describe('foldPoolPadding(graph)', () => {
  it('pads within the maximum over what ReLU gave, and within its gradient, ties of zeros included', () => {
    const { kernels, graph } = checkPass(
      foldPoolPadding,
      withGradient((x) => pooled(tf.relu(x))),
      images(),
    );
    expect(kernels).not.toContain('PadV2');
    expect(kernels).not.toContain('Slice');
    const paddings = graph.operations.filter(({ kernel }) => kernel.startsWith('MaxPool')).map(({ attributes }) => attributes['padding']); // prettier-ignore
    expect(paddings).toEqual([
      [1, 1, 1, 2],
      [1, 1, 1, 2],
    ]);
  });

  const REFUSED: [string, (x: Tensor) => Tensor][] = [
    ['of what may be below zero', (x) => pooled(x)],
    ['with other numbers than zero', (x) => pooled(tf.relu(x), around, 1)],
    ['wider than the window', (x) => pooled(tf.relu(x), [[0, 0], [3, 1], [1, 1], [0, 0]])], // prettier-ignore
    ['of a sum whose gradient goes elsewhere, too', (x) => pooled(tf.add(tf.relu(x), x))],
    [
      'that something else sees',
      (x) => {
        const padded = tf.pad(tf.relu(x), around) as Tensor4D;
        return tf.add(tf.maxPool(padded, 3, 2, 'valid'), tf.sum(padded));
      },
    ],
  ];
  it.each(REFUSED)('leaves padding %s', (_, fn) => {
    expect(checkPass(foldPoolPadding, withGradient(fn), images()).kernels).toContain('PadV2');
  });
});
