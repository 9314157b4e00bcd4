import type { GroupOptions } from './group-people';

/**
 * The limbs of OpenPose's 18 keypoints in the order of the fields' channels, and the order in which they join people
 * (pytorch_Realtime_Multi-Person_Pose_Estimation lib/pafprocess/pafprocess.h). Limbs 9 and 13 go from shoulder to ear,
 * as in CMU's networks; that repository's own training targets lead them to the eye.
 */
export const OPENPOSE_GROUPING: Readonly<Required<Pick<GroupOptions, 'limbs' | 'order'>>> = {
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
  order: [6, 10, 7, 8, 11, 12, 0, 1, 2, 3, 4, 5, 14, 15, 17, 16, 18, 9, 13],
};

/** The settings of pytorch_Realtime_Multi-Person_Pose_Estimation lib/utils/paf_to_pose.py for `groupPeople`. */
export const PAF_TO_POSE: Readonly<
  Required<Pick<GroupOptions, 'lineIntegral' | 'minSamplesAbove' | 'minParts' | 'minScore'>>
> = { lineIntegral: 'cubic', minSamplesAbove: 9, minParts: 3, minScore: 0.2 };
