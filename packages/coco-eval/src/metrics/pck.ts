import { checkNumbers, fail, isFiniteNumber } from '../input/json-checks';

export interface PckOptions {
  /**
   * What distances are divided by, for each person, in the keypoints' pixels: the head's size for PCKh, the torso's or
   * the box's longer side for PCK; or two numbers, one for x and one for y. A person with 0 is left out.
   */
  readonly lengths: readonly (number | readonly [number, number])[];
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

const { fround, hypot } = Math;

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
  if (groundTruth.length === 0) fail('groundTruth', 'groundTruth', 'at least one person', groundTruth);
  const people = groundTruth.length;
  if (predictions.length !== people) fail('detections', 'predictions', `a list of ${people}, as people`, predictions);
  if (lengths.length !== people) fail('params', 'lengths', `a list of ${people}, as people`, lengths);
  const size = groundTruth[0].length;
  if (size === 0 || size % 3 !== 0) fail('groundTruth', '[0]', 'triplets [x, y, v]', groundTruth[0]);

  const [correct, samples] = [new Float64Array(size / 3), new Float64Array(size / 3)];
  groundTruth.forEach((labelled, n) => {
    const predicted = predictions[n];
    checkNumbers('groundTruth', () => `[${n}]`, labelled, size);
    checkNumbers('detections', () => `[${n}]`, predicted, size);
    const [lengthX, lengthY] = bothAxes(lengths[n], n);
    if (lengthX === 0 || lengthY === 0) return;
    for (let k = 0, i = 0; i < size; k++, i += 3) {
      if (!(labelled[i + 2] > 0)) continue;
      samples[k]++;
      const distance = hypot((predicted[i] - labelled[i]) / lengthX, (predicted[i + 1] - labelled[i + 1]) / lengthY);
      if (fround(distance) < fround(threshold)) correct[k]++;
    }
  });
  const perKeypoint = Array.from(correct, (hits, k) => (samples[k] > 0 ? hits / samples[k] : -1));
  const counted = perKeypoint.filter((share) => share >= 0);
  const sum = counted.reduce((total, share) => total + share, 0);
  return { average: counted.length > 0 ? sum / counted.length : 0, perKeypoint, count: counted.length };
}

function bothAxes(length: PckOptions['lengths'][number], n: number): readonly [number, number] {
  const pair = typeof length === 'number' ? ([length, length] as const) : length;
  checkNumbers('params', () => `lengths[${n}]`, pair, 2);
  if (pair[0] < 0 || pair[1] < 0) fail('params', `lengths[${n}]`, 'nothing below 0', Math.min(...pair));
  return pair;
}
