/** Trains a slim network for three steps, compiled; prints how many it took, and what the run said, as JSON. */
const process = require('node:process');
const { useEngine } = require('@pose/tfjs-engine');
const { constantRate, HEATMAP_OBJECTIVE, Sgd, train } = require('@pose/trainer');
const { slimModel } = require('../slim-model.cjs');

const { compile, out } = JSON.parse(process.argv[2]);
const [SIZE, COUNT, KEYPOINTS, STEPS] = [32, 2, 17, 3];

const batch = {
  input: Float32Array.from({ length: COUNT * SIZE * SIZE * 3 }, (_, i) => Math.sin(i)),
  targets: [Float32Array.from({ length: (COUNT * SIZE * SIZE * KEYPOINTS) / 16 }, (_, i) => Math.cos(i))],
  weight: new Float32Array(COUNT * KEYPOINTS).fill(1),
  items: Array.from({ length: COUNT }, (_, i) => ({ annotationId: i, imageId: i, imageFile: `${i}.jpg` })),
  places: [0, 1],
  release() {},
};

async function* batches() {
  for (let index = 0; index < STEPS; index++) yield { ...batch, index };
}

async function* nothing() {}

async function main() {
  await useEngine({ prefer: process.env.POSE_ENGINE ?? 'wasm' });
  const [lines, quiet] = [[], () => {}];
  let steps = 0;
  await train({
    model: slimModel({ inputSize: [SIZE, SIZE] }),
    description: {
      name: 'slim',
      options: { inputSize: [SIZE, SIZE], keypoints: KEYPOINTS },
      keypointNames: [],
      flipPairs: [],
    },
    task: {
      ...HEATMAP_OBJECTIVE,
      data: { samples: STEPS * COUNT, batchSize: COUNT, seed: 1, chosen: batches },
      evaluator: {
        data: { samples: 0, inOrder: nothing },
        selectBy: 'none',
        predict: () => [],
        decode: () => [],
        metric: () => ({ none: 0 }),
      },
    },
    phases: [{ epochs: 1, optimizer: () => new Sgd(), schedule: () => constantRate(1e-3) }],
    out,
    compile,
    config: {},
    hooks: [{ onStep: () => void steps++ }],
    reporter: { start: quiet, advance: quiet, stop: quiet, line: (text) => lines.push(text) },
  });
  process.stdout.write(JSON.stringify({ steps, lines }));
}

main().catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
