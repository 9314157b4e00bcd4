import type { CocoGroundTruth, CocoImage, CocoKeypointAnnotation, CocoKeypointResult } from '../input/coco-types';
import { groundTruthIds } from '../input/ground-truth-table';
import { checkNumbers, fail, isFiniteNumber, isList } from '../input/json-checks';
import type { KeypointEvalParams } from './eval-params';
import { evaluateKeypoints, type KeypointEvaluation } from './evaluate-keypoints';

/** An image of CrowdPose: how much its people are in each other's boxes, 0 to 1. */
export interface CrowdPoseImage extends CocoImage {
  readonly crowdIndex: number;
}

/** A person of CrowdPose, which gives no area. */
export type CrowdPoseAnnotation = Omit<CocoKeypointAnnotation, 'area'>;

export interface CrowdPoseGroundTruth {
  readonly images: readonly CrowdPoseImage[];
  readonly annotations: readonly CrowdPoseAnnotation[];
  readonly categories: CocoGroundTruth['categories'];
}

/** The nine numbers of CrowdPose, 0 to 1, or -1 where nothing was to be found. */
export interface CrowdPoseStats {
  readonly AP: number;
  readonly AP50: number;
  readonly AP75: number;
  readonly AR: number;
  readonly AR50: number;
  readonly AR75: number;
  /** AP of the images with a crowd index below 0.2, below 0.8, and of the rest, with four decimals. */
  readonly APeasy: number;
  readonly APmedium: number;
  readonly APhard: number;
}

/** Standard deviations of CrowdPose's 14 keypoints (CrowdPose API, crowdposetools/cocoeval.py). */
export const CROWD_POSE_SIGMAS: readonly number[] = [
  0.79, 0.79, 0.72, 0.72, 0.62, 0.62, 1.07, 1.07, 0.87, 0.87, 0.89, 0.89, 0.79, 0.79,
].map((sigma) => sigma / 10);

/** The share of its box that a person covers (the same file). */
const AREA_OF_BOX = 0.53;

/**
 * Evaluation of CrowdPose (Li et al. 2019), equal to xtcocotools 1.14.3 with iouType 'keypoints_crowd' and use_area false:
 * COCO's, with 0.53 of the box as a person's area, without detections none of whose keypoints has a third value above 0,
 * and AP by how crowded an image is. These three are means of all cells, -1 included, rounded as there.
 *
 * @param groundTruth a parsed annotation file of CrowdPose; an `area` in it is not read
 * @param detections  a parsed COCO results list
 * @param params      settings that differ from the defaults; sigmas are `CROWD_POSE_SIGMAS`
 * @throws CocoEvalError as `evaluateKeypoints`, or when an image has no crowd index
 */
export function evaluateCrowdPose(
  groundTruth: CrowdPoseGroundTruth,
  detections: readonly CocoKeypointResult[],
  params: Partial<KeypointEvalParams> = {},
): CrowdPoseStats {
  groundTruthIds(groundTruth);
  groundTruth.images.forEach(({ crowdIndex }, i) => {
    if (!isFiniteNumber(crowdIndex)) fail('groundTruth', `images[${i}].crowdIndex`, 'a number', crowdIndex);
  });
  const people: CocoGroundTruth = { ...groundTruth, annotations: groundTruth.annotations.map(withAreaOfBox) };
  if (!Array.isArray(detections)) fail('detections', 'the detections', 'a list of results', detections);
  const visible = (detections as readonly CocoKeypointResult[]).map(leftOutIfUnseen);
  const settings = { sigmas: CROWD_POSE_SIGMAS, ...params };
  const whole = evaluateKeypoints(people, visible, settings);
  const evaluated = new Set(whole.params.imgIds);
  const apBetween = (low: number, high: number): number => {
    const imgIds = groundTruth.images
      .filter(({ id, crowdIndex }) => evaluated.has(id) && crowdIndex >= low && crowdIndex < high)
      .map(({ id }) => id);
    return Math.round(meanOfAllCells(evaluateKeypoints(people, visible, { ...settings, imgIds })) * 1e4) / 1e4;
  };
  const { AP, AP50, AP75, AR, AR50, AR75 } = whole.stats;
  const splits = { APeasy: apBetween(-Infinity, 0.2), APmedium: apBetween(0.2, 0.8), APhard: apBetween(0.8, Infinity) };
  return { AP, AP50, AP75, AR, AR50, AR75, ...splits };
}

function withAreaOfBox(person: CrowdPoseAnnotation, i: number): CocoKeypointAnnotation {
  checkNumbers('groundTruth', () => `annotations[${i}].bbox`, person.bbox, 4);
  return { ...person, area: AREA_OF_BOX * person.bbox[2] * person.bbox[3] };
}

/** A category that no annotation has: what is in it takes no part, and all others keep their places in the list. */
const NOWHERE = Number.MIN_SAFE_INTEGER;

function leftOutIfUnseen(result: CocoKeypointResult): CocoKeypointResult {
  const keypoints = (result as CocoKeypointResult | null)?.keypoints;
  const isUnseen = isList(keypoints) && !Array.from(keypoints).some((value, i) => i % 3 === 2 && value > 0);
  return isUnseen ? { ...result, category_id: NOWHERE } : result;
}

/** Of the first area range. */
function meanOfAllCells({ precision: { shape, data } }: KeypointEvaluation): number {
  const [, , , A, M] = shape;
  let sum = 0;
  let count = 0;
  data.forEach((value, i) => {
    if (Math.floor(i / M) % A !== 0) return;
    sum += value;
    count++;
  });
  return sum / count;
}
