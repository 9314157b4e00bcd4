/**
 * Limits a box to its image (deep-high-resolution-net.pytorch lib/dataset/coco.py,
 * `_load_coco_keypoint_annotation_kernal`). A box covers the pixels x ... x + width - 1, and the clean box spans the
 * first to the last of them, so it is one narrower: a box of width 1 gets width 0 and is kept.
 *
 * @param box        [x, y, width, height] in image pixels
 * @param imageSize  [width, height] of the image in pixels
 * @param area       the annotation's area; a box without area is dropped
 * @returns [x, y, width, height] in image pixels, or null when nothing of the box lies in the image or `area` is 0
 */
export function cleanBox(
  box: readonly [number, number, number, number],
  imageSize: readonly [number, number],
  area: number = box[2] * box[3],
): [number, number, number, number] | null {
  const x1 = Math.max(0, box[0]);
  const y1 = Math.max(0, box[1]);
  const x2 = Math.min(imageSize[0] - 1, x1 + Math.max(0, box[2] - 1));
  const y2 = Math.min(imageSize[1] - 1, y1 + Math.max(0, box[3] - 1));
  // Also null for a NaN anywhere: no comparison with it holds.
  return area > 0 && x2 >= x1 && y2 >= y1 ? [x1, y1, x2 - x1, y2 - y1] : null;
}
