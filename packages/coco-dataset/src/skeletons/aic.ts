import { defineSkeleton } from './define-skeleton';
import type { Skeleton } from './skeleton';

/**
 * The 14 keypoints of AI Challenger (Wu et al. 2017). Order and sigmas are those of AIChallenger/AI_Challenger_2017
 * Evaluation/keypoint_eval/keypoint_eval.py (whose delta is twice the sigma); names, limbs, flip pairs and the two halves
 * are those of mmpose configs/_base_/datasets/aic.py.
 */
export const AIC_SKELETON: Readonly<Skeleton> = defineSkeleton({
  name: 'aic',
  keypoints: [
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
    'head_top',
    'neck',
  ],
  flipPairs: [
    [0, 3],
    [1, 4],
    [2, 5],
    [6, 9],
    [7, 10],
    [8, 11],
  ],
  limbs: [
    [2, 1],
    [1, 0],
    [0, 13],
    [13, 3],
    [3, 4],
    [4, 5],
    [8, 7],
    [7, 6],
    [6, 9],
    [9, 10],
    [10, 11],
    [12, 13],
    [0, 6],
    [3, 9],
  ],
  sigmas: [
    0.01388152, 0.01515228, 0.01057665, 0.01417709, 0.01497891, 0.01402144, 0.03909642, 0.03686941, 0.01981803,
    0.03843971, 0.03412318, 0.02415081, 0.01291456, 0.01236173,
  ],
  upperBody: [0, 1, 2, 3, 4, 5, 12, 13],
  lowerBody: [6, 7, 8, 9, 10, 11],
});
