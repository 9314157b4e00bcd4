import { checkPositive } from './argument-checks';
import { fitAspectRatio } from './fit-aspect-ratio';
import { type MmposeHalfBodyOptions, mmposeRandomHalfBody } from './mmpose-half-body';
import { mmposeRandomRegion, type MmposeRandomRegionOptions } from './mmpose-random-region';
import type { PoseStep } from './pose-sample';
import { randomFlip } from './random-flip';
import { randomHalfBody, type RandomHalfBodyOptions } from './random-half-body';
import { randomRotation } from './random-rotation';
import { randomScale } from './random-scale';
import type { FlipPairs } from './types';

export interface SimpleBaselineOptions {
  /** the region's size is multiplied by 1 + normal * scaleFactor, at most by 1 +- scaleFactor; below 1 */
  scaleFactor: number;
  /** degrees; the angle is normal * rotationFactor, at most twice as much */
  rotationFactor: number;
  /** default 0.6 */
  rotationProbability?: number;
  /** default 0.5 */
  flipProbability?: number;
  /** keypoints that change places when the image is mirrored */
  flipPairs: FlipPairs;
}

export interface HrnetOptions extends SimpleBaselineOptions {
  /** replaces the person's region by that of half a body */
  halfBody: RandomHalfBodyOptions;
}

export interface MmposeOptions {
  /** width / height of the network input */
  aspectRatio: number;
  /** keypoints that change places when the image is mirrored */
  flipPairs: FlipPairs;
  /** default 0.5 */
  flipProbability?: number;
  halfBody: MmposeHalfBodyOptions;
  /** default mmpose's */
  region?: MmposeRandomRegionOptions;
}

/**
 * Training augmentation of SimpleBaseline: scale, rotation, flip (human-pose-estimation.pytorch
 * lib/dataset/JointsDataset.py `__getitem__`).
 *
 * @throws AugmentError when an option is out of its range
 */
export function simpleBaselineSteps(options: SimpleBaselineOptions) {
  const { scaleFactor, rotationFactor, rotationProbability, flipProbability, flipPairs } = options;
  return {
    scale: randomScale(scaleFactor),
    rotation: randomRotation(rotationFactor, rotationProbability),
    flip: randomFlip({ flipPairs, probability: flipProbability }),
  };
}

/**
 * Training augmentation of HRNet: half body, then SimpleBaseline's (deep-high-resolution-net.pytorch
 * lib/dataset/JointsDataset.py `__getitem__`). TransPose's is the same with `halfBody.inclusive`.
 *
 * @throws AugmentError when an option is out of its range
 */
export function hrnetSteps(options: HrnetOptions) {
  return { halfBody: randomHalfBody(options.halfBody), ...simpleBaselineSteps(options) };
}

/**
 * Training augmentation of GluonCV's SimplePose: SimpleBaseline's, with the high uniform draws mirroring (gluon-cv
 * gluoncv/data/transforms/presets/simple_pose.py `SimplePoseDefaultTrainTransform`). Its regions have pixelStd 1.
 *
 * @throws AugmentError when an option is out of its range
 */
export function gluonSteps(options: SimpleBaselineOptions) {
  const { flipPairs, flipProbability: probability } = options;
  return { ...simpleBaselineSteps(options), flip: randomFlip({ flipPairs, probability, when: 'above' }) };
}

/**
 * Training augmentation of mmpose's top-down heatmap configurations: flip, half body, shift + scale + rotation, and at last
 * the aspect ratio of the network input (`RandomFlip`, `RandomHalfBody`, `RandomBBoxTransform`, `TopdownAffine`). It works
 * on the regions of `boxToRegion`; the crop is that of `mmposeCropMatrix` or `udpCropMatrix`.
 *
 * @throws AugmentError when an option is out of its range
 */
export function mmposeSteps(options: MmposeOptions) {
  const { aspectRatio, flipPairs, flipProbability: probability, halfBody, region } = options;
  checkPositive('aspectRatio', aspectRatio);
  const aspect: PoseStep = (sample) => {
    const [width, height] = fitAspectRatio(sample.scale, aspectRatio);
    return { ...sample, scale: [Math.fround(width), Math.fround(height)] };
  };
  return {
    flip: randomFlip({ flipPairs, probability, when: 'below' }),
    halfBody: mmposeRandomHalfBody(halfBody),
    region: mmposeRandomRegion(region),
    aspect,
  };
}
