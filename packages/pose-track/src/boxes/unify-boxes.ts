import { checkBox, checkFinite, checkList, fail } from '../check-values';
import type { ScoredBox } from '../person';

export interface UnifyBoxesOptions {
  /** Of two boxes with a higher intersection over union, one is dropped; default 0.5. */
  readonly threshold?: number;
}

/**
 * One set of boxes out of the detector's and the propagated ones: non-maximum suppression over both (Xiao et al. 2018,
 * section 3.3, algorithm 1). Scores decide, so they should mean the same in both; of equal ones the detector's stays.
 *
 * @param detected   of this frame, in image pixels
 * @param propagated of `propagateBoxes`, in the same space
 * @returns those that stay, as they were given, by falling score
 * @throws TrackError when a number is not finite, a box has no area, or the threshold is not in [0, 1]
 */
export function unifyBoxes<D extends ScoredBox, P extends ScoredBox>(
  detected: readonly D[],
  propagated: readonly P[],
  { threshold = 0.5 }: UnifyBoxesOptions = {},
): (D | P)[] {
  if (!(threshold >= 0 && threshold <= 1)) fail('options.threshold', 'a number from 0 to 1', threshold);
  checkBoxes('detected', detected);
  checkBoxes('propagated', propagated);

  const byScore = [...detected, ...propagated].sort((one, other) => other.score - one.score);
  const kept: (D | P)[] = [];
  for (const candidate of byScore) {
    if (kept.every(({ box }) => boxIou(box, candidate.box) <= threshold)) kept.push(candidate);
  }
  return kept;
}

function checkBoxes(where: string, boxes: readonly ScoredBox[]): void {
  checkList(where, boxes);
  boxes.forEach(({ box, score }, i) => {
    checkBox(`${where}[${i}].box`, box);
    checkFinite(`${where}[${i}].score`, score);
  });
}

/** Intersection over union of two boxes [x, y, width, height] that have areas. */
function boxIou(one: ArrayLike<number>, other: ArrayLike<number>): number {
  const width = Math.min(one[0] + one[2], other[0] + other[2]) - Math.max(one[0], other[0]);
  const height = Math.min(one[1] + one[3], other[1] + other[3]) - Math.max(one[1], other[1]);
  if (width <= 0 || height <= 0) return 0;
  const intersection = width * height;
  return intersection / (one[2] * one[3] + other[2] * other[3] - intersection);
}
