type Box = readonly [x: number, y: number, width: number, height: number];

/**
 * Greedy non-maximum suppression of boxes: from the best score down, a box is kept unless its IoU with a kept one is
 * above the threshold. This is `nms` of human-pose-estimation.pytorch lib/nms/nms.py, whose corners are the first and
 * last pixel (hence its "+ 1"): a box [x, y, width, height] has the corners x and x + width - 1 there.
 *
 * @param boxes      [x, y, width, height] in one space
 * @param scores     one for each box; among equal ones the earlier box wins
 * @param threshold  IoU from 0 to 1
 * @returns indices of the kept boxes, best score first
 */
export function boxNms(boxes: readonly Box[], scores: readonly number[], threshold: number): number[] {
  const byScore = boxes.map((_, i) => i).sort((a, b) => scores[b] - scores[a] || a - b);
  const kept: number[] = [];
  for (const i of byScore) {
    if (kept.every((k) => boxIou(boxes[k], boxes[i]) <= threshold)) kept.push(i);
  }
  return kept;
}

/** Intersection over union of two boxes; 0 where both are empty. */
export function boxIou(a: Box, b: Box): number {
  const width = Math.min(a[0] + a[2], b[0] + b[2]) - Math.max(a[0], b[0]);
  const height = Math.min(a[1] + a[3], b[1] + b[3]) - Math.max(a[1], b[1]);
  if (width <= 0 || height <= 0) return 0;
  const intersection = width * height;
  return intersection / (a[2] * a[3] + b[2] * b[3] - intersection);
}
