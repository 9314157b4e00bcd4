import { checkBox, checkFinite, checkKeypoints, checkPositive } from './argument-checks';
import type { Random } from './random';
import type { Box, Keypoints, Point, Size } from './types';

/** One person, before anything was drawn. */
export interface Sample {
  /** the person's region, as `boxToCenterScale` gives it; image pixels and units of pixelStd */
  center: Point;
  scale: Size;
  /** image pixels */
  keypoints: Keypoints;
  /** pixels */
  imageWidth: number;
  /** image pixels; follows the mirroring when given */
  box?: Box;
}

/**
 * One person on the way through a pipeline. No step touches pixels: what the steps have gathered becomes one matrix
 * (`cropMatrix`), and the image is resampled once (`warpNormalized`, with `flipped` as its `flip`).
 */
export interface PoseSample extends Sample {
  /** degrees, for `cropMatrix` */
  rotation: number;
  /** whether center, keypoints and box are those of the mirrored image */
  flipped: boolean;
}

/** A step of a `pipeline` over samples that have at least what a `PoseSample` has; other fields pass through. */
export type PoseStep = <S extends PoseSample>(sample: S, random: Random) => S;

/**
 * The start of a pipeline: no rotation, not mirrored.
 *
 * @throws AugmentError when a number of the sample is not finite or its keypoints are no triplets
 */
export function startSample<S extends Sample>(sample: S): S & PoseSample {
  checkRegion(sample);
  checkKeypoints(sample.keypoints);
  checkPositive('imageWidth', sample.imageWidth);
  if (sample.box) checkBox(sample.box);
  return { ...sample, rotation: 0, flipped: false };
}

/** Every step that computes with the region looks at it first, so that no NaN is passed on. */
export function checkRegion({ center, scale }: Pick<Sample, 'center' | 'scale'>): void {
  checkFinite('center', center, 2);
  checkFinite('scale', scale, 2);
}
