/** Trains a narrow SimpleBaseline for some steps on batches made by formula; prints the losses as JSON. */
const process = require('node:process');
const { createModel } = require('@pose/pose-models');
const { useEngine } = require('@pose/tfjs-engine');
const { Adam, HEATMAP_OBJECTIVE, trainStep } = require('@pose/trainer');

const { engine, fusedKernels, steps } = JSON.parse(process.argv[2]);
const [SIZE, COUNT, KEYPOINTS] = [64, 4, 17];
const HEATMAP = SIZE / 4;

function batchOf(step) {
  const target = new Float32Array(COUNT * HEATMAP * HEATMAP * KEYPOINTS);
  for (let map = 0; map < COUNT * KEYPOINTS; map++) {
    const [n, k] = [Math.floor(map / KEYPOINTS), map % KEYPOINTS];
    const pixel = (map * 37 + step * 101) % (HEATMAP * HEATMAP);
    target[(n * HEATMAP * HEATMAP + pixel) * KEYPOINTS + k] = 1;
  }
  return {
    input: Float32Array.from({ length: COUNT * SIZE * SIZE * 3 }, (_, i) => 2 * Math.sin(i * 12.9898 + step)),
    targets: [target],
    weight: Float32Array.from({ length: COUNT * KEYPOINTS }, (_, i) => (i % 7 === 0 ? 0 : 1)),
    crops: new Float32Array(COUNT * 4),
    items: Array.from({ length: COUNT }, (_, i) => ({ annotationId: i })),
  };
}

async function main() {
  await useEngine({ prefer: engine, fusedKernels });
  const model = createModel('pose_resnet18', { inputSize: [SIZE, SIZE], deconvFilters: [8, 8, 8], width: 4 });
  const adam = new Adam();
  const losses = [];
  for (let step = 0; step < steps; step++)
    losses.push(trainStep(model, HEATMAP_OBJECTIVE, adam, batchOf(step), 1e-3).loss);
  process.stdout.write(JSON.stringify(losses));
}

main().catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
