/**
 * SimpleBaseline with DeepLab's atrous spatial pyramid in the place of its transposed convolutions, alone or within a
 * spatial transformer; trained on rectified boxes, with Ada-Batch.
 *
 *   npx tsx examples/train-deeplab-pose/train.ts --data /data/coco --network deeplab_resnet50
 *   npx tsx examples/train-deeplab-pose/train.ts --data /data/coco --network stn_deeplab_resnet50
 *   npx tsx examples/train-deeplab-pose/train.ts --synthetic --network deeplab_resnet18 --width 16 --input 128x96 --epochs 30
 *
 * The defaults are SimpleBaseline's published training (train-simplebaseline) at DeepLab's learning rate (2.5e-4,
 * isht7/pytorch-deeplab-resnet train.py: the pyramid's fan-in is too large for 1e-3), rectification and Ada-Batch on. Where
 * these come from is written at the networks (pose-models), rectifyBox (pose-augment) and AdaBatch (trainer). A run
 * folder holds config.json, log.jsonl, metrics.csv, checkpoints/, pictures (difficulty.png is Ada-Batch's) and
 * report.html; --resume goes on with an interrupted run, --help lists all options.
 */
import * as tf from '@tensorflow/tfjs-core';
import { COCO_SKELETON } from '@pose/coco-dataset';
import { dataRoot, endWithError, openPeople, runTraining, startEngine } from '@pose/example-shared';
import { labelledKeypointWeights, smallLossWeights } from '@pose/pose-losses';
import { countParameters, createModel, formatSummary, summary } from '@pose/pose-models';
import {
  AdaBatch,
  heatmapSizeOf,
  ProgressReporter,
  topDownTask,
  type ModelDescription,
  type Size,
} from '@pose/trainer';
import { parseOptions, type Options } from './options';
import { phasesOf } from './phases';

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

  // Data. Only boxes to train on are rectified: in use, nobody knows the keypoints before the network does.
  const people = {
    root,
    skeleton: COCO_SKELETON,
    inputSize,
    heatmapSize: heatmapSizeOf(model),
    training: { rectify: options.rectify === false ? undefined : { marginShare: options.rectify } },
    reporter,
  };
  const { train, val } = await openPeople(people, options);

  // Task: targets, loss, decoding and metric
  const task = topDownTask({ train, val, description, skeleton: COCO_SKELETON, flipTest: options.flipTest });
  const { smallLoss, labelledWeights } = options;
  if (smallLoss > 0 || labelledWeights) {
    task.weigh = (perSample, { weight }) => {
      const remaining = smallLossWeights(perSample, smallLoss);
      return labelledWeights ? tf.mul(remaining, labelledKeypointWeights(weight)) : remaining;
    };
  }

  // Training
  const { seed, adaEasy: easyShare, adaHard: hardShare, adaPatience: patience, adaDelay: delay } = options;
  await runTraining(
    {
      model,
      description,
      task,
      phases: phasesOf(options),
      sampler: options.adaBatch
        ? new AdaBatch({ samples: train.loader.samples, seed, easyShare, hardShare, patience, delay })
        : undefined,
      config: { ...options, engine: engine.kind },
      reporter,
    },
    options,
  );
  await Promise.all([train.loader.close(), val.loader.close()]);
}

main(parseOptions(process.argv.slice(2))).catch(endWithError);
