/** COCO's left and right keypoints, as pairs of 0-based places: eyes, ears, shoulders, elbows, wrists, hips, knees, ankles. */
export const COCO_FLIP_PAIRS: readonly (readonly [number, number])[] = [
  [1, 2],
  [3, 4],
  [5, 6],
  [7, 8],
  [9, 10],
  [11, 12],
  [13, 14],
  [15, 16],
];
