import { checkNumbers, fail } from '../input/json-checks';
import { checkPeople } from './people-pairs';

/**
 * What distances are divided by, for each person, in the keypoints' pixels; two numbers are one for x and one for y. A
 * person with 0 is left out.
 */
export type PersonLengths = readonly (number | readonly [number, number])[];

/** Distances of predicted from labelled keypoints, in lengths of the person. */
export interface KeypointDistances {
  readonly keypoints: number;
  /** [person, keypoint] in single precision; -1 where the keypoint is not labelled or the person is left out. */
  readonly distances: Float32Array;
}

const { hypot } = Math;

/**
 * The distances that PCK, AUC, NME and EPE are made of, in the single precision of `_calc_distances` in mmpose
 * mmpose/evaluation/functional/keypoint_eval.py. A negative length, which mmpose takes for a million, is an error.
 *
 * @param predictions flat [x, y, anything] triplets of each person, pixels of any space
 * @param groundTruth flat [x, y, v] triplets of the same people in the same order and space; v > 0 counts
 * @param lengths     one for each person, or one number for all
 * @throws CocoEvalError when the lists do not agree in their lengths, numbers are missing or not finite, or there is nobody
 */
export function keypointDistances(
  predictions: readonly ArrayLike<number>[],
  groundTruth: readonly ArrayLike<number>[],
  lengths: PersonLengths | number,
): KeypointDistances {
  const size = checkPeople(predictions, groundTruth);
  const people = groundTruth.length;
  if (typeof lengths !== 'number' && lengths.length !== people) {
    fail('params', 'lengths', `a list of ${people}, as people`, lengths);
  }
  const distances = new Float32Array((people * size) / 3).fill(-1);
  for (let n = 0, at = 0; n < people; n++) {
    const [predicted, labelled] = [predictions[n], groundTruth[n]];
    const [lengthX, lengthY] = typeof lengths === 'number' ? [lengths, lengths] : bothAxes(lengths[n], n);
    const isLeftOut = lengthX === 0 || lengthY === 0;
    for (let i = 0; i < size; i += 3, at++) {
      if (isLeftOut || !(labelled[i + 2] > 0)) continue;
      distances[at] = hypot((predicted[i] - labelled[i]) / lengthX, (predicted[i + 1] - labelled[i + 1]) / lengthY);
    }
  }
  return { keypoints: size / 3, distances };
}

function bothAxes(length: PersonLengths[number], n: number): readonly [number, number] {
  const pair = typeof length === 'number' ? ([length, length] as const) : length;
  checkNumbers('params', () => `lengths[${n}]`, pair, 2);
  if (pair[0] < 0 || pair[1] < 0) fail('params', `lengths[${n}]`, 'nothing below 0', Math.min(...pair));
  return pair;
}

/** Mean of the distances that count, 0 where none does. */
export function meanDistance({ distances }: KeypointDistances): number {
  let sum = 0;
  let count = 0;
  for (const distance of distances) {
    if (distance < 0) continue;
    sum += distance;
    count++;
  }
  return count > 0 ? sum / count : 0;
}
