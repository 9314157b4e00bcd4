import { fail, isFiniteNumber } from '../input/json-checks';
import { type KeypointDistances, keypointDistances, type PersonLengths } from './keypoint-distances';
import { toShares } from './shares';

export interface PckOptions {
  /**
   * What distances are divided by, for each person, in the keypoints' pixels: the head's size for PCKh, the torso's or
   * the box's longer side for PCK; or two numbers, one for x and one for y. A person with 0 is left out.
   */
  readonly lengths: PersonLengths;
  /** A keypoint is correct when it is nearer than this share of the length: 0.5 for PCKh@0.5. */
  readonly threshold: number;
}

export interface PckResult {
  /** Mean of `perKeypoint` over the keypoints that have a sample, 0 where none has. */
  readonly average: number;
  /** Share of correct ones, -1 where nobody has the keypoint. */
  readonly perKeypoint: readonly number[];
  /** Keypoints that have a sample. */
  readonly count: number;
}

const { fround } = Math;

/**
 * Percentage of correct keypoints, PCK (Yang and Ramanan 2013) and PCKh (Andriluka et al. 2014), as shares 0 to 1: those
 * predicted keypoints that are nearer to the labelled one than `threshold` times the person's length, exclusive. Equal
 * to mmpose mmpose/evaluation/functional/keypoint_eval.py `keypoint_pck_accuracy`, distances in single precision
 * included; a negative length, which mmpose takes for a million, is an error.
 *
 * @param predictions flat [x, y, anything] triplets of each person, pixels of any space
 * @param groundTruth flat [x, y, v] triplets of the same people in the same order and space; v > 0 counts
 * @throws CocoEvalError when the lists do not agree in their lengths, numbers are missing or not finite, or there is nobody
 */
export function pck(
  predictions: readonly ArrayLike<number>[],
  groundTruth: readonly ArrayLike<number>[],
  { lengths, threshold }: PckOptions,
): PckResult {
  if (!isFiniteNumber(threshold)) fail('params', 'threshold', 'a finite number', threshold);
  return pckAt(keypointDistances(predictions, groundTruth, lengths), threshold);
}

/** PCK of distances that are already in lengths of the person. */
export function pckAt({ keypoints, distances }: KeypointDistances, threshold: number): PckResult {
  const [correct, samples] = [new Float64Array(keypoints), new Float64Array(keypoints)];
  const limit = fround(threshold);
  distances.forEach((distance, at) => {
    if (distance < 0) return;
    samples[at % keypoints]++;
    if (distance < limit) correct[at % keypoints]++;
  });
  const { average, shares, count } = toShares(correct, samples);
  return { average, perKeypoint: shares, count };
}
