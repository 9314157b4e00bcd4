import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { Adam } from '../src/optimizer/adam';
import { HEATMAP_OBJECTIVE } from '../src/task/top-down-task';
import { computeGradients, trainStep } from '../src/train-step';
import { runChild } from './children/run-child';
import { testEngine } from './engine';
import { OUT_OF_MEMORY, withoutMemoryFor } from './out-of-memory';
import { randomBatch } from './random-batch';
import { slimModel } from './slim-model.cjs';

beforeAll(testEngine);

const valuesOf = ({ weights }: LayersModel) => weights.map((weight) => Array.from(weight.read().dataSync()));

test('trainStep() returns the loss and accuracy before the step, and steps lower the loss', () => {
  const model = slimModel();
  const adam = new Adam();
  const batch = randomBatch();
  batch.weight[5] = 0;
  // JointsMSELoss, number by number: half the mean over pixels, samples and keypoints of the weighted squares.
  const apply = () => model.apply(tf.tensor4d(batch.input, [2, 64, 64, 3]), { training: true }) as tf.Tensor;
  const output = Array.from(tf.tidy(() => apply().dataSync()));
  const expected = output.reduce((sum, value, i) => {
    const [n, k] = [Math.floor(i / (256 * 17)), i % 17];
    return sum + (batch.weight[n * 17 + k] * (value - batch.targets[0][i])) ** 2;
  }, 0);
  const first = trainStep(model, HEATMAP_OBJECTIVE, adam, batch, 1e-3);
  expect(first.loss).toBeCloseTo((0.5 * expected) / output.length, 8);
  expect(first.metrics.accuracy).toBeGreaterThanOrEqual(0);
  let last = first;
  for (let i = 0; i < 150; i++) last = trainStep(model, HEATMAP_OBJECTIVE, adam, batch, 1e-2);
  expect(last.loss).toBeLessThan(0.9 * first.loss);
  expect(last.metrics.accuracy).toBeGreaterThan(first.metrics.accuracy);
});

test('the same steps give the same losses to the bit', () => {
  const run = () => {
    const [model, adam] = [slimModel(), new Adam()];
    return [0, 1, 2, 3].map((seed) => trainStep(model, HEATMAP_OBJECTIVE, adam, randomBatch({ seed }), 1e-3).loss);
  };
  expect(run()).toEqual(run());
});

// In plain Node: jest's realm makes the loops of the engine several times slower.
test.each([
  ['slim', [10, 100]],
  ['pose_resnet18', [10, 20]],
])(
  'memory is the same after each step (%s, steps %j)',
  async (name, at) => {
    const { stdout, stderr } = await runChild('memory.cjs', { input: { name, at } });
    const [early, late] = stdout.trim().split('\n');
    if (late === undefined) throw new Error(stderr);
    expect(JSON.parse(early).numTensors).toBeGreaterThan(name === 'slim' ? 20 : 200);
    expect(JSON.parse(late)).toEqual(JSON.parse(early));
  },
  180_000,
);

test.each([
  ['images fit, but not what is computed from them', { heldMiB: 3900, count: 2_000 }],
  ["images are more than WebAssembly's 4 GiB can address", { heldMiB: 0, count: 110_000 }],
])('a batch whose %s is an error that says what to do', async (_, input) => {
  const { stdout, stderr } = await runChild('out-of-memory.cjs', { input });
  if (!stdout) throw new Error(stderr);
  expect(JSON.parse(stdout)).toEqual({
    name: 'EngineError',
    message: expect.stringMatching(
      /^Out of memory: WebAssembly's heap, .* Use a smaller batch \(--batch\) or a smaller/,
    ),
  });
});

test('a loss that is not finite names the annotations, and changes nothing', () => {
  const model = slimModel();
  const adam = new Adam();
  trainStep(model, HEATMAP_OBJECTIVE, adam, randomBatch(), 1e-3);
  const [before, state, tensors] = [valuesOf(model), adam.state(), tf.memory().numTensors];
  const batch = randomBatch();
  batch.input[7] = NaN;
  expect(() => trainStep(model, HEATMAP_OBJECTIVE, adam, batch, 1e-3)).toThrow(
    expect.objectContaining({
      name: 'TrainerError',
      message: expect.stringContaining('The loss became NaN on the annotations 100, 101.'),
    }),
  );
  expect(valuesOf(model)).toEqual(before);
  expect(adam.state()).toEqual(state);
  expect(tf.memory().numTensors).toBe(tensors);
});

test('neither does a backward pass that finds no memory', () => {
  const [model, batch] = [slimModel(), randomBatch()];
  const [before, { numTensors, numBytes }] = [valuesOf(model), tf.memory()];
  const restore = withoutMemoryFor(2);
  expect(() => computeGradients(model, HEATMAP_OBJECTIVE, batch)).toThrow(OUT_OF_MEMORY);
  restore();
  expect(valuesOf(model)).toEqual(before);
  expect(tf.memory()).toMatchObject({ numTensors, numBytes });
  tf.dispose(computeGradients(model, HEATMAP_OBJECTIVE, batch).gradients);
  expect(valuesOf(model)).not.toEqual(before);
  expect(tf.memory()).toMatchObject({ numTensors, numBytes });
});
