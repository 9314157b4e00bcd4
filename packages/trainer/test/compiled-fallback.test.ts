import * as tf from '@tensorflow/tfjs-core';
import type { CompileMode } from '../src/gradients/compile-mode';
import { runChild } from './children/run-child';
import { testEngine } from './engine';
import { temporaryFolder } from './temporary-folder';
import { tinyPhase, tinyTask, trainTiny, type TinyTask } from './tiny-training';

const file = temporaryFolder();
beforeAll(testEngine);

const isNative = process.env.POSE_ENGINE === 'native';
const compile: CompileMode = isNative ? 'tensorflow' : 'onnx';
const testOnOnnx = isNative ? test.skip : test;
const testOnTensorFlow = isNative ? test : test.skip;

/**
 * Trains compiled and op by op with a number more to watch, made of the losses, and expects the same losses.
 *
 * @returns the lines about running op by op
 */
async function linesOf(name: string, watch: (perSample: tf.Tensor1D) => tf.Tensor): Promise<string[]> {
  const plain = tinyTask({ samples: 4 });
  const loss: TinyTask['loss'] = (...args) => {
    const { perSample } = plain.loss(...args);
    return { perSample, terms: { watched: tf.mean(watch(perSample)) as tf.Scalar } };
  };
  const runs = [];
  for (const mode of ['off', compile] as const) {
    const options = { task: { ...plain, loss }, phases: [tinyPhase({ epochs: 1 })], compile: mode };
    runs.push(await trainTiny(file(`${name}-${mode}`), options));
  }
  const steps = runs.map(({ log }) => log.filter((entry) => entry.event === 'step'));
  expect(steps.map(({ length }) => length)).toEqual([2, 2]);
  steps[0].forEach(({ loss: expected }, i) => expect(steps[1][i].loss).toBeCloseTo(expected, 6));
  return runs[1].lines.filter((line) => line.includes('op by op'));
}

test('an op that the runtime lacks: training goes on op by op, and says so once, with the place', async () => {
  const lines = await linesOf('lacking', (perSample) => tf.unique(perSample).values);
  expect(lines).toEqual([expect.stringMatching(/^Training goes on op by op: .*Unique.*compiled-fallback\.test\.ts/)]);
});

testOnOnnx('a graph that ONNX Runtime refuses', async () => {
  // It takes no leaky ReLU of whole numbers; WebAssembly's kernel does.
  const lines = await linesOf('refused', (perSample) => tf.leakyRelu(tf.cast(tf.add(perSample, 1), 'int32')));
  expect(lines).toEqual([
    expect.stringMatching(/^Training goes on op by op: ONNX Runtime does not take the graph: .*LeakyRelu/),
  ]);
});

testOnOnnx('memory that does not suffice for the graph: of ONNX Runtime', async () => {
  // ONNX resizes one axis after the other: a column becomes a square of 256 TiB before it becomes a row.
  const side = 2 ** 23;
  const row = (x: tf.Tensor4D) => tf.image.resizeBilinear(x, [1, side]);
  const lines = await linesOf('memory', (perSample) =>
    row(tf.tile(tf.reshape(tf.mean(perSample), [1, 1, 1, 1]), [1, side, 1, 1]) as tf.Tensor4D),
  );
  expect(lines).toEqual([expect.stringMatching(/^Training goes on op by op: ONNX Runtime failed: .*memory/)]);
});

testOnTensorFlow('memory that does not suffice for the graph: of TensorFlow', async () => {
  // A graph takes a dilated depthwise convolution apart, here into an image of 256 TiB; the engine's kernel does not.
  const dilation = 2 ** 23;
  const lines = await linesOf('memory', (perSample) =>
    tf.fused.depthwiseConv2d({
      x: tf.tile(tf.reshape(tf.mean(perSample), [1, 1, 1, 1]), [1, 2, 2, 1]) as tf.Tensor4D,
      filter: tf.ones([1, 1, 1, 1]),
      strides: 1,
      pad: 'valid',
      dilations: [dilation, dilation],
    }),
  );
  expect(lines).toEqual([
    expect.stringMatching(
      /^Training goes on op by op: TensorFlow failed to run the graph: [^\n]*OOM when allocating[^\n]*$/,
    ),
  ]);
});

testOnTensorFlow('a graph that TensorFlow cannot load, for it cannot be written', async () => {
  const folder = file('no-such-folder');
  const { stdout, stderr } = await runChild('train-compiled.cjs', {
    input: { compile, out: file('unloaded') },
    shell: `export TMPDIR='${folder}'`,
  });
  expect(stderr).not.toContain('Error');
  const { lines, steps } = JSON.parse(stdout) as { lines: string[]; steps: number };
  expect(steps).toBe(3);
  expect(lines.filter((line) => line.includes('op by op'))).toEqual([
    expect.stringMatching(/^Training goes on op by op: TensorFlow did not load the graph, .*no-such-folder/),
  ]);
});
