import * as tf from '@tensorflow/tfjs-core';
import { freezeVariables, optimize } from '../../src';
import { dropDeadCode } from '../../src/passes/drop-dead-code';
import { foldBatchNorm } from '../../src/passes/fold-batch-norm';
import { fuseBiasActivation } from '../../src/passes/fuse-bias-activation';
import { checkPass } from '../support/check-pass';
import { testEngine } from '../support/engine';
import { Random } from '../support/random';

const random = new Random(7);
const tensor = <R extends tf.Rank>(...shape: number[]): tf.Tensor<R> =>
  tf.tensor(random.floats(shape.reduce((size, side) => size * side, 1)), shape as never) as tf.Tensor<R>;

type Images = { x: tf.Tensor4D };
const images = (): Images => ({ x: tensor<tf.Rank.R4>(2, 5, 5, 3) });
const traced = (fn: (inputs: Images) => tf.NamedTensorMap) =>
  fn as unknown as (i: tf.NamedTensorMap) => tf.NamedTensorMap;

beforeAll(testEngine);
beforeEach(() => tf.engine().startScope());
afterEach(() => {
  tf.engine().endScope();
  tf.disposeVariables();
});

describe('fuseBiasActivation()', () => {
  test('a convolution takes up the bias and the activation', () => {
    const [filter, bias] = [tensor<tf.Rank.R4>(3, 3, 3, 4), tensor<tf.Rank.R1>(4)];
    const fn = traced(({ x }) => ({
      y: tf.relu(tf.add(tf.conv2d(x, filter, 2, 'same'), bias)),
      turned: tf.relu6(tf.add(bias, tf.conv2d(x, filter, 1, 'valid'))),
      linear: tf.sigmoid(tf.add(tf.conv2d(x, filter, 1, 'same'), bias)),
    }));
    const { kernels, graph } = checkPass(fuseBiasActivation, fn, images());
    expect(kernels).toEqual(['FusedConv2D', 'FusedConv2D', 'FusedConv2D', 'Sigmoid']);
    expect(graph.operations.map(({ attributes }) => attributes['activation'])).toEqual(['relu', 'relu6', 'linear', undefined]); // prettier-ignore
  });

  test('so does a depthwise convolution', () => {
    const [filter, bias] = [tensor<tf.Rank.R4>(3, 3, 3, 2), tensor<tf.Rank.R1>(6)];
    const fn = traced(({ x }) => ({ y: tf.relu(tf.add(tf.depthwiseConv2d(x, filter, 1, 'same'), bias)) }));
    expect(checkPass(fuseBiasActivation, fn, images()).kernels).toEqual(['FusedDepthwiseConv2D']);
  });

  test('not where something else uses what lies between, and no bias of another shape', () => {
    const [filter, bias] = [tensor<tf.Rank.R4>(3, 3, 3, 4), tensor<tf.Rank.R1>(4)];
    const fn = traced(({ x }) => {
      const convolved = tf.conv2d(x, filter, 1, 'same');
      const biased = tf.add(tf.conv2d(x, filter, 2, 'same'), bias);
      return {
        convolved,
        sum: tf.add(convolved, bias),
        biased,
        active: tf.relu(biased),
        perPixel: tf.add(tf.conv2d(x, filter, 1, 'valid'), tensor(3, 3, 4)),
        one: tf.add(tf.conv2d(x, filter, 3, 'same'), tf.tensor1d([2])),
      };
    });
    const { kernels } = checkPass(fuseBiasActivation, fn, images());
    expect(kernels).toEqual(['Conv2D', 'FusedConv2D', 'Add', 'Relu', 'Conv2D', 'Add', 'Conv2D', 'Add']);
  });
});

describe('foldBatchNorm()', () => {
  const statistics = (channels: number) => ({
    mean: tensor<tf.Rank.R1>(channels),
    variance: tf.add(tf.square(tensor<tf.Rank.R1>(channels)), 0.5) as tf.Tensor1D,
    offset: tensor<tf.Rank.R1>(channels),
    scale: tensor<tf.Rank.R1>(channels),
  });
  const norm = (x: tf.Tensor, { mean, variance, offset, scale }: ReturnType<typeof statistics>) =>
    tf.batchNorm(x, mean, variance, offset, scale, 1e-3);

  test('constants: nothing but the convolution is left', () => {
    const filter = tensor<tf.Rank.R4>(3, 3, 3, 4);
    const depthwiseFilter = tensor<tf.Rank.R4>(3, 3, 3, 2);
    const [four, six, bias] = [statistics(4), statistics(6), tensor<tf.Rank.R1>(4)];
    const fn = traced(({ x }) => ({
      plain: norm(tf.conv2d(x, filter, 1, 'same'), four),
      biased: tf.relu(norm(tf.add(tf.conv2d(x, filter, 2, 'same'), bias), four)),
      unscaled: tf.batchNorm(tf.conv2d(x, filter, 3, 'same'), four.mean, four.variance),
      depthwise: tf.relu6(norm(tf.depthwiseConv2d(x, depthwiseFilter, 1, 'same'), six)),
    }));
    const { kernels, graph } = checkPass(optimize, fn, images());
    expect(kernels).toEqual(['FusedConv2D', 'FusedConv2D', 'FusedConv2D', 'FusedDepthwiseConv2D']);
    expect(graph.operations.map(({ attributes }) => attributes['activation'])).toEqual(['linear', 'relu', 'linear', 'relu6']); // prettier-ignore
  });

  test('variables stay, unless they are frozen', () => {
    const [filter, { mean, variance, offset, scale }] = [tensor<tf.Rank.R4>(3, 3, 3, 4), statistics(4)];
    const [running, weights] = [tf.variable(mean), tf.variable(filter)];
    const fn = traced(({ x }) => ({
      weights: tf.batchNorm(tf.conv2d(x, weights, 1, 'same'), mean, variance, offset, scale),
      running: tf.batchNorm(tf.conv2d(x, filter, 2, 'same'), running, variance, offset, scale),
    }));
    const { kernels } = checkPass(optimize, fn, images());
    expect(kernels).toEqual(['Conv2D', 'FusedBatchNorm', 'Conv2D', 'FusedBatchNorm']);
    const frozen = checkPass((graph) => optimize(freezeVariables(graph)), fn, images());
    expect(frozen.kernels).toEqual(['FusedConv2D', 'FusedConv2D']);
  });

  test('not by statistics of the batch, and not where the convolution has another use', () => {
    const [filter, four] = [tensor<tf.Rank.R4>(3, 3, 3, 4), statistics(4)];
    const fn = traced(({ x }) => {
      const convolved = tf.conv2d(x, filter, 1, 'same');
      const mean = tf.mean<tf.Tensor1D>(x, [0, 1, 2]);
      const other = tf.conv2d(x, filter, 2, 'same');
      return {
        convolved,
        used: norm(convolved, four),
        byBatch: tf.batchNorm(other, tf.slice1d(tf.tile(mean, [2]), 0, 4), four.variance),
      };
    });
    const { kernels } = checkPass((graph) => dropDeadCode(foldBatchNorm(graph)), fn, images());
    expect(kernels.filter((kernel) => kernel === 'FusedBatchNorm')).toHaveLength(2);
  });
});
