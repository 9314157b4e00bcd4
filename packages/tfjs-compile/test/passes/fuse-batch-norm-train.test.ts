import { batchNormTrain } from '@pose/pose-models';
import * as tf from '@tensorflow/tfjs-core';
import { optimize, trace, type TensorFunction } from '../../src';
import { dropDeadCode } from '../../src/passes/drop-dead-code';
import { fuseBatchNormTrain } from '../../src/passes/fuse-batch-norm-train';
import { removeIdentities } from '../../src/passes/remove-identities';
import { kernelsOf } from '../support/check-pass';
import { expectEqual } from '../support/compare';
import { testEngine } from '../support/engine';
import { interpret } from '../support/interpret';
import { Random } from '../support/random';

/** As an engine without the fused kernel runs it. */
function composed<T>(run: () => T): T {
  const kernel = tf.getKernel('BatchNormTrain', tf.getBackend());
  tf.unregisterKernel(kernel.kernelName, kernel.backendName);
  try {
    return run();
  } finally {
    tf.registerKernel(kernel);
  }
}

const random = new Random(11);
const inputs = () => ({
  x: tf.tensor4d(random.floats(90), [2, 5, 3, 3]),
  dy: tf.tensor4d(random.floats(90), [2, 5, 3, 3]),
  scale: tf.tensor1d(random.floats(3)),
  offset: tf.tensor1d(random.floats(3)),
});

const forward: TensorFunction = ({ x, scale, offset }) => {
  const statistics: tf.Tensor[] = [];
  const y = batchNormTrain(x as tf.Tensor4D, scale as tf.Tensor1D, offset as tf.Tensor1D, 1e-3, (mean, variance) =>
    statistics.push(tf.mul(mean, 0.1), tf.mul(variance, 0.1)),
  );
  return { y, mean: statistics[0], variance: statistics[1] };
};

const backward: TensorFunction = ({ x, dy, scale, offset }) => {
  const loss = (...args: tf.Tensor[]) =>
    tf.sum(tf.mul(dy, batchNormTrain(args[0] as tf.Tensor4D, args[1] as tf.Tensor1D, args[2] as tf.Tensor1D, 1e-3)));
  const { value, grads } = tf.valueAndGrads(loss)([x, scale, offset]);
  return { value, dx: grads[0], dscale: grads[1], doffset: grads[2] };
};

beforeAll(testEngine);

test('the composed forward pass becomes BatchNormTrain, with its mean and variance', () => {
  const given = inputs();
  const traced = composed(() => trace(forward, given));
  expect(kernelsOf(traced)).toContain('FusedBatchNorm');
  const fused = removeIdentities(dropDeadCode(fuseBatchNormTrain(traced)));
  expect(kernelsOf(fused)).toEqual(['BatchNormTrain', 'Multiply', 'Multiply']);
  expect(fused.operations[0].attributes).toEqual({ epsilon: 1e-3 });
  expectEqual(interpret(fused, given), interpret(traced, given), 1e-5);
});

test('the composed gradient becomes BatchNormTrainGrad', () => {
  const given = inputs();
  const traced = composed(() => trace(backward, given));
  const fused = optimize(traced);
  const kernels = kernelsOf(fused);
  expect(kernels.filter((kernel) => kernel.startsWith('BatchNorm'))).toEqual(['BatchNormTrain', 'BatchNormTrainGrad']);
  expect(kernels).not.toContain('Rsqrt');
  expect(kernels.length).toBeLessThan(8);
  if (tf.getBackend() === 'tensorflow') return; // its kernel takes what only its own forward kernel gives
  expectEqual(interpret(fused, given), interpret(traced, given), 1e-5);
});

test('what only looks like it stays: other axes, other mean, other epsilon', () => {
  const given = inputs();
  const fn: TensorFunction = ({ x, dy, scale, offset }) => {
    const mean = tf.mean<tf.Tensor1D>(dy, [0, 1, 2]);
    const variance = tf.mean<tf.Tensor1D>(tf.square(tf.sub(x, mean)), [0, 1, 2]);
    const own = tf.mean<tf.Tensor1D>(x, [0, 1, 2]);
    const halves = tf.mean<tf.Tensor1D>(tf.square(tf.mul(tf.sub(x, own), 0.5)), [0, 1, 2]);
    return {
      otherMean: tf.batchNorm(x, mean, variance, offset as tf.Tensor1D, scale as tf.Tensor1D),
      otherVariance: tf.batchNorm(x, own, halves, offset as tf.Tensor1D, scale as tf.Tensor1D),
    };
  };
  const traced = trace(fn, given);
  const fused = optimize(traced);
  expect(kernelsOf(fused)).not.toContain('BatchNormTrain');
  expectEqual(interpret(fused, given), interpret(traced, given), 1e-5);
});
