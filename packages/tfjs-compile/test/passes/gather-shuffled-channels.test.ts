import * as tf from '@tensorflow/tfjs';
import type { NamedTensorMap, Tensor } from '@tensorflow/tfjs-core';
import { gatherShuffledChannels } from '../../src/passes/gather-shuffled-channels';
import { checkPass } from '../support/check-pass';
import { testEngine } from '../support/engine';

beforeAll(testEngine);

const images = (): NamedTensorMap => ({ x: tf.randomNormal([2, 3, 4, 6], 0, 1, 'float32', 1) });

/** Parts the last axis, exchanges axes and joins. */
const shuffled = (x: Tensor, parted: number[], perm: number[], joined = x.shape) =>
  tf.reshape(tf.transpose(tf.reshape(x, parted), perm), joined);

describe('gatherShuffledChannels(graph)', () => {
  it.each([2, 3, 6])('gathers the channels of %d groups, in the gradient, too', (groups) => {
    const fn = ({ x }: NamedTensorMap) => {
      const shuffle = (of: Tensor) => tf.square(shuffled(of, [2, 3, 4, groups, 6 / groups], [0, 1, 2, 4, 3]));
      const { value, grad } = tf.valueAndGrad((of: Tensor) => tf.sum(shuffle(of)))(x);
      return { y: shuffle(x), value, grad };
    };
    const { kernels } = checkPass(gatherShuffledChannels, fn, images());
    expect(kernels).toContain('GatherV2');
    expect(kernels).not.toContain('Transpose');
  });

  const OTHERS: [string, (x: Tensor) => Tensor][] = [
    ['other axes', (x) => shuffled(x, [2, 3, 4, 2, 3], [0, 2, 1, 3, 4])],
    ['parts of columns', (x) => shuffled(x, [2, 3, 2, 2, 6], [0, 1, 3, 2, 4])],
    ['parts of columns and channels', (x) => shuffled(x, [2, 3, 2, 3, 4], [0, 1, 2, 4, 3])],
    ['another shape afterwards', (x) => shuffled(x, [2, 3, 4, 2, 3], [0, 1, 2, 4, 3], [2, 4, 3, 6])],
    ['no images', (x) => tf.reshape(shuffled(tf.reshape(x, [6, 4, 6]), [1, 6, 4, 2, 3], [0, 1, 2, 4, 3], [6, 4, 6]), x.shape)], // prettier-ignore
    ['no join', (x) => tf.transpose(tf.reshape(x, [2, 3, 4, 2, 3]), [0, 1, 2, 4, 3])],
  ];
  it.each(OTHERS)('leaves %s', (_, fn) => {
    const { kernels } = checkPass(gatherShuffledChannels, ({ x }) => ({ y: fn(x) }), images());
    expect(kernels).toContain('Transpose');
    expect(kernels).not.toContain('GatherV2');
  });
});
