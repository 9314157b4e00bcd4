import { checkFinite, checkNotNegative, checkProbability } from './argument-checks';
import { AugmentError } from './augment-error';
import type { PoseStep } from './pose-sample';
import { checkRegion } from './region';
import { truncatedNormal } from './truncated-normal';

export interface MmposeRandomRegionOptions {
  /** largest shift, as a share of the region's width and height; default 0.16 */
  shiftFactor?: number;
  /** default 0.3 */
  shiftProbability?: number;
  /** smallest and largest factor of the region's size; default [0.5, 1.5] */
  scaleFactor?: readonly [number, number];
  /** default 1 */
  scaleProbability?: number;
  /** largest rotation, degrees; default 80 */
  rotationFactor?: number;
  /** default 0.6 */
  rotationProbability?: number;
}

/**
 * Shifts, resizes and rotates the region together (mmpose mmpose/datasets/transforms/common_transforms.py
 * `RandomBBoxTransform`, whose defaults are the options'): first four normal draws truncated to -1..1, for shift x and y,
 * size, rotation, then three uniform draws that decide on the three. All of them are always taken. The region is that of
 * mmpose: pixels, float32.
 *
 * @throws AugmentError when an option is out of its range
 */
export function mmposeRandomRegion(options: MmposeRandomRegionOptions = {}): PoseStep {
  const { shiftFactor = 0.16, shiftProbability = 0.3, scaleFactor = [0.5, 1.5], scaleProbability = 1 } = options;
  const { rotationFactor = 80, rotationProbability = 0.6 } = options;
  checkNotNegative('shiftFactor', shiftFactor);
  checkNotNegative('rotationFactor', rotationFactor);
  checkProbability('shiftProbability', shiftProbability);
  checkProbability('scaleProbability', scaleProbability);
  checkProbability('rotationProbability', rotationProbability);
  checkFinite('scaleFactor', scaleFactor, 2);
  const [least, most] = scaleFactor;
  if (!(least > 0 && least <= most)) {
    throw new AugmentError(`Expected 0 < least <= most for scaleFactor but received [${scaleFactor.join(', ')}]`);
  }

  return (sample, random) => {
    checkRegion(sample);
    const [x, y, size, angle] = Array.from({ length: 4 }, () => Math.fround(truncatedNormal(random)));
    const shifts = random.uniform() < shiftProbability;
    const resizes = random.uniform() < scaleProbability;
    const rotates = random.uniform() < rotationProbability;

    const [centerX, centerY] = sample.center;
    const [width, height] = sample.scale;
    const shift = (normal: number, extent: number) =>
      shifts ? Math.fround(Math.fround(normal * shiftFactor) * extent) : 0;
    const factor = resizes ? Math.fround(Math.fround((size * (most - least)) / 2) + (most + least) / 2) : 1;
    return {
      ...sample,
      center: [Math.fround(centerX + shift(x, width)), Math.fround(centerY + shift(y, height))],
      scale: [Math.fround(width * factor), Math.fround(height * factor)],
      rotation: rotates ? Math.fround(angle * rotationFactor) : 0,
    };
  };
}
