import { defineSkeleton } from './define-skeleton';
import type { Skeleton } from './skeleton';

/**
 * The 18 keypoints of OpenPose's COCO model: COCO's, and the neck between the shoulders (`openPoseKeypoints` makes them).
 * Names and order are POSE_COCO_BODY_PARTS of CMU-Perceptual-Computing-Lab/openpose
 * src/openpose/pose/poseParameters.cpp. The limbs are those of its part affinity fields in the order of the published
 * network's channels; pytorch_Realtime_Multi-Person_Pose_Estimation lib/datasets/datasets.py has them in this order too,
 * but trains limbs 9 and 13 from the shoulder to the eye, where OpenPose, and both groupings, go to the ear.
 * Sigmas are COCO's; COCO knows no neck, whose 0.079 is that of CrowdPose.
 */
export const OPENPOSE_SKELETON: Readonly<Skeleton> = defineSkeleton({
  name: 'openpose-18',
  keypoints: [
    'nose',
    'neck',
    'right_shoulder',
    'right_elbow',
    'right_wrist',
    'left_shoulder',
    'left_elbow',
    'left_wrist',
    'right_hip',
    'right_knee',
    'right_ankle',
    'left_hip',
    'left_knee',
    'left_ankle',
    'right_eye',
    'left_eye',
    'right_ear',
    'left_ear',
  ],
  flipPairs: [
    [2, 5],
    [3, 6],
    [4, 7],
    [8, 11],
    [9, 12],
    [10, 13],
    [14, 15],
    [16, 17],
  ],
  limbs: [
    [1, 8],
    [8, 9],
    [9, 10],
    [1, 11],
    [11, 12],
    [12, 13],
    [1, 2],
    [2, 3],
    [3, 4],
    [2, 16],
    [1, 5],
    [5, 6],
    [6, 7],
    [5, 17],
    [1, 0],
    [0, 14],
    [0, 15],
    [14, 16],
    [15, 17],
  ],
  sigmas: [
    0.026, 0.079, 0.079, 0.072, 0.062, 0.079, 0.072, 0.062, 0.107, 0.087, 0.089, 0.107, 0.087, 0.089, 0.025, 0.025,
    0.035, 0.035,
  ],
  upperBody: [0, 1, 2, 3, 4, 5, 6, 7, 14, 15, 16, 17],
  lowerBody: [8, 9, 10, 11, 12, 13],
});
