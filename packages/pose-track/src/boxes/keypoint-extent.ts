/**
 * The smallest box around the keypoints that are scored above a threshold.
 *
 * @param keypoints flat [x, y, score] triplets
 * @returns [left, top, right, bottom] in the keypoints' space, or null where no keypoint counts
 */
export function keypointExtent(
  keypoints: ArrayLike<number>,
  keypointThreshold: number,
): [number, number, number, number] | null {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < keypoints.length; i += 3) {
    if (!(keypoints[i + 2] > keypointThreshold)) continue;
    left = Math.min(left, keypoints[i]);
    right = Math.max(right, keypoints[i]);
    top = Math.min(top, keypoints[i + 1]);
    bottom = Math.max(bottom, keypoints[i + 1]);
  }
  return left <= right ? [left, top, right, bottom] : null;
}
