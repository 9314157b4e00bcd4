/** How many of the flat [x, y, v] triplets are labelled (v > 0). */
export function countLabelled(keypoints: readonly number[]): number {
  let labelled = 0;
  for (let i = 2; i < keypoints.length; i += 3) if (keypoints[i] > 0) labelled++;
  return labelled;
}
