import * as tf from '@tensorflow/tfjs-core';
import { compile, exportOnnx, openOnnx, optimize, reducePrecision, trace, type Graph } from '../../src';
import { deviation } from '../support/deviation';
import { eachReduced } from '../support/each-reduced';
import { testEngine } from '../support/engine';
import { expectEqual } from '../support/compare';
import { interpret } from '../support/interpret';
import { randomProgram } from '../support/random-program';
import { eagerOutcome, outcomeOf } from '../support/run-program';

beforeAll(testEngine);

describe('float16 in ONNX', () => {
  test.each([
    ['what flows between products', (graph: Graph) => reducePrecision(graph, 'float16')],
    ['everything that may have it', (graph: Graph) => eachReduced(graph, 'float16')],
  ])('random programs with it in %s compute what they do in float32, but for its 11 bits', async (_, pass) => {
    for (let seed = 500; seed < 515; seed++) {
      const program = randomProgram(seed);
      const expected = await eagerOutcome(program);
      const executable = await openOnnx(pass(optimize(trace(program.fn, program.inputs))));
      const found = await outcomeOf(program.variables, () => executable.run(program.inputs));
      await executable.dispose();
      try {
        expectEqual(found, expected, 12 * 2 ** -11);
      } catch (error) {
        throw new Error(`Seed ${seed}: ${(error as Error).message}`, { cause: error });
      }
      tf.dispose([found, expected]);
      program.dispose();
    }
  });

  test('batch normalisation and pooling, with their gradients', async () => {
    const inputs = { x: tf.randomNormal<tf.Rank.R4>([2, 6, 6, 3], 1, 2, 'float32', 1) };
    const [scale, offset] = [tf.tensor1d([1, 2, 0.5]), tf.tensor1d([0, 1, -1])];
    const filter = tf.randomNormal<tf.Rank.R4>([3, 3, 3, 3], 0, 0.3, 'float32', 2);
    const lossOf = (x: tf.Tensor) => {
      const y = tf.conv2d(x as tf.Tensor4D, filter, 1, 'same');
      const { mean, variance } = tf.moments(y, [0, 1, 2]);
      const normal = tf.batchNorm4d(y, mean as tf.Tensor1D, variance as tf.Tensor1D, offset, scale, 1e-3);
      const pooled = tf.avgPool(tf.maxPool(tf.relu(normal), 3, 2, 'same'), 2, 1, 'same');
      return tf.mean(tf.square(tf.conv2d(tf.image.resizeNearestNeighbor(pooled, [6, 6]), filter, 1, 'same')));
    };
    const fn = ({ x }: tf.NamedTensorMap) => {
      const { value, grad } = tf.valueAndGrad(lossOf)(x);
      return { loss: value, gradient: grad };
    };
    const graph = reducePrecision(optimize(trace(fn, inputs)), 'float16');
    const executable = await openOnnx(graph);
    const [found, expected] = [await executable.run(inputs), interpret(graph, inputs)];
    await executable.dispose();
    for (const name of ['loss', 'gradient']) {
      expect(deviation(found[name].dataSync(), expected[name].dataSync())).toBeLessThan(8 * 2 ** -11);
    }
  });
});

test('bfloat16 is refused', async () => {
  const inputs = { a: tf.ones([2, 2]) };
  const fn = ({ a }: tf.NamedTensorMap) => ({ y: tf.matMul(a, a) });
  const graph = reducePrecision(trace(fn, inputs), 'bfloat16');
  expect(() => exportOnnx(graph)).toThrow(/^Expected no bfloat16 in an ONNX model.*'float16'/s);
  await expect(compile(fn, inputs, { runtime: 'onnx', precision: 'bfloat16' })).rejects.toThrow('bfloat16');
});
