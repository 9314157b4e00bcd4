import '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import type { NamedTensorMap, Tensor4D } from '@tensorflow/tfjs-core';
import { jointsMse } from '@pose/pose-losses';
import { createModel } from '@pose/pose-models';
import { InferenceSession, Tensor as OnnxTensor } from 'onnxruntime-node';
import { CompileError, exportOnnx, openOnnx, trace } from '../../src';
import { testEngine } from '../support/engine';
import { expectFlat } from '../support/expect-flat';
import { onnxDifference } from './difference';

beforeAll(testEngine);

/** Of the sum of squares of x times a variable. */
function program() {
  const scale = tf.variable(tf.tensor1d([1, 2, 3]));
  const fn = ({ x }: NamedTensorMap) => {
    const scaled = tf.mul(x, scale);
    scale.assign(tf.add(scale, 1) as tf.Tensor1D);
    return { scaled, loss: tf.sum(tf.square(scaled)) };
  };
  return { fn, scale };
}

describe('openOnnx(graph)', () => {
  it('reads the variables as they are at each run, and assigns them', async () => {
    const { fn, scale } = program();
    const x = tf.ones([3]);
    const executable = await openOnnx(trace(fn, { x }));
    const losses: number[] = [];
    for (let i = 0; i < 2; i++) losses.push((await executable.run({ x })).loss.dataSync()[0]);
    expect(losses).toEqual([14, 29]);
    expect([...scale.dataSync()]).toEqual([3, 4, 5]);
    scale.assign(tf.tensor1d([0, 0, 1]));
    expect((await executable.run({ x })).loss.dataSync()[0]).toBe(1);
    await executable.dispose();
    scale.dispose();
  });

  it('makes no more tensors than it returns, and moves with a heap that grows', async () => {
    const { fn, scale } = program();
    const x = tf.ones([3]);
    const executable = await openOnnx(trace(fn, { x }));
    const { numTensors } = tf.memory();
    const running = executable.run({ x });
    const large = tf.zeros([30_000_000]); // grows WebAssembly's heap before ONNX Runtime begins
    const made = await running;
    expect(made.loss.dataSync()[0]).toBe(14);
    large.dispose();
    expect(tf.memory().numTensors).toBe(numTensors + 2);
    tf.dispose(made);
    await executable.dispose();
    scale.dispose();
  });

  it('runs one after the other what is asked for at once', async () => {
    const { fn, scale } = program();
    const [one, two] = [tf.ones([3]), tf.fill([3], 2)];
    const executable = await openOnnx(trace(fn, { x: one }));
    const made = await Promise.all([executable.run({ x: one }), executable.run({ x: two })]);
    expect(made.map(({ scaled }) => [...scaled.dataSync()])).toEqual([
      [1, 2, 3],
      [4, 6, 8],
    ]);
    tf.dispose(made);
    await executable.dispose();
    scale.dispose();
  });

  it('refuses inputs that are missing or of another shape, and changes no variable then', async () => {
    const { fn, scale } = program();
    const executable = await openOnnx(trace(fn, { x: tf.ones([3]) }));
    const { numTensors } = tf.memory();
    await expect(executable.run({})).rejects.toThrow(
      new CompileError(
        "Expected the input 'x' to be float32 [3], found none. A graph takes the shapes that it was traced with: trace " +
          'once more for others.',
      ),
    );
    const wrong = tf.ones([1, 3]);
    await expect(executable.run({ x: wrong })).rejects.toThrow(
      "Expected the input 'x' to be float32 [3], found float32 [1, 3].",
    );
    wrong.dispose();
    expect(tf.memory().numTensors).toBe(numTensors);
    expect([...scale.dataSync()]).toEqual([1, 2, 3]);
    await executable.dispose();
    scale.dispose();
  });
});

it('2,000 runs leave nothing behind', () => expectFlat(openOnnx));

it('openOnnx(graph) names kernel and place where ONNX has no counterpart', async () => {
  const graph = trace(({ x }) => ({ y: tf.unique(x).values }), { x: tf.ones([3]) });
  await expect(openOnnx(graph)).rejects.toThrow(
    /^Kernel Unique, called at .*open-onnx\.test\.ts:\d+:\d+, has no counterpart/,
  );
});

it("exportOnnx(graph) is a model of the graph's own names, with the variables inside", async () => {
  const model = createModel('pose_resnet18', { inputSize: [32, 64], width: 8 });
  const fn = ({ image }: NamedTensorMap) => ({ heatmaps: model.predict(image) as Tensor4D });
  const image = tf.randomUniform([1, 64, 32, 3], 0, 1, 'float32', 3);
  const session = await InferenceSession.create(exportOnnx(trace(fn, { image })));
  const { heatmaps } = await session.run({
    image: new OnnxTensor('float32', image.dataSync() as Float32Array, image.shape),
  });
  const expected = fn({ image }).heatmaps;
  expect(heatmaps.dims).toEqual(expected.shape);
  const values = expected.dataSync();
  const furthest = Math.max(...values.map((value, i) => Math.abs(value - (heatmaps.data[i] as number))));
  expect(furthest).toBeLessThan(1e-5 * Math.max(...values.map(Math.abs)));
  await session.release();
});

it("gives all gradients of a ResNet's training step, and its running statistics", async () => {
  const model = createModel('pose_resnet18', { inputSize: [64, 64], width: 16 });
  const weights = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
  const [, ...size] = model.outputs[0].shape as number[];
  const inputs = {
    x: tf.randomUniform([8, 64, 64, 3], 0, 1, 'float32', 1),
    target: tf.randomUniform([8, ...size], 0, 1, 'float32', 2),
    weight: tf.ones([8, size[2]]),
  };
  const fn = ({ x, target, weight }: NamedTensorMap) => {
    const loss = () => {
      const heatmaps = model.apply(x, { training: true }) as Tensor4D;
      return tf.mean(jointsMse(heatmaps, target as Tensor4D, weight as tf.Tensor2D)) as tf.Scalar;
    };
    const { value, grads } = tf.variableGrads(loss, weights);
    return { loss: value, ...grads };
  };
  // Two gradients of the same weights in another order of additions: a ReLU's mask may differ where it is given almost 0.
  expect(await onnxDifference(fn, inputs, ['cpu'])).toBeLessThan(5e-5);
});
