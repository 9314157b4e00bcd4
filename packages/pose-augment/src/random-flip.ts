import { checkProbability } from './argument-checks';
import { AugmentError } from './augment-error';
import { flipSample } from './flip-sample';
import type { PoseStep } from './pose-sample';
import type { FlipPairs } from './types';

/** Which uniform draws mirror, for a probability p. */
const MIRRORS = {
  /** deep-high-resolution-net.pytorch lib/dataset/JointsDataset.py */
  'at-most': (draw: number, p: number) => draw <= p,
  /** mmpose mmpose/datasets/transforms/common_transforms.py `RandomFlip` (numpy.random.choice) */
  below: (draw: number, p: number) => draw < p,
  /** gluon-cv gluoncv/data/transforms/presets/simple_pose.py */
  above: (draw: number, p: number) => draw > 1 - p,
};

export interface RandomFlipOptions {
  /** keypoints that change places when the image is mirrored */
  flipPairs: FlipPairs;
  /** default 0.5 */
  probability?: number;
  /** uniform draws that mirror: at most p as in HRNet, below p as in mmpose, above 1 - p as in GluonCV; default 'at-most' */
  when?: keyof typeof MIRRORS;
}

/**
 * Mirrors centre, keypoints and box, see `flipSample`. Takes one uniform draw, none with probability 0.
 *
 * @throws AugmentError when an option is out of its range; when run, if a pair names a keypoint that is not there
 */
export function randomFlip(options: RandomFlipOptions): PoseStep {
  const { flipPairs, probability = 0.5, when = 'at-most' } = options;
  checkProbability('flipProbability', probability);
  if (!Object.hasOwn(MIRRORS, when)) {
    throw new AugmentError(`Expected 'at-most', 'below' or 'above' for when but received ${String(when)}`);
  }
  return (sample, random) =>
    probability > 0 && MIRRORS[when](random.uniform(), probability) ? flipSample(sample, flipPairs) : sample;
}
