import { keypointExtent } from '../boxes/keypoint-extent';
import { checkAbove, checkAtLeast, checkBox, checkFinite, checkNumbers, fail } from '../check-values';
import { COCO_SIGMAS } from './coco-sigmas';

/** A pose whose size is known or can be told from its keypoints. */
export interface SizedPose {
  /** Flat [x, y, score] triplets in image pixels, K of them. */
  readonly keypoints: ArrayLike<number>;
  /** [x, y, width, height] in image pixels. */
  readonly box?: ArrayLike<number>;
  /** Square image pixels; comes before the box. A track has it. */
  readonly area?: number;
}

export interface PoseSimilarityOptions {
  /** One standard deviation per keypoint, relative to the square root of a person's area; default COCO's 17. */
  readonly sigmas?: ArrayLike<number>;
  /** Keypoints count that are scored above it in both poses; default 0.2, HRNet's IN_VIS_THRE. */
  readonly keypointThreshold?: number;
}

/**
 * OKS between two predicted poses, of which neither is the truth (oks_iou of mmpose
 * mmpose/core/post_processing/nms.py): the mean of exp(-d^2 / (2 area (2 sigma)^2)) over the keypoints that count in
 * both, with the mean of both areas. Where mmpose has a threshold it asks only the second pose; here both.
 *
 * @param one   a pose; its area is that of its box, else of the extents of its keypoints above the threshold
 * @param other the same, in the same space
 * @returns 0 to 1; 0 where no keypoint counts in both, or neither pose has an area
 * @throws TrackError when the lengths do not agree, a number is not finite, or a box has no area
 */
export function poseSimilarity(one: SizedPose, other: SizedPose, options: PoseSimilarityOptions = {}): number {
  const { sigmas = COCO_SIGMAS, keypointThreshold = 0.2 } = options;
  checkSigmas(sigmas);
  checkFinite('options.keypointThreshold', keypointThreshold);
  checkPose('one', one, sigmas.length);
  checkPose('other', other, sigmas.length);
  const area = (poseArea(one, keypointThreshold) + poseArea(other, keypointThreshold)) / 2;
  return keypointSimilarity(one.keypoints, other.keypoints, area, oksVariances(sigmas), keypointThreshold);
}

/** (2 sigma)^2 of each keypoint. */
export function oksVariances(sigmas: ArrayLike<number>): Float64Array {
  return Float64Array.from(sigmas, (sigma) => (2 * sigma) ** 2);
}

/** Square pixels that a pose covers; 0 where it has no box and fewer than two keypoints that count. */
export function poseArea({ keypoints, box, area }: SizedPose, keypointThreshold: number): number {
  if (area !== undefined) return area;
  if (box) return box[2] * box[3];
  const extent = keypointExtent(keypoints, keypointThreshold);
  return extent ? (extent[2] - extent[0]) * (extent[3] - extent[1]) : 0;
}

/** `poseSimilarity` without checks, for the loop over pairs. */
export function keypointSimilarity(
  one: ArrayLike<number>,
  other: ArrayLike<number>,
  area: number,
  variances: Float64Array,
  keypointThreshold: number,
): number {
  if (area === 0) return 0;
  let sum = 0;
  let count = 0;
  for (let k = 0, i = 0; k < variances.length; k++, i += 3) {
    if (!(one[i + 2] > keypointThreshold && other[i + 2] > keypointThreshold)) continue;
    const dx = one[i] - other[i];
    const dy = one[i + 1] - other[i + 1];
    sum += Math.exp(-(dx * dx + dy * dy) / (2 * area * variances[k]));
    count++;
  }
  return count === 0 ? 0 : sum / count;
}

/** @throws TrackError unless there is at least one sigma and all are above 0 */
export function checkSigmas(sigmas: ArrayLike<number>): void {
  checkNumbers('options.sigmas', sigmas);
  if (sigmas.length === 0) fail('options.sigmas', 'one number per keypoint', sigmas);
  for (let k = 0; k < sigmas.length; k++) checkAbove(`options.sigmas[${k}]`, sigmas[k], 0);
}

/** @throws TrackError unless the pose has K finite triplets, and a box with an area if it has one */
export function checkPose(where: string, { keypoints, box, area }: SizedPose, K: number): void {
  const advice = `one [x, y, score] for each of ${K} keypoints; \`sigmas\` says how many a skeleton has`;
  checkNumbers(`${where}.keypoints`, keypoints, 3 * K, advice);
  if (box !== undefined) checkBox(`${where}.box`, box);
  if (area !== undefined) checkAtLeast(`${where}.area`, area, 0);
}
