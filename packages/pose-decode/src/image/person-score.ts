import { DecodeError } from '../decode-error';

export interface PersonScoreOptions {
  /** score of the box that the person was found in; default 1 */
  boxScore?: number;
  /** scores up to this one do not count; default 0.2 */
  threshold?: number;
}

/**
 * One person's score for COCO evaluation: the mean score of the keypoints above the threshold, times the score of the
 * box; 0 when none is above (human-pose-estimation.pytorch lib/dataset/coco.py `evaluate`, IN_VIS_THRE 0.2).
 *
 * @param points [x, y, score] triplets
 * @throws DecodeError when the points are no triplets or a score is not finite
 */
export function personScore(points: ArrayLike<number>, options: PersonScoreOptions = {}): number {
  const { boxScore = 1, threshold = 0.2 } = options;
  if (points.length % 3 !== 0) {
    throw new DecodeError(`Expected points as triplets [x, y, score, ...] but received ${points.length} numbers`);
  }
  for (const [name, value] of Object.entries({ boxScore, threshold })) {
    if (!Number.isFinite(value)) throw new DecodeError(`Expected a finite number for ${name} but received ${value}`);
  }
  let sum = 0;
  let count = 0;
  for (let i = 2; i < points.length; i += 3) {
    const score = points[i];
    if (!Number.isFinite(score)) {
      throw new DecodeError(`Expected a finite score for keypoint ${(i - 2) / 3} but received ${score}`);
    }
    if (score > threshold) {
      sum += score;
      count++;
    }
  }
  return count === 0 ? 0 : (sum / count) * boxScore;
}
