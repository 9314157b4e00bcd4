import { pipeline } from './pipeline';
import { type Sample, startSample } from './pose-sample';
import { hrnetSteps, simpleBaselineSteps, type SimpleBaselineOptions } from './published-steps';
import type { Random } from './random';
import type { RandomHalfBodyOptions } from './random-half-body';

export interface AugmentOptions extends SimpleBaselineOptions {
  /** replaces the person's region by that of half a body, when given */
  halfBody?: RandomHalfBodyOptions;
}

export interface AugmentedSample {
  /** image pixels, of the mirrored image when `flipped` */
  center: [number, number];
  scale: [number, number];
  /** degrees */
  rotation: number;
  flipped: boolean;
  /** image pixels, of the mirrored image when `flipped` */
  keypoints: number[];
}

/**
 * One training sample's random choices: half body, scale, rotation, mirroring. With `halfBody` they are those of
 * deep-high-resolution-net.pytorch lib/dataset/JointsDataset.py `__getitem__`, without it those of
 * human-pose-estimation.pytorch, draw by draw:
 *
 * 1. with enough labelled keypoints, a uniform draw below `halfBody.probability` leads to a normal draw (see `halfBody`);
 * 2. a normal draw for the scale;
 * 3. a uniform draw up to `rotationProbability` leads to a normal draw for the rotation;
 * 4. a uniform draw up to `flipProbability` mirrors. The rotation keeps its sign.
 *
 * Steps with probability 0 take no draw. It is the `pipeline` of `hrnetSteps` or `simpleBaselineSteps`. The matrix of the
 * sample is `cropMatrix` of the result; `warpNormalized` takes `flipped` as its `flip`.
 *
 * @throws AugmentError when an option is out of its range or the keypoints are no triplets
 */
export function augmentSample(random: Random, sample: Sample, options: AugmentOptions): AugmentedSample {
  const { halfBody } = options;
  const steps = halfBody ? hrnetSteps({ ...options, halfBody }) : simpleBaselineSteps(options);
  const { center, scale, rotation, flipped, keypoints } = pipeline(steps)(startSample(sample), random);
  return {
    center: [center[0], center[1]],
    scale: [scale[0], scale[1]],
    rotation,
    flipped,
    keypoints: Array.from(keypoints),
  };
}
