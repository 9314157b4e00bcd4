/**
 * OpenPose: Cao, Simon, Wei, Sheikh, "Realtime Multi-Person 2D Pose Estimation using Part Affinity Fields", CVPR 2017.
 *
 *   npx tsx examples/train-openpose/train.ts --data /data/coco --weights vgg19-dcbb9e9d.pth
 *   npx tsx examples/train-openpose/train.ts --synthetic --square-edge 128 --scale-range 0.45,0.55 --sigma 5 \
 *     --width 16 --stages 2 --clip 0.05 --batch 4 --epochs 8
 *
 * The defaults are those of tensorboy/pytorch_Realtime_Multi-Person_Pose_Estimation, train/train_VGG19.py: the layers of
 * VGG-19 rest for five epochs, then all weights are trained, both with a rate of 1, which suits losses that are means
 * over all pixels. A run folder holds config.json, log.jsonl, metrics.csv, checkpoints/, pictures and report.html;
 * --resume goes on with an interrupted run, --help lists all options.
 */
import { readFile } from 'node:fs/promises';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { COCO_SKELETON, OPENPOSE_SKELETON } from '@pose/coco-dataset';
import { dataRoot, endWithError, runTraining, startEngine } from '@pose/example-shared';
import {
  countParameters,
  createModel,
  formatSummary,
  loadTorchWeights,
  readCheckpoint,
  summary,
} from '@pose/pose-models';
import {
  bottomUpTask,
  heatmapSizeOf,
  openBottomUpData,
  ProgressReporter,
  type BottomUpDataOptions,
  type ModelDescription,
  type Reporter,
} from '@pose/trainer';
import { parseOptions, type Options } from './options';
import { phasesOf, samplerOf } from './phases';

async function main(options: Options): Promise<void> {
  const reporter = new ProgressReporter();
  const engine = await startEngine(options, reporter);
  const root = await dataRoot(options, reporter);

  // Network
  const edge = options.squareEdge;
  const description: ModelDescription = {
    name: 'openpose_vgg19',
    options: {
      inputSize: [edge, edge],
      keypoints: OPENPOSE_SKELETON.keypoints.length,
      limbs: OPENPOSE_SKELETON.limbs.length,
      stages: options.stages,
      width: options.width,
      initialization: options.initialization ?? (options.weights ? 'normal' : 'he'),
    },
    keypointNames: OPENPOSE_SKELETON.keypoints,
    flipPairs: OPENPOSE_SKELETON.flipPairs,
  };
  const model = createModel(description.name, { ...description.options, seed: options.resume ? null : options.seed });
  if (options.weights && !options.resume) await loadWeights(model, options.weights, reporter);
  if (options.summary) console.log(formatSummary(summary(model)));
  const { total } = countParameters(model);
  reporter.line(`${description.name}, ${edge}x${edge}: ${total.toLocaleString('en')} parameters`);

  // Data
  const open = (split: string, settings: Partial<BottomUpDataOptions>) =>
    openBottomUpData({
      root,
      split,
      skeleton: COCO_SKELETON,
      edge,
      heatmapSize: heatmapSizeOf(model),
      sigma: options.sigma,
      limbWidth: options.limbWidth,
      overlap: options.overlap,
      limit: options.nImages,
      batchSize: options.batch,
      workers: options.workers,
      seed: options.seed,
      onUnreadable: options.skipUnreadable ? 'skip' : 'fail',
      reporter,
      ...settings,
    });
  const { flip: flipProbability, scaleRange, duplicateData } = options;
  const train = await open(options.trainSplit, {
    augmentation: { flipProbability, scaleRange },
    repeat: duplicateData,
  });
  const val = await open(options.valSplit, { images: { empty: true } });
  reporter.line(`${train.loader.samples} images to train on, ${val.loader.samples} to evaluate`);

  // Task: targets, the loss of all stages, grouping and metric
  const task = bottomUpTask({ train, val, skeleton: COCO_SKELETON, peakThreshold: options.peakThreshold });

  // Training
  await runTraining(
    {
      model,
      description,
      task,
      phases: phasesOf(options),
      sampler: samplerOf(options, train.loader),
      validationLoss: true,
      config: { ...options, engine: engine.kind },
      reporter,
    },
    options,
  );
  await Promise.all([train.loader.close(), val.loader.close()]);
}

async function loadWeights(model: LayersModel, file: string, reporter: Reporter): Promise<void> {
  const { loaded, missing, misshapen } = loadTorchWeights(model, readCheckpoint(await readFile(file)), {
    strict: false,
  });
  reporter.line(
    `${file}: ${loaded.length} tensors loaded, ${missing.length + misshapen.length} of the network are new`,
  );
}

main(parseOptions(process.argv.slice(2))).catch(endWithError);
