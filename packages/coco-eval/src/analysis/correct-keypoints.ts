import type { CocoKeypointAnnotation } from '../input/coco-types';
import { type ClassifiedKeypoints, GOOD, type KeypointErrorKind, NEAR } from './classify-keypoints';

/** Added to the similarity that is aimed at, so that rounding does not leave it below a threshold of the same value. */
const HAIR = 1e-9;

const { log, min, sqrt } = Math;

/**
 * The detection's keypoints with those of one kind corrected, and no better than that: moved to the right of the
 * labelled place by the distance that has the similarity 0.5 for a miss, 0.85 for jitter, and for an inversion or a swap
 * the similarity that it had with the keypoint it was taken for (matteorr/coco-analyze pycocotools/cocoanalyze.py,
 * _find_kpt_errors, whose distances are half as long: there sigma stands where its own similarity has 2 sigma).
 *
 * @returns new flat triplets, image pixels
 */
export function correctKeypoints(
  keypoints: ArrayLike<number>,
  person: CocoKeypointAnnotation,
  { kinds, highest }: ClassifiedKeypoints,
  kind: KeypointErrorKind,
  variances: Float64Array,
): Float64Array {
  const corrected = Float64Array.from(keypoints);
  kinds.forEach((found, k) => {
    if (found !== kind) return;
    const similarity = kind === 'miss' ? NEAR : kind === 'jitter' ? GOOD : highest[k];
    const distance = sqrt(-2 * log(min(1, similarity + HAIR)) * person.area * variances[k]);
    corrected[3 * k] = person.keypoints[3 * k] + distance;
    corrected[3 * k + 1] = person.keypoints[3 * k + 1];
  });
  return corrected;
}
