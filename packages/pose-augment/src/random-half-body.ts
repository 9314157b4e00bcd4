import { checkCount, checkKeypoints, checkProbability } from './argument-checks';
import { checkHalfBodyOptions, halfBody, type HalfBodyOptions } from './half-body';
import type { PoseStep } from './pose-sample';

export interface RandomHalfBodyOptions extends HalfBodyOptions {
  /** HRNet: 0.3 */
  probability: number;
  /** fewest labelled keypoints that a sample needs for this step; HRNet asks for more than 8, which is 9 */
  minKeypoints: number;
}

/**
 * Replaces the person's region by that of half a body (see `halfBody`), for samples with enough labelled keypoints. For
 * these a uniform draw below `probability` leads to a normal draw; others, and probability 0, take none
 * (deep-high-resolution-net.pytorch lib/dataset/JointsDataset.py `__getitem__`).
 *
 * @throws AugmentError when an option is out of its range
 */
export function randomHalfBody(options: RandomHalfBodyOptions): PoseStep {
  const { probability, minKeypoints } = options;
  checkProbability('halfBody.probability', probability);
  checkCount('halfBody.minKeypoints', minKeypoints);
  checkHalfBodyOptions(options);
  return (sample, random) => {
    checkKeypoints(sample.keypoints);
    let labelled = 0;
    for (let i = 2; i < sample.keypoints.length; i += 3) if (sample.keypoints[i] > 0) labelled++;
    const draws = probability > 0 && labelled >= minKeypoints;
    if (!draws || random.uniform() >= probability) return sample;
    return { ...sample, ...halfBody(random, sample.keypoints, options) };
  };
}
