import type { CocoGroundTruth, CocoKeypointResult } from '../input/coco-types';
import type { KeypointEvalParams } from './eval-params';
import { evaluate } from './evaluate';
import type { Evaluation } from './evaluation';
import type { KeypointStats } from './keypoint-stats';
import { KEYPOINTS } from './keypoint-type';

export type KeypointEvaluation = Evaluation<KeypointEvalParams, keyof KeypointStats>;

/**
 * COCO keypoint evaluation: AP and AR over OKS thresholds, equal to pycocotools 2.0.11 (COCO.loadRes, then COCOeval's
 * evaluate, accumulate and summarize with iouType 'keypoints'). Time is linear in the images.
 *
 * @param groundTruth a parsed COCO annotation file
 * @param detections  a parsed COCO results list; an empty one is an error, as in pycocotools, unless `params.allowEmpty`
 * @param params      settings that differ from pycocotools' defaults
 * @throws CocoEvalError when an input is not as it must be; the message names the field or the entry
 */
export function evaluateKeypoints(
  groundTruth: CocoGroundTruth,
  detections: readonly CocoKeypointResult[],
  params: Partial<KeypointEvalParams> = {},
): KeypointEvaluation {
  return evaluate(KEYPOINTS, groundTruth, detections, params);
}
