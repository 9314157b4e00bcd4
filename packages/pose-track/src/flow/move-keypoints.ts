import { checkNumbers } from '../check-values';
import type { Flow, Movement } from './flow';

/**
 * The keypoints that a flow returns, checked: a flow is the caller's own.
 *
 * @throws TrackError when it returns another number of triplets, or numbers that are not finite
 */
export function moveKeypoints(keypoints: ArrayLike<number>, flow: Flow, movement: Movement): number[] {
  const moved = flow(keypoints, movement);
  checkNumbers('what the flow returns', moved, keypoints.length, 'it returns a triplet for each that it is given');
  return Array.from(moved);
}
