import { checkKeypointIndices, checkKeypoints, checkPositive } from './argument-checks';
import { type CenterScale, scaleOf } from './center-scale';
import { keypointExtent, labelledHalves } from './keypoint-extent';
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
  /** count the extent's pixels from the first to the last, one more than their distance, as TransPose does; default false */
  inclusive?: boolean;
}

/**
 * The region of the upper or the lower body alone, from labelled keypoints (deep-high-resolution-net.pytorch
 * lib/dataset/JointsDataset.py `half_body_transform`; TransPose's with `inclusive`). One *normal* draw below 0.5 prefers
 * the upper body, which makes it the choice in 69 % of the cases; a half needs more than two keypoints to be preferred.
 *
 * @param random    takes one normal draw, whatever the keypoints are
 * @param keypoints image pixels
 * @returns undefined when the chosen half has fewer than two keypoints or no extent
 * @throws AugmentError when an option is out of its range, the keypoints are no triplets or a labelled one is not finite
 */
export function halfBody(random: Random, keypoints: Keypoints, options: HalfBodyOptions): CenterScale | undefined {
  const { upperBody, aspectRatio, pixelStd = 200, inclusive = false } = options;
  checkHalfBodyOptions(options);
  checkKeypoints(keypoints);
  const { upper, lower } = labelledHalves(keypoints, upperBody);
  const preferUpper = random.normal() < 0.5 && upper.length > 2;
  const chosen = preferUpper || lower.length <= 2 ? upper : lower;
  if (chosen.length < 2) return undefined;

  const { center, size } = keypointExtent(keypoints, chosen);
  const [width, height] = inclusive ? [size[0] + 1, size[1] + 1] : size;
  if (width === 0 && height === 0) return undefined;
  return { center, scale: scaleOf(width, height, aspectRatio, pixelStd, PADDING) };
}

export function checkHalfBodyOptions({ upperBody, aspectRatio, pixelStd = 200 }: HalfBodyOptions): void {
  checkKeypointIndices('halfBody.upperBody', upperBody);
  checkPositive('halfBody.aspectRatio', aspectRatio);
  checkPositive('halfBody.pixelStd', pixelStd);
}
