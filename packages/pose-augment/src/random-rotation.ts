import { checkNotNegative, checkProbability } from './argument-checks';
import { clamp } from './clamp';
import type { PoseStep } from './pose-sample';

/**
 * Sets the rotation to normal * rotationFactor, limited to +-2 * rotationFactor, or to 0
 * (deep-high-resolution-net.pytorch lib/dataset/JointsDataset.py `__getitem__`). A uniform draw up to `probability` leads
 * to the normal one; with probability 0 none is taken.
 *
 * @param rotationFactor degrees; SimpleBaseline 40, HRNet 45
 * @throws AugmentError when an argument is out of its range
 */
export function randomRotation(rotationFactor: number, probability = 0.6): PoseStep {
  checkNotNegative('rotationFactor', rotationFactor);
  checkProbability('rotationProbability', probability);
  return (sample, random) => {
    const rotates = probability > 0 && random.uniform() <= probability;
    const angle = rotates ? random.normal() * rotationFactor : 0;
    return { ...sample, rotation: clamp(angle, -2 * rotationFactor, 2 * rotationFactor) };
  };
}
