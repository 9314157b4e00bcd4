import { checkFlipPairs, checkKeypoints, checkPositive } from './argument-checks';
import type { FlipPairs, Keypoints } from './types';

/**
 * Keypoints of the mirrored image: x becomes imageWidth - 1 - x, then left and right change places. Keypoints that are
 * not labelled become 0, 0, 0 (deep-high-resolution-net.pytorch lib/utils/transforms.py `fliplr_joints`).
 *
 * @param keypoints  image pixels
 * @param imageWidth pixels
 * @throws AugmentError when a pair names a keypoint that is not there or the keypoints are no triplets
 */
export function flipKeypoints(keypoints: Keypoints, imageWidth: number, flipPairs: FlipPairs): number[] {
  checkKeypoints(keypoints);
  checkPositive('imageWidth', imageWidth);
  checkFlipPairs(flipPairs, keypoints.length / 3);
  const source = Array.from({ length: keypoints.length / 3 }, (_, index) => index);
  for (const [left, right] of flipPairs) [source[left], source[right]] = [source[right], source[left]];
  return source.flatMap((index) => {
    const visibility = keypoints[3 * index + 2];
    return visibility > 0 ? [imageWidth - 1 - keypoints[3 * index], keypoints[3 * index + 1], visibility] : [0, 0, 0];
  });
}
