import { checkAtLeast, checkFinite, checkList, checkNumbers, checkWhole, fail } from '../check-values';
import type { Track } from './track';

/** What a `PoseTracker` knows, as plain data. */
export interface TrackerState {
  /** Of the last frame; null before the first. */
  readonly time: number | null;
  readonly nextId: number;
  readonly tracks: readonly Track[];
}

/** @throws TrackError unless this is a state of a tracker of K keypoints */
export function checkTrackerState(state: TrackerState, K: number): void {
  if (typeof state !== 'object' || state === null) fail('state', 'a state of `PoseTracker`', state);
  if (state.time !== null) checkFinite('state.time', state.time);
  checkWhole('state.nextId', state.nextId, 1);
  checkList('state.tracks', state.tracks);
  state.tracks.forEach((track, i) => {
    const where = `state.tracks[${i}]`;
    const advice = `the tracker's \`sigmas\` are of ${K} keypoints`;
    checkWhole(`${where}.id`, track.id, 1);
    if (track.id >= state.nextId) fail(`${where}.id`, `an id below nextId, ${state.nextId}`, track.id);
    checkNumbers(`${where}.keypoints`, track.keypoints, 3 * K, advice);
    checkFinite(`${where}.time`, track.time);
    checkNumbers(`${where}.velocities`, track.velocities, 2 * K, advice);
    checkFinite(`${where}.score`, track.score);
    checkAtLeast(`${where}.area`, track.area, 0);
    checkWhole(`${where}.missed`, track.missed, 0);
    checkNumbers(`${where}.seen.keypoints`, track.seen?.keypoints, 3 * K, advice);
    checkFinite(`${where}.seen.time`, track.seen.time);
  });
}
