import { checkAtLeast, checkFinite, checkList, checkNumbers, checkWhole, fail } from '../check-values';
import { constantVelocity } from '../flow/constant-velocity';
import type { Flow } from '../flow/flow';
import { moveKeypoints } from '../flow/move-keypoints';
import type { ScoredBox } from '../person';
import { keypointExtent } from './keypoint-extent';

/** A person of an earlier frame, such as a track of `PoseTracker`. */
export interface MovingPerson {
  /** Flat [x, y, score] triplets in image pixels. */
  readonly keypoints: ArrayLike<number>;
  readonly score: number;
  /** Flat [vx, vy] per keypoint, pixels per unit of time. */
  readonly velocities?: ArrayLike<number>;
  /** When the keypoints were there; default 0. */
  readonly time?: number;
  readonly id?: number;
}

export interface PropagateBoxesOptions {
  /** Where keypoints go; default `constantVelocity`. */
  readonly flow?: Flow;
  /** Time of the frame that the boxes are for, in the unit of the people's times; default one after each person's. */
  readonly time?: number;
  /** How much wider and higher the box is than the extent of the keypoints; default 0.15, a half of it on each side. */
  readonly margin?: number;
  /** [width, height] of the image in pixels, where boxes are to be clipped to it. */
  readonly imageSize?: readonly [number, number];
  /** People scored below it are left out; default 0. */
  readonly minScore?: number;
  /** Keypoints count that are scored above it; default 0.2. */
  readonly keypointThreshold?: number;
}

export interface PropagatedBox extends ScoredBox {
  readonly box: [number, number, number, number];
  /** Of the person, where there is one. */
  readonly id?: number;
}

/**
 * Boxes in which the people of earlier frames are to be looked for, so that one whom the detector misses is found
 * nevertheless (Xiao et al. 2018, section 3.1): the extent of the keypoints, moved by the flow and enlarged by 15 %.
 *
 * Left out are people who have left the image, which is when the extent of their keypoints lies outside of it, and
 * people without two keypoints that span an area.
 *
 * @param people  in image pixels; `tracker.tracks`, for one
 * @returns boxes in image pixels in the order of the people, with the people's scores and ids
 * @throws TrackError when a number is not finite or an option is out of range, and what the flow throws
 */
export function propagateBoxes(people: readonly MovingPerson[], options: PropagateBoxesOptions = {}): PropagatedBox[] {
  const { flow = constantVelocity, margin = 0.15, imageSize, minScore = 0, keypointThreshold = 0.2 } = options;
  checkList('people', people);
  checkAtLeast('options.margin', margin, 0);
  checkFinite('options.minScore', minScore);
  checkFinite('options.keypointThreshold', keypointThreshold);
  imageSize?.forEach((length, axis) => checkWhole(`options.imageSize[${axis}]`, length, 1));

  const boxes: PropagatedBox[] = [];
  people.forEach(({ keypoints, score, velocities, time: from = 0, id }, i) => {
    checkNumbers(`people[${i}].keypoints`, keypoints);
    if (keypoints.length % 3 !== 0) fail(`people[${i}].keypoints`, 'flat [x, y, score] triplets', keypoints);
    checkFinite(`people[${i}].score`, score);
    checkFinite(`people[${i}].time`, from);
    const { time: to = from + 1 } = options;
    checkAtLeast('options.time', to, from);
    if (score < minScore) return;
    const extent = keypointExtent(moveKeypoints(keypoints, flow, { from, to, velocities }), keypointThreshold);
    const box = extent && enlarge(extent, margin, imageSize);
    if (box) boxes.push({ box, score, ...(id !== undefined && { id }) });
  });
  return boxes;
}

function enlarge(
  [left, top, right, bottom]: [number, number, number, number],
  margin: number,
  imageSize?: readonly [number, number],
): PropagatedBox['box'] | null {
  if (left === right || top === bottom) return null;
  const across = ((right - left) * margin) / 2;
  const down = ((bottom - top) * margin) / 2;
  if (!imageSize) return [left - across, top - down, right - left + 2 * across, bottom - top + 2 * down];
  const [width, height] = imageSize;
  if (right <= 0 || bottom <= 0 || left >= width || top >= height) return null;
  const [x, y] = [Math.max(left - across, 0), Math.max(top - down, 0)];
  return [x, y, Math.min(right + across, width) - x, Math.min(bottom + down, height) - y];
}
