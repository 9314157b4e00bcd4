/** Trains a network on one batch in memory; prints tf.memory() after each of the given numbers of steps as JSON. */
const process = require('node:process');
const tf = require('@tensorflow/tfjs-core');
const { createModel } = require('@pose/pose-models');
const { useEngine } = require('@pose/tfjs-engine');
const { Adam, HEATMAP_OBJECTIVE, trainStep } = require('@pose/trainer');
const { slimModel } = require('../slim-model.cjs');

const { name, at } = JSON.parse(process.argv[2]);
const SIZE = 32;

async function main() {
  await useEngine({ prefer: process.env.POSE_ENGINE ?? 'wasm' });
  const inputSize = [SIZE, SIZE];
  const model =
    name === 'slim' ? slimModel({ inputSize }) : createModel(name, { inputSize, deconvFilters: [16, 16, 16] });
  const adam = new Adam();
  const batch = {
    input: Float32Array.from({ length: 2 * SIZE * SIZE * 3 }, (_, i) => Math.sin(i)),
    targets: [Float32Array.from({ length: (2 * SIZE * SIZE * 17) / 16 }, (_, i) => Math.cos(i))],
    weight: new Float32Array(2 * 17).fill(1),
    crops: new Float32Array(8),
    items: [{ annotationId: 1 }, { annotationId: 2 }],
  };
  for (let step = 1; step <= Math.max(...at); step++) {
    trainStep(model, HEATMAP_OBJECTIVE, adam, batch, 1e-4);
    const { numTensors, numBytes, numDataBuffers } = tf.memory();
    if (at.includes(step)) process.stdout.write(`${JSON.stringify({ numTensors, numBytes, numDataBuffers })}\n`);
  }
}

main().catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
