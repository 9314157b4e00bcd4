/**
 * Lite-HRNet: Yu et al., "Lite-HRNet: A Lightweight High-Resolution Network", CVPR 2021.
 *
 *   npx tsx examples/train-lite-hrnet/train.ts --data /data/coco --network litehrnet_18
 *   npx tsx examples/train-lite-hrnet/train.ts --data /data/coco --network litehrnet_30 --input 384x288
 *   npx tsx examples/train-lite-hrnet/train.ts --synthetic --network naive_litehrnet_18 --input 128x96 --epochs 30
 *
 * The defaults are those of HRNet/Lite-HRNet for COCO, where 8 GPUs take a batch each; --stride-apply 8 makes steps of as
 * many people on one. A run folder holds config.json, log.jsonl, metrics.csv, checkpoints/, pictures and report.html;
 * --resume goes on with an interrupted run, --help lists all options.
 */
import * as tf from '@tensorflow/tfjs-core';
import { COCO_SKELETON } from '@pose/coco-dataset';
import { dataRoot, endWithError, openPeople, runTraining, startEngine } from '@pose/example-shared';
import { jointsMse } from '@pose/pose-losses';
import { countParameters, createModel, formatSummary, summary } from '@pose/pose-models';
import {
  Adam,
  heatmapSizeOf,
  ProgressReporter,
  topDownTask,
  warmupMultistepRate,
  type ModelDescription,
  type Size,
} from '@pose/trainer';
import { parseOptions, type Options } from './options';

async function main(options: Options): Promise<void> {
  const reporter = new ProgressReporter();
  const engine = await startEngine(options, reporter);
  const root = await dataRoot(options, reporter);

  // Network
  const [height, width] = options.input;
  const inputSize: Size = [width, height];
  const description: ModelDescription = {
    name: options.network,
    options: { inputSize, keypoints: COCO_SKELETON.keypoints.length, width: options.width },
    keypointNames: COCO_SKELETON.keypoints,
    flipPairs: COCO_SKELETON.flipPairs,
  };
  const model = createModel(description.name, { ...description.options, seed: options.resume ? null : options.seed });
  if (options.summary) console.log(formatSummary(summary(model)));
  const { total } = countParameters(model);
  reporter.line(`${description.name}, ${height}x${width}: ${total.toLocaleString('en')} parameters`);

  // Data
  const halfBody = { probability: options.halfBody, minKeypoints: 9, upperBody: COCO_SKELETON.upperBody };
  const people = {
    root,
    skeleton: COCO_SKELETON,
    inputSize,
    heatmapSize: heatmapSizeOf(model),
    augmentation: { halfBody },
    reporter,
  };
  const { train, val } = await openPeople(people, options);

  // Task: mmpose's JointsMSELoss is Microsoft's without its factor of a half
  const task = topDownTask({
    train,
    val,
    description,
    skeleton: COCO_SKELETON,
    flipTest: options.flipTest,
    loss: ([heatmaps], { targets: [target], weight }) => ({
      perSample: tf.mul(2, jointsMse(heatmaps as tf.Tensor4D, target as tf.Tensor4D, weight)),
    }),
  });

  // Training
  const { lr: learningRate, lrStep: milestones, lrFactor: gamma } = options;
  const warmup = { steps: options.warmup, startFactor: 0.001 };
  const schedule = () => warmupMultistepRate({ learningRate, milestones, gamma, warmup });
  await runTraining(
    {
      model,
      description,
      task,
      phases: [{ epochs: options.epochs, optimizer: () => new Adam(), schedule }],
      config: { ...options, engine: engine.kind },
      reporter,
    },
    options,
  );
  await Promise.all([train.loader.close(), val.loader.close()]);
}

main(parseOptions(process.argv.slice(2))).catch(endWithError);
