/** A training step on `count` images with `heldMiB` of the wasm heap taken already; prints the error that it ends with. */
const process = require('node:process');
const tf = require('@tensorflow/tfjs-core');
const { useEngine } = require('@pose/tfjs-engine');
const { Adam, HEATMAP_OBJECTIVE, trainStep } = require('@pose/trainer');
const { slimModel } = require('../slim-model.cjs');

const { count, heldMiB } = JSON.parse(process.argv[2]);

async function main() {
  await useEngine({ prefer: 'wasm' });
  // Neither this nor the arrays are written: they take no memory of the machine.
  if (heldMiB > 0) tf.backend().makeOutput([heldMiB, 2 ** 18], 'float32');
  const batch = {
    input: new Float32Array(count * 64 * 64 * 3),
    targets: [new Float32Array(count * 16 * 16 * 17)],
    weight: new Float32Array(count * 17),
    crops: new Float32Array(count * 4),
    items: Array.from({ length: count }, (_, annotationId) => ({ annotationId })),
  };
  try {
    trainStep(slimModel(), HEATMAP_OBJECTIVE, new Adam(), batch, 1e-3);
  } catch ({ name, message }) {
    process.stdout.write(JSON.stringify({ name, message }));
  }
}

main().then(() => process.exit());
