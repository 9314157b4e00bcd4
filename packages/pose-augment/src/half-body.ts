import { checkKeypoints, checkPositive } from './argument-checks';
import { type CenterScale, scaleOf } from './center-scale';
import type { Random } from './random';
import type { Keypoints } from './types';

/** How much larger than the chosen keypoints' extent the region is (JointsDataset.py `half_body_transform`). */
const PADDING = 1.5;

export interface HalfBodyOptions {
  /** indices of the keypoints above the waist; COCO: 0..10 */
  upperBody: readonly number[];
  /** width / height of the network input */
  aspectRatio: number;
  /** pixels per unit of scale; default 200 */
  pixelStd?: number;
}

/**
 * The region of the upper or the lower body alone, from labelled keypoints (deep-high-resolution-net.pytorch
 * lib/dataset/JointsDataset.py `half_body_transform`). One *normal* draw below 0.5 prefers the upper body, which makes it
 * the choice in 69 % of the cases; a half needs more than two keypoints to be preferred.
 *
 * @param random    takes one normal draw, whatever the keypoints are
 * @param keypoints image pixels
 * @returns undefined when the chosen half has fewer than two keypoints or all of them in one place
 * @throws AugmentError when the keypoints are no triplets or a labelled one is not finite
 */
export function halfBody(random: Random, keypoints: Keypoints, options: HalfBodyOptions): CenterScale | undefined {
  const { upperBody, aspectRatio, pixelStd = 200 } = options;
  checkKeypoints(keypoints);
  checkPositive('aspectRatio', aspectRatio);
  checkPositive('pixelStd', pixelStd);
  const upper: number[] = [];
  const lower: number[] = [];
  for (let i = 0; i < keypoints.length; i += 3) {
    if (keypoints[i + 2] > 0) (upperBody.includes(i / 3) ? upper : lower).push(i);
  }
  const preferUpper = random.normal() < 0.5 && upper.length > 2;
  const chosen = preferUpper || lower.length <= 2 ? upper : lower;
  if (chosen.length < 2) return undefined;

  const xs = chosen.map((i) => Math.fround(keypoints[i]));
  const ys = chosen.map((i) => Math.fround(keypoints[i + 1]));
  const width = Math.fround(Math.max(...xs) - Math.min(...xs));
  const height = Math.fround(Math.max(...ys) - Math.min(...ys));
  if (width === 0 && height === 0) return undefined;
  return { center: [mean(xs), mean(ys)], scale: scaleOf(width, height, aspectRatio, pixelStd, PADDING) };
}

function mean(values: readonly number[]): number {
  return Math.fround(values.reduce((sum, value) => Math.fround(sum + value), 0) / values.length);
}
