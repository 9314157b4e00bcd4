/** Trains the slim model as the settings say, with `warmUp` in a phase of its own and `adaBatch` as sampler; tells each start of a task on stdout, and at the end the result as JSON. */
const process = require('node:process');
const { COCO_SKELETON } = require('@pose/coco-dataset');
const { useEngine } = require('@pose/tfjs-engine');
const {
  AdaBatch,
  Adam,
  openTopDownData,
  plateauRate,
  ProgressReporter,
  Sgd,
  stepRate,
  tensorBoard,
  topDownTask,
  train,
} = require('@pose/trainer');
const { slimModel } = require('../slim-model.cjs');

const {
  root,
  seed = 1,
  weights = 1,
  batchSize = 2,
  learningRate = 1e-3,
  workers = 0,
  inputSize = [64, 64],
  onUnreadable,
  cropCache,
  epochs,
  warmUp = 0,
  adaBatch = false,
  events,
  ...options
} = JSON.parse(process.argv[2]);
const say = (line) => process.stdout.write(`${line}\n`);

class Teller extends ProgressReporter {
  start(task, total, done) {
    say(`start ${task}`);
    super.start(task, total, done);
  }
}

async function main() {
  await useEngine({ prefer: process.env.POSE_ENGINE ?? 'wasm' });
  const model = slimModel({ inputSize, seed: weights });
  const heatmapSize = inputSize.map((size) => size / 4);
  const reporter = new Teller();
  const open = (split, augmentation) =>
    openTopDownData({
      root,
      split,
      skeleton: COCO_SKELETON,
      inputSize,
      heatmapSize,
      batchSize,
      augmentation,
      workers,
      seed,
      onUnreadable,
      cropCache: augmentation && cropCache,
      reporter,
    });
  const description = {
    name: 'slim',
    options: { inputSize, keypoints: 17 },
    keypointNames: COCO_SKELETON.keypoints,
    flipPairs: COCO_SKELETON.flipPairs,
  };
  const task = topDownTask({
    train: await open('train2017', { scaleFactor: 0.3, rotationFactor: 40, flipProbability: 0.5 }),
    val: await open('val2017'),
    description,
    skeleton: COCO_SKELETON,
  });
  const phases = [
    {
      epochs: epochs - warmUp,
      optimizer: () => new Adam(),
      schedule: () =>
        options.validationLoss
          ? plateauRate({ learningRate, patience: 0, threshold: 0.5 })
          : stepRate({ learningRate, milestones: [2], gamma: 0.1 }),
    },
  ];
  if (warmUp > 0) {
    phases.unshift({
      epochs: warmUp,
      optimizer: () => new Sgd({ momentum: 0.9 }),
      schedule: () => stepRate({ learningRate, milestones: [], gamma: 1 }),
      frozen: /^(conv|bn)0/,
    });
  }
  const result = await train({
    model,
    description,
    task,
    phases,
    sampler: adaBatch ? new AdaBatch({ samples: task.data.samples, seed, patience: 1 }) : undefined,
    hooks: events ? [tensorBoard({ folder: events })] : [],
    config: { batchSize, learningRate },
    reporter,
    ...options,
  });
  const { evaluation, loss, metrics, interrupted } = result;
  say(JSON.stringify({ stats: evaluation?.stats, loss, metrics, interrupted }));
}

main().catch((error) => {
  process.stderr.write(`${error.name}: ${error.message}\n`);
  process.exitCode = 1;
});
