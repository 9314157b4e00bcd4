/** Trains the slim model on the people of a data set by heart; prints evaluations before and after, on it and on others, as JSON. */
const process = require('node:process');
const tf = require('@tensorflow/tfjs-core');
const { COCO_SKELETON } = require('@pose/coco-dataset');
const { useEngine } = require('@pose/tfjs-engine');
const { Adam, evaluate, HEATMAP_OBJECTIVE, openTopDownData, topDownEvaluator, trainStep } = require('@pose/trainer');
const { slimModel } = require('../slim-model.cjs');

const { root, others, steps } = JSON.parse(process.argv[2]);
const inputSize = [64, 64];
const description = {
  name: 'slim',
  options: { inputSize, keypoints: 17 },
  keypointNames: COCO_SKELETON.keypoints,
  flipPairs: COCO_SKELETON.flipPairs,
};

async function main() {
  await useEngine({ prefer: process.env.POSE_ENGINE ?? 'wasm' });
  const model = slimModel({ width: 24, depth: 4 });
  const adam = new Adam();
  const open = (folder, batchSize) =>
    openTopDownData({
      root: folder,
      split: 'train2017',
      skeleton: COCO_SKELETON,
      inputSize,
      heatmapSize: [16, 16],
      batchSize,
      workers: 0,
    });
  const data = await open(root, 8);
  const run = async (flipTest, on = data) => {
    const tensors = tf.memory().numTensors;
    const evaluator = topDownEvaluator({ val: on, description, skeleton: COCO_SKELETON, flipTest });
    const { stats, results } = await evaluate(model, evaluator);
    return { stats, results, leaked: tf.memory().numTensors - tensors };
  };
  const before = await run(false);
  let accuracy = 0;
  for (let step = 1; step <= steps; step++) {
    for await (const batch of data.loader.inOrder()) {
      accuracy = trainStep(model, HEATMAP_OBJECTIVE, adam, batch, step > 0.7 * steps ? 1e-3 : 1e-2).metrics.accuracy;
    }
  }
  const [plain, flipped, variants] = [await run(false), await run(true), []];
  // Another batch size, of which the number of people is no multiple.
  for (const folder of others) variants.push(await run(false, await open(folder, 3)));
  process.stdout.write(JSON.stringify({ before, accuracy, plain, flipped, variants }));
}

main().catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
