import { checkCount, checkKeypointIndices, checkKeypoints, checkPositive, checkProbability } from './argument-checks';
import type { CenterScale } from './center-scale';
import { keypointExtent, labelledHalves } from './keypoint-extent';
import type { PoseStep } from './pose-sample';
import type { Random } from './random';
import type { Keypoints } from './types';

export interface MmposeHalfBodyOptions {
  /** indices of the keypoints above the waist; COCO: 0..10 */
  upperBody: readonly number[];
  /** default 0.3 */
  probability?: number;
  /** fewest labelled keypoints that a sample needs for this step; default 9 */
  minKeypoints?: number;
  /** fewest of these above the waist that can be chosen; default 2 */
  minUpperKeypoints?: number;
  /** fewest of these below the waist that can be chosen; default 3 */
  minLowerKeypoints?: number;
  /** probability of the upper half where both can be chosen; default 0.7 */
  upperProbability?: number;
  /** how much larger than the chosen keypoints' extent the region is; default 1.5 */
  padding?: number;
}

/**
 * mmpose's form of `halfBody` (mmpose mmpose/datasets/transforms/common_transforms.py `RandomHalfBody`), whose defaults are
 * the options'. With enough labelled keypoints a uniform draw up to `probability` leads to a second one, which decides
 * between halves that both have enough; others take no draw.
 *
 * @param keypoints image pixels
 * @returns centre and size of the half's region in image pixels, float32, with its own shape; undefined when the region
 *          stays as it is: too few keypoints, not drawn, or all the chosen ones in one place
 * @throws AugmentError when an option is out of its range, the keypoints are no triplets or a labelled one is not finite
 */
export function mmposeHalfBody(
  random: Random,
  keypoints: Keypoints,
  options: MmposeHalfBodyOptions,
): CenterScale | undefined {
  const checked = withDefaults(options);
  checkKeypoints(keypoints);
  const { upper, lower } = labelledHalves(keypoints, checked.upperBody);
  if (upper.length + lower.length < checked.minKeypoints) return undefined;
  if (random.uniform() > checked.probability) return undefined;
  const prefersUpper = random.uniform() < checked.upperProbability;
  const canUpper = upper.length >= checked.minUpperKeypoints;
  const canLower = lower.length >= checked.minLowerKeypoints;
  if (!canUpper && !canLower) return undefined;
  const chosen = canUpper && (prefersUpper || !canLower) ? upper : lower;
  if (chosen.length === 0) return undefined;

  const { center, size } = keypointExtent(keypoints, chosen);
  if (size[0] === 0 && size[1] === 0) return undefined;
  return { center, scale: [Math.fround(size[0] * checked.padding), Math.fround(size[1] * checked.padding)] };
}

/**
 * `mmposeHalfBody` as a step of a pipeline.
 *
 * @throws AugmentError when an option is out of its range
 */
export function mmposeRandomHalfBody(options: MmposeHalfBodyOptions): PoseStep {
  withDefaults(options);
  return (sample, random) => ({ ...sample, ...mmposeHalfBody(random, sample.keypoints, options) });
}

function withDefaults(options: MmposeHalfBodyOptions): Required<MmposeHalfBodyOptions> {
  const {
    upperBody,
    probability = 0.3,
    minKeypoints = 9,
    minUpperKeypoints = 2,
    minLowerKeypoints = 3,
    upperProbability = 0.7,
    padding = 1.5,
  } = options;
  checkKeypointIndices('halfBody.upperBody', upperBody);
  checkProbability('halfBody.probability', probability);
  checkProbability('halfBody.upperProbability', upperProbability);
  checkCount('halfBody.minKeypoints', minKeypoints);
  checkCount('halfBody.minUpperKeypoints', minUpperKeypoints);
  checkCount('halfBody.minLowerKeypoints', minLowerKeypoints);
  checkPositive('halfBody.padding', padding);
  return { upperBody, probability, minKeypoints, minUpperKeypoints, minLowerKeypoints, upperProbability, padding };
}
