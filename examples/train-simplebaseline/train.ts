/**
 * SimpleBaseline: Xiao, Wu, Wei, "Simple Baselines for Human Pose Estimation and Tracking", ECCV 2018.
 *
 *   npx tsx examples/train-simplebaseline/train.ts --data /data/coco --backbone resnet50
 *   npx tsx examples/train-simplebaseline/train.ts --data /data/coco --recipe gluoncv
 *   npx tsx examples/train-simplebaseline/train.ts --synthetic --backbone resnet18 --input 128x96 --epochs 30
 *
 * The defaults are Microsoft's settings for COCO; --recipe takes those of GluonCV or Paddle. A run folder holds
 * config.json, log.jsonl, metrics.csv, checkpoints/, pictures and report.html; --resume goes on with an interrupted run,
 * --help lists all options.
 */
import type { Tensor4D } from '@tensorflow/tfjs-core';
import { COCO_SKELETON, type PersonInstance } from '@pose/coco-dataset';
import { dataRoot, endWithError, openPeople, runTraining, startEngine } from '@pose/example-shared';
import { ohkmMse, smallLossWeights } from '@pose/pose-losses';
import { countParameters, createModel, formatSummary, summary } from '@pose/pose-models';
import {
  Adam,
  heatmapSizeOf,
  ProgressReporter,
  stepRate,
  topDownTask,
  type ModelDescription,
  type Size,
} from '@pose/trainer';
import { parseOptions, type Options } from './options';
import { isCentered, RECIPES, type Recipe } from './recipes';

async function main(options: Options): Promise<void> {
  const reporter = new ProgressReporter();
  const engine = await startEngine(options, reporter);
  const root = await dataRoot(options, reporter);
  const recipe: Recipe = RECIPES[options.recipe];

  // Network
  const [height, width] = options.input;
  const inputSize: Size = [width, height];
  const description: ModelDescription = {
    name: recipe.network(options.backbone),
    options: {
      inputSize,
      keypoints: COCO_SKELETON.keypoints.length,
      width: options.width,
      deconvFilters: [options.deconv, options.deconv, options.deconv],
    },
    keypointNames: COCO_SKELETON.keypoints,
    flipPairs: COCO_SKELETON.flipPairs,
  };
  const model = createModel(description.name, { ...description.options, seed: options.resume ? null : options.seed });
  if (options.summary) console.log(formatSummary(summary(model)));
  const { total } = countParameters(model);
  reporter.line(`${description.name}, ${height}x${width}: ${total.toLocaleString('en')} parameters`);

  // Data
  const people = {
    root,
    skeleton: COCO_SKELETON,
    inputSize,
    heatmapSize: heatmapSizeOf(model),
    training: {
      filter: recipe.centeredOnly ? (person: PersonInstance) => isCentered(person, width / height) : undefined,
    },
    reporter,
  };
  const { train, val } = await openPeople(people, options);

  // Task: targets, loss, decoding and metric
  const task = topDownTask({
    train,
    val,
    description,
    skeleton: COCO_SKELETON,
    flipTest: options.flipTest,
    loss: ([heatmaps], { targets: [target], weight }) => {
      const [prediction, truth] = [heatmaps, target] as [Tensor4D, Tensor4D];
      const topk = options.ohkm;
      return {
        perSample: topk ? ohkmMse(prediction, truth, weight, { topk }) : recipe.loss(prediction, truth, weight),
      };
    },
  });
  if (options.smallLoss > 0) task.weigh = (perSample) => smallLossWeights(perSample, options.smallLoss);

  // Training
  const schedule = () => stepRate({ learningRate: options.lr, milestones: options.lrStep, gamma: options.lrFactor });
  const optimizer = () => new Adam({ weightDecay: options.weightDecay });
  await runTraining(
    {
      model,
      description,
      task,
      phases: [{ epochs: options.epochs, optimizer, schedule }],
      config: { ...options, engine: engine.kind },
      reporter,
    },
    options,
  );
  await Promise.all([train.loader.close(), val.loader.close()]);
}

main(parseOptions(process.argv.slice(2))).catch(endWithError);
