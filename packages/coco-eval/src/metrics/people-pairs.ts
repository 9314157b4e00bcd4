import { checkNumbers, fail } from '../input/json-checks';

/**
 * Requires predicted and labelled people, one of each for every person, all with the same number of triplets.
 *
 * @returns the length of a person's list: three times the number of keypoints
 * @throws CocoEvalError when the lists do not agree in their lengths, numbers are missing or not finite, or there is nobody
 */
export function checkPeople(
  predictions: readonly ArrayLike<number>[],
  groundTruth: readonly ArrayLike<number>[],
): number {
  if (groundTruth.length === 0) fail('groundTruth', 'groundTruth', 'at least one person', groundTruth);
  const people = groundTruth.length;
  if (predictions.length !== people) fail('detections', 'predictions', `a list of ${people}, as people`, predictions);
  const size = groundTruth[0].length;
  if (size === 0 || size % 3 !== 0) fail('groundTruth', '[0]', 'triplets [x, y, v]', groundTruth[0]);
  for (let n = 0; n < people; n++) {
    checkNumbers('groundTruth', () => `[${n}]`, groundTruth[n], size);
    checkNumbers('detections', () => `[${n}]`, predictions[n], size);
  }
  return size;
}
