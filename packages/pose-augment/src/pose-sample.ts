import { checkBox, checkKeypoints, checkPositive } from './argument-checks';
import type { Random } from './random';
import { checkRegion, type Region } from './region';
import type { Box, Keypoints } from './types';

/** One person and the region around it, before anything was drawn. */
export interface Sample extends Region {
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
