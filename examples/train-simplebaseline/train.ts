/**
 * SimpleBaseline: Xiao, Wu, Wei, "Simple Baselines for Human Pose Estimation and Tracking", ECCV 2018.
 *
 *   npx tsx examples/train-simplebaseline/train.ts --data /data/coco --backbone resnet50
 *   npx tsx examples/train-simplebaseline/train.ts --synthetic --backbone resnet18 --input 128x96 --epochs 30
 *
 * The defaults are Microsoft's settings for COCO. A run folder holds config.json, log.jsonl, checkpoints/, pictures and
 * report.html; --resume goes on with an interrupted run, --help lists all options.
 */
import { access, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { COCO_SKELETON } from '@pose/coco-dataset';
import { countParameters, createModel, formatSummary, summary } from '@pose/pose-models';
import { makeSyntheticCoco } from '@pose/synthetic-coco';
import { useEngine } from '@pose/tfjs-engine';
import {
  evaluate,
  heatmapSizeOf,
  loadCheckpoint,
  openTopDownData,
  ProgressReporter,
  requireSameModel,
  restoreWeights,
  train,
  type ModelDescription,
  type Size,
} from '@pose/trainer';
import { parseOptions, type Options } from './options';

async function main(options: Options): Promise<void> {
  const reporter = new ProgressReporter();
  const engine = await useEngine({ prefer: options.engine, fusedKernels: options.fusedKernels });
  reporter.line(`engine: ${engine.kind} (${engine.package}). ${engine.why}`);
  for (const note of engine.notes) reporter.line(`  ${note}`);

  // Data
  const root = options.data ?? `${options.out}-data`;
  if (options.synthetic) {
    reporter.start('render', options.syntheticTrain + options.syntheticVal);
    let rendered = 0;
    await makeSyntheticCoco({
      out: root,
      seed: options.seed,
      train: options.syntheticTrain,
      val: options.syntheticVal,
      onProgress: (done) => {
        reporter.advance(done - rendered);
        rendered = done;
      },
    });
    reporter.stop();
  }

  // Network
  const [height, width] = options.input;
  const inputSize: Size = [width, height];
  const deconvFilters = [options.deconv, options.deconv, options.deconv];
  const keypoints = COCO_SKELETON.keypoints.length;
  const description: ModelDescription = {
    name: `pose_resnet${options.backbone}`,
    options: { inputSize, keypoints, width: options.width, deconvFilters },
    keypointNames: COCO_SKELETON.keypoints,
    flipPairs: COCO_SKELETON.flipPairs,
  };
  const loadsWeights = options.resume || options.evalOnly !== undefined;
  const model = createModel(description.name, { ...description.options, seed: loadsWeights ? null : options.seed });
  if (options.summary) console.log(formatSummary(summary(model)));
  else
    reporter.line(
      `${description.name}, ${height}x${width}: ${countParameters(model).total.toLocaleString('en')} parameters`,
    );

  const open = (split: string, augmented: boolean) =>
    openTopDownData({
      root,
      split,
      skeleton: COCO_SKELETON,
      inputSize,
      heatmapSize: heatmapSizeOf(model),
      encoding: { type: 'gaussian', sigma: options.sigma },
      batchSize: options.batch,
      augmentation: augmented
        ? { scaleFactor: options.scaleFactor, rotationFactor: options.rotation, flipProbability: options.flip }
        : undefined,
      workers: options.workers,
      seed: options.seed,
      cropCache: augmented ? options.cropCache : undefined,
      onUnreadable: options.skipUnreadable ? 'skip' : 'fail',
      reporter,
    });
  const val = await open(options.valSplit, false);

  if (options.evalOnly) {
    const checkpoint = await loadCheckpoint(options.evalOnly);
    requireSameModel(checkpoint, description);
    restoreWeights(model, checkpoint);
    const { stats } = await evaluate(model, description, val, { flipTest: options.flipTest }, reporter);
    console.log(JSON.stringify(stats, null, 2));
    await val.loader.close();
    return;
  }

  // Training
  const data = await open(options.trainSplit, true);
  reporter.line(`${data.loader.samples} people to train on, ${val.loader.samples} to evaluate`);
  if (options.overwrite) await removeRun(options.out);
  const result = await train({
    model,
    description,
    skeleton: COCO_SKELETON,
    train: data,
    val,
    out: options.out,
    epochs: options.epochs,
    schedule: { learningRate: options.lr, milestones: options.lrStep, gamma: options.lrFactor },
    seed: options.seed,
    evaluateEvery: options.evaluateEvery,
    flipTest: options.flipTest,
    resume: options.resume,
    config: { ...options, engine: engine.kind },
    reporter,
  });
  await Promise.all([data.loader.close(), val.loader.close()]);

  if (result.interrupted) {
    console.log(`Go on with: the same command and --resume`);
    process.exitCode = 130;
    return;
  }
  const { AP, AP50, AP75, AR } = result.evaluation!.stats;
  console.log(`AP ${AP.toFixed(3)}  AP50 ${AP50.toFixed(3)}  AP75 ${AP75.toFixed(3)}  AR ${AR.toFixed(3)}`);
  console.log(`report: ${resolve(options.out, 'report.html')}`);
}

/** Removes what an earlier run wrote, and nothing else: a folder without a run's files stays as it is. */
async function removeRun(folder: string): Promise<void> {
  const files = ['config.json', 'log.jsonl'].map((name) => access(join(folder, name)));
  const isRun = (await Promise.allSettled(files)).every(({ status }) => status === 'fulfilled');
  if (isRun) await rm(folder, { recursive: true });
}

main(parseOptions(process.argv.slice(2))).catch((error: Error) => {
  console.error(`\n${error.name}: ${error.message}`);
  process.exitCode = 1;
});
