import { checkBox, checkSize } from './argument-checks';
import { AugmentError } from './augment-error';
import type { Box, Size } from './types';

/** What a box's far side is and how far it may go, in an image of `width` columns; rows alike. */
export type ClipRule =
  /** x + w, up to width: mmpose mmpose/structures/bbox/transforms.py `bbox_clip_border` */
  | 'border'
  /** x + w, up to width - 1: mmpose mmpose/datasets/datasets/base/base_coco_style_dataset.py */
  | 'last-pixel'
  /** x + max(w - 1, 0), up to width - 1: gluon-cv gluoncv/utils/bbox.py `bbox_xywh_to_xyxy`, then `bbox_clip_xyxy` */
  | 'pixel-count';

/**
 * The part of a box that lies inside of the image. Each side is limited on its own, so a box that lies outside becomes a
 * line on the image's border.
 *
 * @param box       image pixels
 * @param imageSize pixels
 * @returns image pixels
 * @throws AugmentError when the box has a negative side or numbers that are not finite, or the rule is not known
 */
export function clipBox(box: Box, imageSize: Size, rule: ClipRule = 'border'): [number, number, number, number] {
  checkBox(box);
  checkSize('imageSize', imageSize);
  if (!['border', 'last-pixel', 'pixel-count'].includes(rule)) {
    throw new AugmentError(`Expected 'border', 'last-pixel' or 'pixel-count' for rule but received ${String(rule)}`);
  }
  const margin = rule === 'border' ? 0 : 1;
  const counted = rule === 'pixel-count' ? 1 : 0;
  const [x1, x2] = clipSpan(box[0], box[0] + Math.max(box[2] - counted, 0), imageSize[0] - margin);
  const [y1, y2] = clipSpan(box[1], box[1] + Math.max(box[3] - counted, 0), imageSize[1] - margin);
  return [x1, y1, x2 - x1, y2 - y1];
}

/** Both ends limited to 0..last. */
function clipSpan(from: number, to: number, last: number): [number, number] {
  return [Math.min(Math.max(from, 0), last), Math.min(Math.max(to, 0), last)];
}
