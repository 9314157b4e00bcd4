import { DecodeError } from '../decode-error';

/** Pairs of keypoint indices that change places when the image is mirrored. */
export type FlipPairs = readonly (readonly [number, number])[];

/** For each keypoint the one that it is in the mirrored image. */
export function mirroredKeypoints(flipPairs: FlipPairs, count: number): number[] {
  const sources = Array.from({ length: count }, (_, k) => k);
  for (const pair of flipPairs) {
    if (pair.length !== 2 || !pair.every((k) => Number.isInteger(k) && k >= 0 && k < count)) {
      throw new DecodeError(
        `Expected flip pairs of keypoint indices 0..${count - 1} but received [${pair.join(', ')}]`,
      );
    }
    const [left, right] = pair;
    [sources[left], sources[right]] = [sources[right], sources[left]];
  }
  return sources;
}
