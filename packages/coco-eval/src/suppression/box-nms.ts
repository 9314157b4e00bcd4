import { fail, isFiniteNumber } from '../input/json-checks';
import { boxesIou, type ScoredBox } from '../similarity/boxes-iou';
import { suppressionGroups } from './greedy-suppression';

export interface BoxNmsOptions {
  /** Of two boxes whose intersection over union is above this the one with the lower score goes. Default 0.65. */
  readonly threshold?: number;
  /**
   * True where the far corner (x + width, y + height) is a pixel that belongs to the box, so that every width and height
   * counts one pixel more, as in HRNet's `nms`. Default false, as in COCO.
   */
  readonly pixelInclusive?: boolean;
}

/**
 * Non-maximum suppression of boxes: the best scored is kept, all whose intersection over union with it is above the
 * threshold are dropped, and so on. Equal to `nms_torch` of mmpose mmpose/evaluation/functional/nms.py, whose default
 * threshold this is; with `pixelInclusive` to `nms` there and in deep-high-resolution-net.pytorch lib/nms/nms.py. Equal
 * scores keep the order of the list.
 *
 * @param boxes of one image and category
 * @returns indices of the boxes kept, by falling score
 * @throws CocoEvalError when a number is missing or not finite, or a width or height is below 0
 */
export function boxNms(boxes: readonly ScoredBox[], options: BoxNmsOptions = {}): number[] {
  return boxNmsGroups(boxes, options).map(([kept]) => kept);
}

/**
 * The same decisions with what became of the others (`return_group` of `nms_torch`): to merge the boxes of a group, say.
 *
 * @param boxes of one image and category
 * @returns for each box kept, by falling score, the indices of its group: itself, then those that it drops, by falling score
 * @throws CocoEvalError as `boxNms`
 */
export function boxNmsGroups(boxes: readonly ScoredBox[], options: BoxNmsOptions = {}): number[][] {
  const { threshold = 0.65, pixelInclusive = false } = options;
  if (!isFiniteNumber(threshold)) fail('params', 'threshold', 'a finite number', threshold);
  const iou = boxesIou(boxes, pixelInclusive ? 1 : 0);
  const scores = boxes.map(({ score }) => score);
  return suppressionGroups(scores, (best, other) => iou(best, other) > threshold);
}
