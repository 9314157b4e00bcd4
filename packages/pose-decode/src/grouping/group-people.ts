import { checkFinite } from '../check-arguments';
import { DecodeError } from '../decode-error';
import { assemblePeople } from './assemble-people';
import { connectPeaks, type ConnectOptions } from './connect-peaks';
import type { Peaks } from './find-peaks';

export interface GroupOptions extends ConnectOptions {
  /** the limbs' indices in the order in which they join people; default 0, 1, 2, ... */
  order?: readonly number[];
  /** people with fewer keypoints are left out (THRESH_PART_CNT of pafprocess.h); default 4 */
  minParts?: number;
  /** people with a lower score are left out (THRESH_HUMAN_SCORE); default 0.3 */
  minScore?: number;
}

/** One person of several in an image. */
export interface GroupedPerson {
  /** flat [x, y, score] triplets in network input pixels, K of them; (0, 0, 0) where a keypoint was not found */
  keypoints: Float32Array;
  /** index of the peak of each keypoint, -1 where it was not found */
  parts: Int32Array;
  /** mean over the keypoints of their scores and those of the limbs: `total / count` */
  score: number;
  total: number;
  count: number;
}

/**
 * People out of peaks and part affinity fields, OpenPose's bottom-up decoding (Cao et al. 2017, section 2.4). The defaults
 * are those of pytorch_Realtime_Multi-Person_Pose_Estimation lib/pafprocess/pafprocess.cpp; `PAF_TO_POSE` holds those of
 * its lib/utils/paf_to_pose.py.
 *
 * Limbs join people in `order`. A limb that shares a peak with one person gives them its second keypoint; one that
 * touches two people makes them one if they have no keypoint in common, else the first of them gets the second
 * keypoint; one that touches nobody begins a person; one that touches more does nothing. Unlike pafprocess.cpp, peak 0
 * counts as a keypoint like any other, and the last limb may begin a person too.
 *
 * Every pair of peaks that a limb could join is looked at, so that the time grows with the square of the number of people; most
 * pairs take a few samples, and all that follows is linear.
 *
 * @param peaks  of `findPeaks`, network input pixels
 * @param fields part affinity fields, shape [height, width, 2 * limbs], or [2 * limbs, height, width] with layout 'khw'
 * @returns people in the order in which they were begun; none where nothing is found
 * @throws DecodeError as `connectPeaks`, or when `order` names a limb that is not there
 */
export function groupPeople(peaks: Peaks, fields: Float32Array, options: GroupOptions): GroupedPerson[] {
  const { limbs, order = limbs.map((_, n) => n), minParts = 4, minScore = 0.3 } = options;
  checkFinite({ minParts, minScore });
  const unknown = order.find((n) => limbs[n] === undefined);
  if (unknown !== undefined) {
    throw new DecodeError(`Expected indices of limbs 0..${limbs.length - 1} in order but received ${unknown}`);
  }
  const connections = connectPeaks(peaks, fields, options);
  return assemblePeople(limbs, order, connections, peaks)
    .filter(({ count, total }) => count >= minParts && total / count >= minScore)
    .map(({ parts, total, count }) => ({
      keypoints: keypointsOf(parts, peaks),
      parts,
      score: total / count,
      total,
      count,
    }));
}

function keypointsOf(parts: Int32Array, { points }: Peaks): Float32Array {
  const keypoints = new Float32Array(3 * parts.length);
  parts.forEach((peak, k) => {
    if (peak >= 0) keypoints.set(points.subarray(3 * peak, 3 * peak + 3), 3 * k);
  });
  return keypoints;
}
