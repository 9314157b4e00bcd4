import { checkFinite, checkKeypoints, checkPositive, checkProbability } from './argument-checks';
import { flipKeypoints } from './flip-keypoints';
import { halfBody, type HalfBodyOptions } from './half-body';
import type { Random } from './random';
import type { FlipPairs, Keypoints, Point, Size } from './types';

export interface Sample {
  /** the person's region, as `boxToCenterScale` gives it; image pixels and units of pixelStd */
  center: Point;
  scale: Size;
  /** image pixels */
  keypoints: Keypoints;
  /** pixels */
  imageWidth: number;
}

export interface AugmentOptions {
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
  /** replaces the person's region by that of half a body, when given */
  halfBody?: HalfBodyOptions & {
    /** HRNet: 0.3 */
    probability: number;
    /** fewest labelled keypoints that a sample needs for this step; HRNet asks for more than 8, which is 9 */
    minKeypoints: number;
  };
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
 * Steps with probability 0 take no draw. The matrix of the sample is `cropMatrix` of the result; `warpNormalized` takes
 * `flipped` as its `flip`.
 *
 * @throws AugmentError when an option is out of its range or the keypoints are no triplets
 */
export function augmentSample(random: Random, sample: Sample, options: AugmentOptions): AugmentedSample {
  const { scaleFactor, rotationFactor, rotationProbability = 0.6, flipProbability = 0.5, flipPairs } = options;
  checkFinite('center', sample.center, 2);
  checkFinite('scale', sample.scale, 2);
  checkKeypoints(sample.keypoints);
  checkPositive('imageWidth', sample.imageWidth);
  checkPositive('1 - scaleFactor', 1 - scaleFactor);
  checkFinite('rotationFactor', [rotationFactor], 1);
  checkProbability('rotationProbability', rotationProbability);
  checkProbability('flipProbability', flipProbability);

  const half = drawHalfBody(random, sample.keypoints, options.halfBody);
  const [centerX, centerY] = half?.center ?? sample.center;
  const [scaleX, scaleY] = half?.scale ?? sample.scale;
  const factor = clamp(random.normal() * scaleFactor + 1, 1 - scaleFactor, 1 + scaleFactor);
  const rotates = rotationProbability > 0 && random.uniform() <= rotationProbability;
  const rotation = rotates ? clamp(random.normal() * rotationFactor, -2 * rotationFactor, 2 * rotationFactor) : 0;
  const flipped = flipProbability > 0 && random.uniform() <= flipProbability;
  return {
    center: [flipped ? Math.fround(sample.imageWidth - 1 - centerX) : centerX, centerY],
    scale: [scaleX * factor, scaleY * factor],
    rotation,
    flipped,
    keypoints: flipped ? flipKeypoints(sample.keypoints, sample.imageWidth, flipPairs) : Array.from(sample.keypoints),
  };
}

function drawHalfBody(random: Random, keypoints: Keypoints, options: AugmentOptions['halfBody']) {
  if (!options || options.probability === 0) return undefined;
  checkProbability('halfBody.probability', options.probability);
  let labelled = 0;
  for (let i = 2; i < keypoints.length; i += 3) if (keypoints[i] > 0) labelled++;
  if (labelled < options.minKeypoints) return undefined;
  return random.uniform() < options.probability ? halfBody(random, keypoints, options) : undefined;
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
