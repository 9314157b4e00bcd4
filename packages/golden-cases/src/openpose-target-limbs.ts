/**
 * The limbs that the reference targets of OpenPose are made with (pytorch_Realtime_Multi-Person_Pose_Estimation
 * lib/datasets/datasets.py): limbs 9 and 13 join shoulder and eye, where OpenPose's networks join shoulder and ear.
 */
export const OPENPOSE_TARGET_LIMBS: readonly (readonly [number, number])[] = [
  [1, 8],
  [8, 9],
  [9, 10],
  [1, 11],
  [11, 12],
  [12, 13],
  [1, 2],
  [2, 3],
  [3, 4],
  [2, 14],
  [1, 5],
  [5, 6],
  [6, 7],
  [5, 15],
  [1, 0],
  [0, 14],
  [0, 15],
  [14, 16],
  [15, 17],
];
