import { checkKeypoints, checkPositive } from './argument-checks';
import { checkRegion, type Region } from './region';
import type { Keypoints } from './types';

/** Fall-off of the likeness with distance, in units of the region's size (JointsDataset.py `select_data`). */
const FALL_OFF = 0.2;

/**
 * Whether the labelled keypoints lie around the centre of the person's region: HRNet's rule (SELECT_DATA in its
 * configurations) that leaves out people who are labelled in one corner only. exp(-d^2 / (2 * 0.2^2 * area)), with d from
 * the keypoints' mean to the centre, must exceed 0.45 + (n - 1) * 0.2 / 16 for n labelled keypoints
 * (deep-high-resolution-net.pytorch lib/dataset/JointsDataset.py `select_data`).
 *
 * @param region    the person's, as `boxToCenterScale` gives it
 * @param keypoints image pixels
 * @param pixelStd  pixels per unit of scale; default 200
 * @returns false when no keypoint is labelled
 * @throws AugmentError when the region has no area or a number is not finite
 */
export function hasCenteredKeypoints(region: Region, keypoints: Keypoints, pixelStd = 200): boolean {
  const { center, scale } = region;
  checkRegion(region);
  checkPositive('pixelStd', pixelStd);
  checkPositive('scale[0] * scale[1]', scale[0] * scale[1]);
  checkKeypoints(keypoints);
  let [labelled, x, y] = [0, 0, 0];
  for (let i = 0; i < keypoints.length; i += 3) {
    if (keypoints[i + 2] === 0) continue;
    labelled++;
    x += keypoints[i];
    y += keypoints[i + 1];
  }
  if (labelled === 0) return false;
  const squaredDistance = (x / labelled - center[0]) ** 2 + (y / labelled - center[1]) ** 2;
  const area = scale[0] * scale[1] * pixelStd ** 2;
  return Math.exp(-squaredDistance / (2 * FALL_OFF ** 2 * area)) > (0.2 / 16) * labelled + 0.45 - 0.2 / 16;
}
