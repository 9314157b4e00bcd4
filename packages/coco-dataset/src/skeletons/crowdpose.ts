import { defineSkeleton } from './define-skeleton';
import type { Skeleton } from './skeleton';

/**
 * The 14 keypoints of CrowdPose (Li et al. 2019). Names are those of the person category of its annotation files, sigmas
 * those of Jeff-sjtu/CrowdPose crowdpose-api/PythonAPI/crowdposetools/cocoeval.py; limbs, flip pairs and the two halves
 * are those of mmpose configs/_base_/datasets/crowdpose.py, which calls the head top_head. (The limbs in the annotation
 * files are COCO's and name keypoints that CrowdPose does not have.)
 */
export const CROWDPOSE_SKELETON: Readonly<Skeleton> = defineSkeleton({
  name: 'crowdpose',
  keypoints: [
    'left_shoulder',
    'right_shoulder',
    'left_elbow',
    'right_elbow',
    'left_wrist',
    'right_wrist',
    'left_hip',
    'right_hip',
    'left_knee',
    'right_knee',
    'left_ankle',
    'right_ankle',
    'head',
    'neck',
  ],
  flipPairs: [
    [0, 1],
    [2, 3],
    [4, 5],
    [6, 7],
    [8, 9],
    [10, 11],
  ],
  limbs: [
    [10, 8],
    [8, 6],
    [11, 9],
    [9, 7],
    [6, 7],
    [0, 6],
    [1, 7],
    [0, 1],
    [0, 2],
    [1, 3],
    [2, 4],
    [3, 5],
    [12, 13],
    [1, 13],
    [0, 13],
  ],
  sigmas: [0.079, 0.079, 0.072, 0.072, 0.062, 0.062, 0.107, 0.107, 0.087, 0.087, 0.089, 0.089, 0.079, 0.079],
  upperBody: [0, 1, 2, 3, 4, 5, 12, 13],
  lowerBody: [6, 7, 8, 9, 10, 11],
});
