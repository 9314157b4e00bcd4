import { poseArea } from './pose-similarity';
import type { Flow } from '../flow/flow';
import { moveKeypoints } from '../flow/move-keypoints';
import type { Person } from '../person';

/** One person over time. Plain data, never changed: each frame makes new ones. */
export interface Track {
  readonly id: number;
  /** Flat [x, y, score] triplets in image pixels: where the person is at `time`, moved by the flow since it was seen. */
  readonly keypoints: readonly number[];
  /** Time of the last frame. */
  readonly time: number;
  /** Flat [vx, vy] per keypoint in pixels per unit of time, from the last two times that the person was seen. */
  readonly velocities: readonly number[];
  /** Score when last seen. */
  readonly score: number;
  /** Square pixels that the person covered when last seen. */
  readonly area: number;
  /** Frames that have passed without the person; 0 when it is in the last one. */
  readonly missed: number;
  /** What was last seen of the person. */
  readonly seen: { readonly keypoints: readonly number[]; readonly time: number };
}

/** A person's first frame: nothing is known of its movement. */
export function startTrack(id: number, person: Person, time: number, keypointThreshold: number): Track {
  const keypoints = Array.from(person.keypoints);
  const velocities = new Array<number>((keypoints.length / 3) * 2).fill(0);
  const area = poseArea(person, keypointThreshold);
  return { id, keypoints, time, velocities, score: person.score, area, missed: 0, seen: { keypoints, time } };
}

/** The track moved to the time of a new frame by the flow; it is not known yet whether the person is in it. */
export function moveTrack(track: Track, flow: Flow, time: number): Track {
  const { keypoints, time: from, velocities } = track;
  return { ...track, keypoints: moveKeypoints(keypoints, flow, { from, to: time, velocities }), time };
}

/** The person is in the frame. */
export function continueTrack(track: Track, person: Person, keypointThreshold: number): Track {
  const keypoints = Array.from(person.keypoints);
  const { time, seen } = track;
  return {
    id: track.id,
    keypoints,
    time,
    velocities: velocitiesBetween(seen.keypoints, keypoints, time - seen.time, keypointThreshold),
    score: person.score,
    area: poseArea(person, keypointThreshold),
    missed: 0,
    seen: { keypoints, time },
  };
}

/**
 * The person is not in the frame. From now on all of it moves with its mean velocity: while somebody is hidden the body
 * goes on, but arms and legs swing back, and the mean over keypoints errs less than each of them.
 */
export function missTrack(track: Track): Track {
  const { velocities, missed } = track;
  const mean = meanVelocity(velocities, () => true);
  return { ...track, velocities: velocities.map((_, i) => mean[i % 2]), missed: missed + 1 };
}

/** Keypoints that do not count in both poses, which have no velocity of their own, take the mean of the others. */
function velocitiesBetween(
  before: readonly number[],
  after: readonly number[],
  elapsed: number,
  keypointThreshold: number,
): number[] {
  const counts = (k: number): boolean => before[3 * k + 2] > keypointThreshold && after[3 * k + 2] > keypointThreshold;
  const K = after.length / 3;
  const velocities: number[] = [];
  for (let k = 0; k < K; k++) {
    for (let axis = 0; axis < 2; axis++) velocities.push((after[3 * k + axis] - before[3 * k + axis]) / elapsed);
  }
  const mean = meanVelocity(velocities, counts);
  return velocities.map((velocity, i) => (counts(Math.floor(i / 2)) ? velocity : mean[i % 2]));
}

function meanVelocity(velocities: readonly number[], counts: (keypoint: number) => boolean): [number, number] {
  let [x, y, count] = [0, 0, 0];
  for (let k = 0; 2 * k < velocities.length; k++) {
    if (!counts(k)) continue;
    x += velocities[2 * k];
    y += velocities[2 * k + 1];
    count++;
  }
  return count === 0 ? [0, 0] : [x / count, y / count];
}
