/**
 * compiled-step.mjs ENGINE RUNTIME MODEL HEIGHT WIDTH BATCH SECONDS: times a training step of @pose/trainer and a forward
 * pass of the fused network, op by op (RUNTIME off) or as one graph of `tensorflow` or `onnx`, in a process without a
 * TypeScript loader. Prints JSON.
 */
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { createModel, fuseLayers } from '@pose/pose-models';
import { compile } from '@pose/tfjs-compile';
import { useEngine } from '@pose/tfjs-engine';
import { Adam, CompiledPass, CompiledStep, HEATMAP_OBJECTIVE, trainableVariables, trainStep } from '@pose/trainer';
import * as tf from '@tensorflow/tfjs-core';

const [WARM_UP, FEWEST] = [2, 3];
const LEARNING_RATE = 1e-3;

const [engine, runtime, name, ...numbers] = process.argv.slice(2);
const [height, width, count, seconds] = numbers.map(Number);
await useEngine({ prefer: engine });
const model = createModel(name, { inputSize: [width, height], seed: 1 });
const batch = syntheticBatch();

const { train, compileSeconds } = await measureTraining();
const forward = await measureForward();
const memory = process.resourceUsage().maxRSS * 1024;
console.log(JSON.stringify({ train, forward, compileSeconds, memory }));
process.exit();

async function measureTraining() {
  const optimizer = new Adam();
  if (runtime === 'off') {
    return { train: await measure(() => trainStep(model, HEATMAP_OBJECTIVE, optimizer, batch, LEARNING_RATE)) };
  }
  const started = performance.now();
  const secondsSince = () => (performance.now() - started) / 1000;
  if (runtime === 'tensorflow') {
    const step = await CompiledStep.compile(model, HEATMAP_OBJECTIVE, optimizer, batch);
    const compileSeconds = secondsSince();
    const train = await measure(async () => {
      await step.run(batch, LEARNING_RATE);
      step.countStep();
    });
    await step.sync();
    await step.dispose();
    return { train, compileSeconds };
  }
  const pass = await CompiledPass.compile(model, HEATMAP_OBJECTIVE, batch, 0, runtime);
  const compileSeconds = secondsSince();
  const train = await measure(async () => {
    const { gradients } = await pass.run(batch);
    optimizer.apply(trainableVariables(model), gradients, LEARNING_RATE);
    tf.dispose(gradients);
  });
  await pass.dispose();
  return { train, compileSeconds };
}

async function measureForward() {
  const network = fuseLayers(model);
  const images = tf.tensor(batch.input, [count, height, width, 3]);
  const all = ({ given }) =>
    Object.fromEntries([network.apply(given)].flat().map((output, i) => [`output${i}`, output]));
  const graph = runtime === 'off' ? undefined : await compile(all, { given: images }, { runtime, frozen: true });
  return measure(async () => {
    const outputs = graph ? await graph.run({ given: images }) : tf.tidy(() => all({ given: images }));
    for (const output of Object.values(outputs)) output.dataSync();
    tf.dispose(outputs);
  });
}

/** @returns the median, in milliseconds */
async function measure(run) {
  for (let i = 0; i < WARM_UP; i++) await run();
  const times = [];
  const end = performance.now() + 1000 * seconds;
  while (times.length < FEWEST || performance.now() < end) {
    const start = performance.now();
    await run();
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  return (times[(times.length - 1) >> 1] + times[times.length >> 1]) / 2;
}

/** Noise, and a peak in the middle of each heatmap: what is in them does not change the time. */
function syntheticBatch() {
  const targets = model.outputs.map(({ shape }) => {
    const [, rows, columns, keypoints] = shape;
    const target = new Float32Array(count * rows * columns * keypoints);
    const middle = (rows >> 1) * columns + (columns >> 1);
    for (let i = 0; i < count; i++) {
      const start = (i * rows * columns + middle) * keypoints;
      target.fill(1, start, start + keypoints);
    }
    return target;
  });
  const keypoints = model.outputs[0].shape[3];
  return {
    input: Float32Array.from({ length: count * height * width * 3 }, (_, i) => 2 * Math.sin(12.9898 * i)),
    targets,
    weight: new Float32Array(count * keypoints).fill(1),
    items: Array.from({ length: count }, (_, annotationId) => ({ annotationId })),
  };
}
