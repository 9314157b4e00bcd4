import { checkFinite, checkFlipPairs, checkKeypoints, checkPositive } from './argument-checks';
import type { FlipPairs, Keypoints } from './types';

/**
 * Keypoints of the mirrored image: x becomes imageWidth - 1 - x, then left and right change places. Keypoints that are
 * not labelled become 0, 0, 0 (deep-high-resolution-net.pytorch lib/utils/transforms.py `fliplr_joints`).
 *
 * @param keypoints  image pixels
 * @param imageWidth pixels
 * @param unlabelled 'mirror' treats keypoints that are not labelled like the others (mmpose
 *                   mmpose/structures/keypoint/transforms.py `flip_keypoints`); default 'clear'
 * @throws AugmentError when a pair names a keypoint that is not there, the keypoints are no triplets or one that is
 *         mirrored is not finite
 */
export function flipKeypoints(
  keypoints: Keypoints,
  imageWidth: number,
  flipPairs: FlipPairs,
  unlabelled: 'clear' | 'mirror' = 'clear',
): number[] {
  checkKeypoints(keypoints);
  checkPositive('imageWidth', imageWidth);
  checkFlipPairs(flipPairs, keypoints.length / 3);
  if (unlabelled === 'mirror') checkFinite('keypoints', keypoints, keypoints.length);
  const source = Array.from({ length: keypoints.length / 3 }, (_, index) => index);
  for (const [left, right] of flipPairs) [source[left], source[right]] = [source[right], source[left]];
  return source.flatMap((index) => {
    const visibility = keypoints[3 * index + 2];
    if (visibility === 0 && unlabelled === 'clear') return [0, 0, 0];
    return [imageWidth - 1 - keypoints[3 * index], keypoints[3 * index + 1], visibility];
  });
}
