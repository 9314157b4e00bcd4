import { COCO_SKELETON, readDetections, type CocoKeypoints } from '@pose/coco-dataset';
import type { CocoKeypointResult } from '@pose/coco-eval';
import { IMAGENET_PIXELS, RTPOSE_PIXELS } from '@pose/pose-augment';
import {
  heatmapSizeOf,
  inputSizeOf,
  suppressDuplicates,
  type TopDownOptions,
  type TopDownResult,
} from '@pose/predictor';
import {
  bottomUpEvaluator,
  evaluate,
  ForwardPass,
  openBottomUpData,
  openTopDownData,
  topDownEvaluator,
  type Evaluation,
  type EvaluationPictures,
  type Evaluator,
  type Reporter,
  type TrainingBatch,
} from '@pose/trainer';
import type { Network } from './load-network';
import type { Options } from './options';

export interface Evaluated {
  coco: CocoKeypoints;
  stats: Evaluation['stats'];
  /** How many people or images went through the network. */
  samples: number;
  /** The poses that count. */
  results: readonly CocoKeypointResult[];
  pictures?: EvaluationPictures;
}

/** One crop per person, from annotated or detected boxes. */
export async function evaluateTopDown(
  { model, description }: Network,
  { decoder, alignment, interpolation }: Pick<TopDownOptions, 'decoder' | 'alignment' | 'interpolation'>,
  root: string,
  options: Options,
  reporter: Reporter,
): Promise<Evaluated> {
  const list = options.detections && (await readDetections(options.detections));
  const val = await openTopDownData({
    ...shared(root, options, reporter),
    inputSize: inputSizeOf(model),
    heatmapSize: heatmapSizeOf(model),
    alignment,
    interpolation,
    people: list ? { detections: { list } } : undefined,
  });
  const { flipTest, nms } = options;
  const evaluator = topDownEvaluator({ val, description, skeleton: COCO_SKELETON, decoder, flipTest, nms });
  const evaluation = await run(model, evaluator, options, reporter);
  await val.loader.close();
  return {
    coco: val.coco,
    stats: evaluation.stats,
    samples: evaluation.items.length,
    results: suppressDuplicates(evaluation.results as readonly TopDownResult[], { threshold: nms }),
    pictures: await evaluator.report?.(evaluation),
  };
}

/** Whole images, those without people too. */
export async function evaluateBottomUp(
  { model }: Network,
  root: string,
  options: Options,
  reporter: Reporter,
): Promise<Evaluated> {
  const [edge] = inputSizeOf(model);
  const val = await openBottomUpData({
    ...shared(root, options, reporter),
    edge,
    heatmapSize: heatmapSizeOf(model),
    images: { empty: true },
    // Caffe's models see blue, green, red.
    normalization: options.normalization === 'rtpose' ? { ...RTPOSE_PIXELS, reverseChannels: true } : IMAGENET_PIXELS,
  });
  const evaluator = bottomUpEvaluator({ val, skeleton: COCO_SKELETON });
  const evaluation = await run(model, evaluator, options, reporter);
  await val.loader.close();
  return {
    coco: val.coco,
    stats: evaluation.stats,
    samples: evaluation.items.length,
    results: evaluation.results,
    pictures: await evaluator.report?.(evaluation),
  };
}

async function run<B extends TrainingBatch>(
  model: Network['model'],
  evaluator: Evaluator<B>,
  { compile }: Options,
  reporter: Reporter,
): Promise<Evaluation> {
  const forward = new ForwardPass(compile, (line) => reporter.line(line));
  return evaluate(model, evaluator, reporter, forward).finally(() => forward.dispose());
}

function shared(root: string, { valSplit, batch, workers, skipUnreadable }: Options, reporter: Reporter) {
  return {
    root,
    split: valSplit,
    skeleton: COCO_SKELETON,
    batchSize: batch,
    workers,
    onUnreadable: skipUnreadable ? ('skip' as const) : ('fail' as const),
    reporter,
  };
}
