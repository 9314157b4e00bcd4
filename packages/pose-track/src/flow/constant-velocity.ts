import { checkNumbers } from '../check-values';
import type { Movement } from './flow';

/**
 * Every keypoint goes on as it went between the last two times it was seen: in the place of optical flow where there are
 * no images, or no time for them.
 *
 * @param keypoints flat [x, y, score] triplets in image pixels
 * @param movement  with velocities, as a track of `PoseTracker` has them
 * @returns as many triplets; scores are kept
 * @throws TrackError when there are no velocities, or not two for each keypoint
 */
export function constantVelocity(keypoints: ArrayLike<number>, { from, to, velocities }: Movement): number[] {
  const advice = 'constant velocity needs those of a track; give people without them another flow';
  checkNumbers('velocities', velocities, (keypoints.length / 3) * 2, advice);
  const moved = Array.from(keypoints);
  for (let i = 0, j = 0; i < moved.length; i += 3, j += 2) {
    moved[i] += velocities![j] * (to - from);
    moved[i + 1] += velocities![j + 1] * (to - from);
  }
  return moved;
}
