import { checkNumbers, fail, isFiniteNumber } from '../input/json-checks';
import { checkSigmas, oksVariances } from './object-keypoint-similarity';

/** A predicted person among others of an image. */
export interface ScoredPerson {
  /** Flat [x, y, score] triplets in image pixels. */
  readonly keypoints: ArrayLike<number>;
  /** Square image pixels, of the person's box. */
  readonly area: number;
  readonly score: number;
}

const { exp } = Math;
const EPSILON = 2 ** -52;

/**
 * OKS between predicted people, as a function of two indices: that of `objectKeypointSimilarity` with the mean of both
 * areas, over all keypoints or, with `keypointThreshold`, over those whose scores are above it in both people; 0 where
 * none is (mmpose mmpose/evaluation/functional/nms.py `oks_iou`).
 *
 * @throws CocoEvalError when a person's numbers are missing or not finite, or they are not `sigmas.length` triplets
 */
export function peopleOks(
  people: readonly ScoredPerson[],
  sigmas: ArrayLike<number>,
  keypointThreshold: number | undefined,
): (one: number, other: number) => number {
  checkSigmas(sigmas);
  if (keypointThreshold !== undefined && !isFiniteNumber(keypointThreshold)) {
    fail('params', 'keypointThreshold', 'a finite number', keypointThreshold);
  }
  const K = sigmas.length;
  const triplets = new Float64Array(people.length * 3 * K);
  people.forEach(({ keypoints, area, score }, i) => {
    checkNumbers('detections', () => `[${i}].keypoints`, keypoints, 3 * K);
    if (!isFiniteNumber(area) || area < 0) fail('detections', `[${i}].area`, 'a number of at least 0', area);
    if (!isFiniteNumber(score)) fail('detections', `[${i}].score`, 'a finite number', score);
    triplets.set(keypoints, i * 3 * K);
  });
  const variances = oksVariances(sigmas);
  const threshold = keypointThreshold ?? -Infinity;
  return (one, other) => {
    const area = (people[one].area + people[other].area) / 2 + EPSILON;
    let sum = 0;
    let count = 0;
    for (let k = 0, a = one * 3 * K, b = other * 3 * K; k < K; k++, a += 3, b += 3) {
      if (!(triplets[a + 2] > threshold && triplets[b + 2] > threshold)) continue;
      const dx = triplets[a] - triplets[b];
      const dy = triplets[a + 1] - triplets[b + 1];
      sum += exp(-(dx * dx + dy * dy) / variances[k] / area / 2);
      count++;
    }
    return count === 0 ? 0 : sum / count;
  };
}
