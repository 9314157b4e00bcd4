import type { PersonInstance, Skeleton } from '@pose/coco-dataset';
import { evaluateKeypoints, pck } from '@pose/coco-eval';
import { personScore } from '@pose/pose-decode';
import {
  decodeTopDown,
  predictTopDown,
  suppressDuplicates,
  type Decoder,
  type DecoderName,
  type ModelDescription,
  type TopDownPrediction,
  type TopDownResult,
} from '@pose/predictor';
import type { Batch } from '../data/batch-loader';
import { topDownPictures } from '../report/top-down-pictures';
import type { TopDownData } from '../top-down-data';
import { TrainerError } from '../trainer-error';
import { decoderOf } from './decoder-of';
import type { Evaluator } from './evaluator';

export interface TopDownEvaluatorOptions {
  /** The people to evaluate on: annotated ones, or detected boxes. */
  val: TopDownData;
  description: Pick<ModelDescription, 'flipPairs'>;
  skeleton: Skeleton;
  /** How outputs become keypoints. Default that of the encoding of `val`: 'quarter' for Gaussian heatmaps. */
  decoder?: DecoderName | Decoder;
  /** Default true. */
  flipTest?: boolean;
  /** OKS above which the lower scored of two people of an image does not count; 1 counts everybody. Default 0.9. */
  nms?: number;
  /** Of the keypoints, for OKS; default COCO's 17. */
  sigmas?: readonly number[];
}

/**
 * Top-down evaluation, as human-pose-estimation.pytorch lib/core/function.py `validate` and lib/dataset/coco.py
 * `evaluate`: flip test, decoding, back to image pixels, person score = mean score of the joints above 0.2 times the
 * score of the box, OKS-NMS, COCO AP; for annotated people also `PCK`, at 0.2 of the box. The results hold everybody;
 * the metric leaves duplicates out (`suppressDuplicates`). People without labelled keypoints and crowds are not
 * predicted; coco-eval ignores them, as pycocotools does.
 *
 * @throws TrainerError when the people are detected boxes and the data set has several categories
 */
export function topDownEvaluator(options: TopDownEvaluatorOptions): Evaluator<Batch> {
  const { val, description, skeleton, flipTest = true, nms: threshold = 0.9, sigmas } = options;
  const categoryOf = personCategory(val);
  const { inputSize, encoding, alignment = 'corner', interpolation } = val.settings;
  const decoder = options.decoder ?? decoderOf(encoding);
  const prediction: TopDownPrediction = { kind: 'top-down', decoder, alignment, flipTest, interpolation, sigmas };
  const keypoints = skeleton.keypoints.length;
  const { flipPairs } = description;
  return {
    data: val.loader,
    selectBy: 'AP',
    prediction,
    predict: (network, { input }) => predictTopDown(network, input, { decoder, keypoints, flipPairs, flipTest }),
    decode(outputs, { items, crops }) {
      const points = decodeTopDown(outputs, crops, { decoder, alignment, keypoints, inputSize });
      return items.map((person, i): TopDownResult => {
        const own = points.subarray(i * 3 * keypoints, (i + 1) * 3 * keypoints);
        const [centerX, centerY, scaleX, scaleY] = crops.subarray(i * 4, i * 4 + 4);
        return {
          image_id: person.imageId,
          category_id: categoryOf(person.annotationId),
          keypoints: Array.from(own),
          score: personScore(own, { boxScore: person.score }),
          center: [centerX, centerY],
          scale: [scaleX, scaleY],
        };
      });
    },
    metric: (results: readonly TopDownResult[], people) => {
      const kept = suppressDuplicates(results, { threshold, sigmas });
      const { stats } = evaluateKeypoints(val.coco, kept, { sigmas });
      return val.detected ? { ...stats } : { ...stats, PCK: boxPck(results, people) };
    },
    report: (evaluation) => topDownPictures(evaluation, { skeleton, detected: val.detected, sigmas }),
  };
}

/** Share of the labelled keypoints that are found to within this share of the longer side of the person's box: PCK@0.2. */
const PCK_THRESHOLD = 0.2;

function boxPck(results: readonly TopDownResult[], people: readonly PersonInstance[]): number {
  const lengths = people.map(({ box: [, , width, height] }) => Math.max(width, height));
  const [predictions, truth] = [results, people].map((poses) => poses.map(({ keypoints }) => keypoints));
  return pck(predictions, truth, { lengths, threshold: PCK_THRESHOLD }).average;
}

/** The category of an annotation; of a detected box the data set's only one. */
function personCategory({ coco, detected }: TopDownData): (id: number) => number {
  if (!detected) {
    const categories = new Map(coco.annotations.map((annotation) => [annotation.id, annotation.category_id]));
    return (id) => categories.get(id) as number;
  }
  const [category, ...more] = coco.categories;
  if (more.length > 0) {
    const names = coco.categories.map(({ name }) => name).join(', ');
    throw new TrainerError(`${coco.source}: expected one category to evaluate detections of, found ${names}.`);
  }
  return () => category.id;
}
