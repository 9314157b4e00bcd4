/** Saves checkpoints one after the other, the weights of each all equal to its step, and tells each on stdout. */
const process = require('node:process');
const tf = require('@tensorflow/tfjs-core');
const { useEngine } = require('@pose/tfjs-engine');
const { saveCheckpoint } = require('@pose/trainer');
const { slimModel } = require('../slim-model.cjs');

const { folder, count, width, description, user } = JSON.parse(process.argv[2]);

async function main() {
  await useEngine({ prefer: 'wasm' });
  if (user !== undefined) process.setuid(user);
  const model = slimModel({ width });
  const names = model.trainableWeights.map((weight) => weight.originalName);
  const size = model.trainableWeights.reduce((sum, weight) => sum + tf.util.sizeFromShape(weight.shape), 0);
  for (let step = 1; step <= count; step++) {
    tf.tidy(() => model.setWeights(model.weights.map((weight) => tf.fill(weight.shape, step))));
    const optimizer = { kind: 'adam', step, names, slots: 2, values: new Float32Array(2 * size).fill(step) };
    const state = {
      epoch: 0,
      batch: step,
      step,
      stepsBeforePhase: 0,
      epochsBeforePhase: 0,
      evaluated: 0,
      evaluationsSinceBest: 0,
      seed: 0,
      data: { samples: 1, batchSize: 1 },
      running: { loss: 0, metrics: {}, samples: 0 },
    };
    await saveCheckpoint(folder, { model, description, state, optimizer, config: {} });
    process.stdout.write(`saved ${step}\n`);
  }
}

main().catch((error) => {
  process.stderr.write(`${error.name}: ${error.message}\n`);
  process.exitCode = 1;
});
