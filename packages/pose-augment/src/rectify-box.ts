import { checkBox, checkKeypoints, checkNotNegative } from './argument-checks';
import { clipBox } from './clip-box';
import type { Box, Keypoints, Size } from './types';

export interface RectifyOptions {
  /** margin around each keypoint as a share of the box's width (left, right) and height (above, below); default 0 */
  marginShare?: number;
  /** margin added to that, pixels; default 0 */
  marginPixels?: number;
}

/**
 * The smallest box that holds the given one and every labelled keypoint with its margin, limited to the image: annotated
 * boxes cut off hands and feet now and then. A side moves only when a keypoint, or its margin, lies beyond it.
 *
 * @param box       image pixels
 * @param keypoints image pixels
 * @param imageSize pixels; sides stay within 0..width and 0..height, which may cut the margin, or what lay outside before
 * @throws AugmentError when the box has a negative side, a margin is negative, or a number is not finite
 */
export function rectifyBox(
  box: Box,
  keypoints: Keypoints,
  imageSize: Size,
  options: RectifyOptions = {},
): [number, number, number, number] {
  const { marginShare = 0, marginPixels = 0 } = options;
  checkBox(box);
  checkKeypoints(keypoints);
  checkNotNegative('marginShare', marginShare);
  checkNotNegative('marginPixels', marginPixels);
  const [x, y, width, height] = box;
  const marginX = marginShare * width + marginPixels;
  const marginY = marginShare * height + marginPixels;
  let [left, top, right, bottom] = [x, y, x + width, y + height];
  for (let i = 0; i < keypoints.length; i += 3) {
    if (keypoints[i + 2] === 0) continue;
    left = Math.min(left, keypoints[i] - marginX);
    right = Math.max(right, keypoints[i] + marginX);
    top = Math.min(top, keypoints[i + 1] - marginY);
    bottom = Math.max(bottom, keypoints[i + 1] + marginY);
  }
  return clipBox([left, top, right - left, bottom - top], imageSize);
}
