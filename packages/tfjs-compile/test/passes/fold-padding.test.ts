import * as tf from '@tensorflow/tfjs';
import type { NamedTensorMap, Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import { foldPadding } from '../../src/passes/fold-padding';
import { checkPass } from '../support/check-pass';
import { testEngine } from '../support/engine';

beforeAll(testEngine);

const inputs = (): NamedTensorMap => ({
  x: tf.randomNormal([2, 6, 5, 3], 0, 1, 'float32', 1),
  filter: tf.randomNormal([3, 3, 3, 4], 0, 1, 'float32', 2),
});

type Paddings = [number, number][];
const around: Paddings = [[0, 0], [1, 2], [0, 1], [0, 0]]; // prettier-ignore
const conv = (x: Tensor, filter: Tensor) => tf.conv2d(x as Tensor4D, filter as Tensor4D, 2, 'valid');

describe('foldPadding(graph)', () => {
  it('pads within the convolution, and within its gradients', () => {
    const fn = ({ x, filter }: NamedTensorMap) => {
      const padded = (...[images, weights]: Tensor[]) => conv(tf.pad(images, around), weights);
      const { value, grads } = tf.valueAndGrads(padded)([x, filter]);
      return { value, images: grads[0], weights: grads[1] };
    };
    const { kernels, graph } = checkPass(foldPadding, fn, inputs());
    expect(kernels.filter((kernel) => kernel.startsWith('Conv2D')).sort()).toEqual(['Conv2D', 'Conv2DBackpropFilter', 'Conv2DBackpropInput']); // prettier-ignore
    expect(kernels).not.toContain('PadV2');
    expect(kernels).not.toContain('Slice');
    expect(graph.operations.find(({ kernel }) => kernel === 'Conv2D')?.attributes['padding']).toEqual([1, 2, 0, 1]);
  });

  it('adds to the padding that the convolution has', () => {
    const fn = ({ x, filter }: NamedTensorMap) => ({
      y: tf.conv2d(tf.pad(x, around) as Tensor4D, filter as Tensor4D, 1, [[0, 0], [2, 0], [1, 1], [0, 0]]), // prettier-ignore
    });
    const { kernels, graph } = checkPass(foldPadding, fn, inputs());
    expect(kernels).toEqual(['Conv2D']);
    expect(graph.operations[0].attributes['padding']).toEqual([3, 2, 1, 2]);
  });

  it('leaves what has another use, other numbers than zero, and padding of channels', () => {
    const fn = ({ x, filter }: NamedTensorMap) => {
      const used = tf.pad(x, around);
      const channels = tf.pad(tf.slice(x, [0, 0, 0, 1], [-1, -1, -1, 2]), [[0, 0], [0, 0], [0, 0], [1, 0]]); // prettier-ignore
      return {
        used,
        y: conv(used, filter),
        ones: conv(tf.pad(x, around, 1), filter),
        channels: conv(channels, filter),
      };
    };
    const { kernels } = checkPass(foldPadding, fn, inputs());
    expect(kernels.filter((kernel) => kernel === 'PadV2')).toHaveLength(3);
  });
});
