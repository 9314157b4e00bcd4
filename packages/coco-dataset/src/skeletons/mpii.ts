import { defineSkeleton } from './define-skeleton';
import type { Skeleton } from './skeleton';

/**
 * The 16 keypoints of MPII Human Pose (Andriluka et al. 2014). Order, flip pairs and the two halves are those of
 * deep-high-resolution-net.pytorch lib/dataset/mpii.py; names and limbs those of mmpose configs/_base_/datasets/mpii.py.
 * MPII is evaluated by PCKh and publishes no OKS sigmas: these are mmpose's, "adapted from COCO dataset".
 */
export const MPII_SKELETON: Readonly<Skeleton> = defineSkeleton({
  name: 'mpii',
  keypoints: [
    'right_ankle',
    'right_knee',
    'right_hip',
    'left_hip',
    'left_knee',
    'left_ankle',
    'pelvis',
    'thorax',
    'upper_neck',
    'head_top',
    'right_wrist',
    'right_elbow',
    'right_shoulder',
    'left_shoulder',
    'left_elbow',
    'left_wrist',
  ],
  flipPairs: [
    [0, 5],
    [1, 4],
    [2, 3],
    [10, 15],
    [11, 14],
    [12, 13],
  ],
  limbs: [
    [0, 1],
    [1, 2],
    [2, 6],
    [6, 3],
    [3, 4],
    [4, 5],
    [6, 7],
    [7, 8],
    [8, 9],
    [8, 12],
    [12, 11],
    [11, 10],
    [8, 13],
    [13, 14],
    [14, 15],
  ],
  sigmas: [
    0.089, 0.083, 0.107, 0.107, 0.083, 0.089, 0.026, 0.026, 0.026, 0.026, 0.062, 0.072, 0.179, 0.179, 0.072, 0.062,
  ],
  upperBody: [7, 8, 9, 10, 11, 12, 13, 14, 15],
  lowerBody: [0, 1, 2, 3, 4, 5, 6],
});
