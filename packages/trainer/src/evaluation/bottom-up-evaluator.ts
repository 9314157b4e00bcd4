import type { ImageInstance, Skeleton } from '@pose/coco-dataset';
import { evaluateKeypoints, type CocoKeypointResult } from '@pose/coco-eval';
import { invertAffine, transformKeypoints, type Affine } from '@pose/pose-augment';
import {
  findPeaks,
  groupPeople,
  OPENPOSE_GROUPING,
  openPoseToCoco,
  PAF_TO_POSE,
  type GroupOptions,
} from '@pose/pose-decode';
import type { BottomUpData } from '../bottom-up-data';
import type { Batch } from '../data/batch-loader';
import { bottomUpPictures } from '../report/bottom-up-pictures';
import type { Evaluator, Output } from './evaluator';
import { predictOutputs } from './predict-outputs';

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
  const { val, skeleton, sigmas } = options;
  return {
    data: val.loader,
    selectBy: 'AP',
    predict(network, { input, items }) {
      const last = network.outputs.length - 1;
      const shapeOf = (place: number) => [items.length, ...(network.outputs[place].shape.slice(1) as number[])];
      return predictOutputs(network, input, [last - 1, last]).map((values, i) => ({
        values,
        shape: shapeOf(last - 1 + i),
      }));
    },
    decode: (outputs, batch) => batch.items.flatMap((image, i) => peopleOf(outputs, batch, i, image, options)),
    metric: (results) => ({ ...evaluateKeypoints(val.coco, results, { sigmas, allowEmpty: true }).stats }),
    report: (evaluation) => bottomUpPictures(evaluation, skeleton),
  };
}

function peopleOf(
  [fields, heatmaps]: readonly Output[],
  { matrices }: Batch<'bottom-up'>,
  i: number,
  { imageId }: ImageInstance,
  { val, peakThreshold, grouping }: BottomUpEvaluatorOptions,
): CocoKeypointResult[] {
  const { limbs, edge, keypointCount, keypoints: order } = val.settings;
  const [, height, width, maps] = heatmaps.shape;
  const frame = { size: [width, height] as const, stride: edge / width };
  const peaks = findPeaks(sample(heatmaps, i), { ...frame, keypoints: keypointCount, maps, peakThreshold });
  const people = groupPeople(peaks, sample(fields, i), {
    ...frame,
    ...PAF_TO_POSE,
    ...grouping,
    limbs,
    order: order === 'openpose' ? OPENPOSE_GROUPING.order : undefined,
  });
  const toImage = invertAffine(Array.from(matrices.subarray(6 * i, 6 * i + 6)) as unknown as Affine);
  return people.map(({ keypoints, score }) => {
    const points = order === 'openpose' ? openPoseToCoco(keypoints) : keypoints;
    return {
      image_id: imageId,
      category_id: val.coco.categories[0].id,
      keypoints: transformKeypoints(points, toImage),
      score,
    };
  });
}

function sample({ values, shape }: Output, i: number): Float32Array {
  const length = values.length / shape[0];
  return values.subarray(i * length, (i + 1) * length);
}
