/** One training of the experiment, in a process of its own; `experiment.ts` starts it and takes its result as a message. */
import { rm } from 'node:fs/promises';
import { COCO_SKELETON } from '@pose/coco-dataset';
import { endWithError, startEngine, type EngineOptions } from '@pose/example-shared';
import { smallLossWeights } from '@pose/pose-losses';
import { createModel } from '@pose/pose-models';
import {
  AdaBatch,
  Adam,
  heatmapSizeOf,
  openTopDownData,
  ProgressReporter,
  stepRate,
  topDownTask,
  train,
  type Augmentation,
  type ModelDescription,
  type Size,
} from '@pose/trainer';
import { ARMS, type Arm, type ArmName } from './arms';
import type { Settings } from './options';
import { CLEAN_SPLIT, corruptedSplit } from './prepare-data';
import type { Result } from './results';

/** The only argument, as JSON. */
export interface Job {
  arm: ArmName;
  seed: number;
  root: string;
  /** Run folder; what an interrupted run left there is removed. */
  out: string;
  /** Data loading threads. */
  workers: number;
  settings: Settings;
  engine: EngineOptions;
}

async function main({ arm, seed, root, out, workers, settings, engine }: Job): Promise<Result | undefined> {
  const started = performance.now();
  const { corrupted, smallLoss, adaBatch }: Arm = ARMS[arm];
  const reporter = new ProgressReporter();
  const { kind } = await startEngine(engine, reporter);

  const inputSize: Size = [settings.input[1], settings.input[0]];
  const keypoints = COCO_SKELETON.keypoints.length;
  const description: ModelDescription = {
    name: 'pose_resnet18',
    options: { inputSize, keypoints, width: settings.width, deconvFilters: [32, 32, 32] },
    keypointNames: COCO_SKELETON.keypoints,
    flipPairs: COCO_SKELETON.flipPairs,
  };
  const model = createModel(description.name, { ...description.options, seed });

  const open = (split: string, augmentation?: Augmentation) =>
    openTopDownData({
      root,
      split,
      skeleton: COCO_SKELETON,
      inputSize,
      heatmapSize: heatmapSizeOf(model),
      encoding: { type: 'gaussian', sigma: 1.5 },
      augmentation,
      batchSize: settings.batch,
      workers,
      seed,
      reporter,
    });
  const people = await open(corrupted ? corruptedSplit(seed) : CLEAN_SPLIT, {
    scaleFactor: 0,
    rotationFactor: 0,
    flipProbability: 0.5,
  });
  const val = await open('val2017');

  const task = topDownTask({ train: people, val, description, skeleton: COCO_SKELETON });
  if (smallLoss) task.weigh = (perSample) => smallLossWeights(perSample, settings.smallLoss);

  const { epochs, lr: learningRate } = settings;
  const milestones = [Math.ceil(epochs * 0.75), Math.ceil(epochs * 0.875)];
  const schedule = () => stepRate({ learningRate, milestones, gamma: 0.2 });
  await rm(out, { recursive: true, force: true });
  const { evaluation, loss = NaN } = await train({
    model,
    description,
    task,
    phases: [{ epochs, optimizer: () => new Adam(), schedule }],
    sampler: adaBatch ? new AdaBatch({ samples: people.loader.samples, seed }) : undefined,
    out,
    config: { ...settings, arm, seed, engine: kind },
    reporter,
  });
  await Promise.all([people.loader.close(), val.loader.close()]);
  if (!evaluation) return undefined; // interrupted
  const { AP, AP50 } = evaluation.stats;
  return { arm, seed, AP, AP50, loss, seconds: (performance.now() - started) / 1000, engine: kind };
}

const send = (result?: Result) => new Promise((sent) => (result ? process.send?.(result, sent) : sent(null)));

// When the experiment ends before its run, nobody waits for the result.
process.on('disconnect', () => process.exit());
main(JSON.parse(process.argv[2]) as Job)
  .then(send, endWithError)
  .finally(() => process.disconnect?.());
