/**
 * compiled-step.mjs ENGINE RUNTIME PRECISION MODEL HEIGHT WIDTH BATCH: a training step of @pose/trainer with Adam, or a
 * forward pass of the fused network, each time that it is asked for one; op by op (RUNTIME off) or as one graph of a
 * runtime of @pose/tfjs-compile. The process of a StepProcess (step-process.ts), without a TypeScript loader.
 */
import { createRequire } from 'node:module';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { createModel, fuseLayers } from '@pose/pose-models';
import { compile } from '@pose/tfjs-compile';
import { useEngine } from '@pose/tfjs-engine';
import { Adam, CompiledPass, CompiledStep, HEATMAP_OBJECTIVE, trainableVariables, trainStep } from '@pose/trainer';
import * as tf from '@tensorflow/tfjs-core';

const LEARNING_RATE = 1e-3;

const [prefer, runtime, precision, name, ...numbers] = process.argv.slice(2);
const [height, width, count] = numbers.map(Number);
const engine = await useEngine({ prefer });
const model = createModel(name, { inputSize: [width, height], seed: 1 });
const batch = syntheticBatch();
const open = { train: openTraining, forward: openForward };

const parameters = Object.values(trainableVariables(model)).reduce((sum, { size }) => sum + size, 0);
console.log(JSON.stringify({ runtime: describeRuntime(), parameters }));
let task, step;
for await (const request of createInterface({ input: process.stdin })) {
  if (request === 'memory') {
    console.log(JSON.stringify({ memory: process.resourceUsage().maxRSS * 1024 }));
    continue;
  }
  const started = performance.now();
  if (task !== request) {
    await step?.dispose();
    [task, step] = [request, await open[request]()];
  }
  await step.run();
  console.log(JSON.stringify({ seconds: (performance.now() - started) / 1000 }));
}
process.exit();

async function openTraining() {
  const optimizer = new Adam();
  if (runtime === 'off') {
    const run = () => trainStep(model, HEATMAP_OBJECTIVE, optimizer, batch, LEARNING_RATE);
    return { run, dispose: () => optimizer.dispose() };
  }
  if (runtime !== 'onnx') {
    const compiled = await CompiledStep.compile(model, HEATMAP_OBJECTIVE, optimizer, batch, { runtime, precision });
    const run = async () => {
      await compiled.run(batch, LEARNING_RATE);
      compiled.countStep();
    };
    const dispose = async () => {
      await compiled.sync();
      await compiled.dispose();
      optimizer.dispose();
    };
    return { run, dispose };
  }
  // As the trainer does it on the CPU: the engine takes the optimizer's step.
  const pass = await CompiledPass.compile(model, HEATMAP_OBJECTIVE, batch, 0, runtime, { precision });
  const run = async () => {
    const { gradients } = await pass.run(batch);
    optimizer.apply(trainableVariables(model), gradients, LEARNING_RATE);
    tf.dispose(gradients);
  };
  const dispose = async () => {
    await pass.dispose();
    optimizer.dispose();
  };
  return { run, dispose };
}

async function openForward() {
  const network = fuseLayers(model);
  const given = tf.tensor(batch.input, [count, height, width, 3]);
  const all = ({ given }) =>
    Object.fromEntries([network.apply(given)].flat().map((output, i) => [`output${i}`, output]));
  const graph = runtime === 'off' ? undefined : await compile(all, { given }, { runtime, frozen: true, precision });
  const run = async () => {
    const outputs = graph ? await graph.run({ given }) : tf.tidy(() => all({ given }));
    for (const output of Object.values(outputs)) output.dataSync();
    tf.dispose(outputs);
  };
  const dispose = async () => {
    await graph?.dispose();
    given.dispose();
  };
  return { run, dispose };
}

/** What computes most of a step, with its version. */
function describeRuntime() {
  if (runtime.startsWith('onnx')) {
    const { env } = createRequire(import.meta.resolve('@pose/tfjs-compile'))('onnxruntime-node');
    return `ONNX Runtime ${env.versions.node}`;
  }
  return engine.tensorflow ? `TensorFlow ${engine.tensorflow}` : engine.package;
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
