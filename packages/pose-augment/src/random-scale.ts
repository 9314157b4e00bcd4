import { AugmentError } from './augment-error';
import { clamp } from './clamp';
import type { PoseStep } from './pose-sample';
import { checkRegion } from './region';

/**
 * Multiplies the region's size by 1 + normal * scaleFactor, limited to 1 +- scaleFactor (deep-high-resolution-net.pytorch
 * lib/dataset/JointsDataset.py `__getitem__`). Takes one normal draw.
 *
 * @param scaleFactor from 0 to below 1; SimpleBaseline 0.3, HRNet 0.35
 * @throws AugmentError when scaleFactor is out of its range
 */
export function randomScale(scaleFactor: number): PoseStep {
  if (!(scaleFactor >= 0 && scaleFactor < 1)) {
    throw new AugmentError(`Expected a number from 0 to below 1 for scaleFactor but received ${scaleFactor}`);
  }
  return (sample, random) => {
    checkRegion(sample);
    const factor = clamp(random.normal() * scaleFactor + 1, 1 - scaleFactor, 1 + scaleFactor);
    return { ...sample, scale: [sample.scale[0] * factor, sample.scale[1] * factor] };
  };
}
