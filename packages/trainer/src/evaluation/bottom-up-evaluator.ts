import type { Skeleton } from '@pose/coco-dataset';
import { evaluateKeypoints } from '@pose/coco-eval';
import { OPENPOSE_GROUPING, type GroupOptions } from '@pose/pose-decode';
import { decodeBottomUp, predictOutputs, type BottomUpPrediction } from '@pose/predictor';
import type { BottomUpData } from '../bottom-up-data';
import type { Batch } from '../data/batch-loader';
import { bottomUpPictures } from '../report/bottom-up-pictures';
import type { Evaluator } from './evaluator';

export interface BottomUpEvaluatorOptions {
  /** The images to evaluate on; open them with `images: { empty: true }` and without augmentation. */
  val: BottomUpData;
  /** Of the annotated keypoints. */
  skeleton: Skeleton;
  /** Of heatmap peaks. Default 0.1. */
  peakThreshold?: number;
  /** Of the grouping; default `PAF_TO_POSE`. */
  grouping?: Partial<Omit<GroupOptions, 'limbs' | 'order'>>;
  /** Of the annotated keypoints, for OKS; default COCO's 17. */
  sigmas?: readonly number[];
}

/**
 * Bottom-up evaluation at one scale: the whole image fitted into the network's input, peaks and fields of the last stage
 * grouped to people (OpenPose, section 2.4), back to image pixels, COCO AP.
 */
export function bottomUpEvaluator(options: BottomUpEvaluatorOptions): Evaluator<Batch<'bottom-up'>> {
  const { val, skeleton, peakThreshold, grouping, sigmas } = options;
  const prediction = predictionOf(val);
  const { edge, keypointCount: keypoints } = val.settings;
  const [category] = val.coco.categories;
  return {
    data: val.loader,
    selectBy: 'AP',
    prediction,
    predict(network, { input }) {
      const last = network.outputs.length - 1;
      return predictOutputs(network, input, [last - 1, last]);
    },
    decode: (outputs, { items, matrices }) =>
      decodeBottomUp(outputs, matrices, { ...prediction, keypoints, edge, peakThreshold, grouping }).flatMap(
        (people, i) => people.map((person) => ({ image_id: items[i].imageId, category_id: category.id, ...person })),
      ),
    metric: (results) => ({ ...evaluateKeypoints(val.coco, results, { sigmas, allowEmpty: true }).stats }),
    report: (evaluation) => bottomUpPictures(evaluation, skeleton),
  };
}

function predictionOf({ settings }: BottomUpData): BottomUpPrediction {
  const { limbs, keypoints, normalization } = settings;
  const isOpenPose = keypoints === 'openpose';
  const order = isOpenPose ? OPENPOSE_GROUPING.order : undefined;
  return { kind: 'bottom-up', limbs, order, toCoco: isOpenPose, normalization };
}
