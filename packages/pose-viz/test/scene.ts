import type { Person, Skeleton } from '../src';

/** Used on a picture and on canvases, of 320x240. */
export const SKELETON: Skeleton = {
  keypoints: ['nose', 'left_shoulder', 'right_shoulder', 'left_hip', 'right_hip', 'left_ankle', 'right_ankle'],
  limbs: [
    [0, 1],
    [0, 2],
    [1, 2],
    [1, 3],
    [2, 4],
    [3, 4],
    [3, 5],
    [4, 6],
  ],
};

/** A large one with a hidden hip, a small one, and one who is partly outside. */
export const PEOPLE: readonly Person[] = [
  { keypoints: [120, 40, 2, 150.5, 80, 2, 90, 82.25, 2, 143, 140, 2, 98, 141, 1, 150, 220, 2, 92, 221, 2] },
  { keypoints: [250, 100, 2, 256, 108, 2, 244, 108, 2, 255, 120, 2, 246, 120, 2, 257, 134, 2, 243, 134, 2] },
  { keypoints: [310, 150, 2, 330, 170, 2, 290, 171, 2, 325, 210, 2, 296, 211, 2, 0, 0, 0, 300, 260, 2] },
];
