import type { CocoBoxAnnotation, CocoBoxResult, CocoGroundTruth } from '../input/coco-types';
import type { BoxStats } from './box-stats';
import { BOXES } from './box-type';
import type { BoxEvalParams } from './eval-params';
import { evaluate } from './evaluate';
import type { Evaluation } from './evaluation';

export type BoxEvaluation = Evaluation<BoxEvalParams, keyof BoxStats>;

/**
 * COCO detection evaluation: AP and AR over thresholds of the boxes' intersection over union, equal to pycocotools 2.0.11
 * (COCO.loadRes, then COCOeval with iouType 'bbox'). Time is linear in the images.
 *
 * @param groundTruth a parsed COCO annotation file; its annotations need no keypoints
 * @param detections  a parsed COCO results list; an empty one is an error, as in pycocotools, unless `params.allowEmpty`
 * @param params      settings that differ from pycocotools' defaults
 * @throws CocoEvalError when an input is not as it must be; the message names the field or the entry
 */
export function evaluateBoxes(
  groundTruth: CocoGroundTruth<CocoBoxAnnotation>,
  detections: readonly CocoBoxResult[],
  params: Partial<BoxEvalParams> = {},
): BoxEvaluation {
  return evaluate(BOXES, groundTruth, detections, params);
}
