import { checkFinite, checkList, checkWhole, fail } from '../check-values';
import { constantVelocity } from '../flow/constant-velocity';
import type { Flow } from '../flow/flow';
import type { Person } from '../person';
import { COCO_SIGMAS } from './coco-sigmas';
import { greedyMatching } from './greedy-matching';
import { checkPose, checkSigmas, keypointSimilarity, oksVariances, poseArea } from './pose-similarity';
import { continueTrack, missTrack, moveTrack, startTrack, type Track } from './track';
import { checkTrackerState, type TrackerState } from './tracker-state';

export interface PoseTrackerOptions {
  /** Where keypoints are in a later frame; default `constantVelocity`. */
  readonly flow?: Flow;
  /** A pose belongs to a track only if their similarity is above it; default 0.3, mmpose's tracking_thr. */
  readonly threshold?: number;
  /** For how many frames a person is remembered: L_Q of Xiao et al. 2018, 1 remembers only the last; default 30. */
  readonly memory?: number;
  /** Only a person scored so high starts a track; a weaker one may go on with one. Default 0.3, mmpose's bbox_thr. */
  readonly minScore?: number;
  /** Keypoints count that are scored above it; default 0.2, HRNet's IN_VIS_THRE. */
  readonly keypointThreshold?: number;
  /** One standard deviation per keypoint, relative to the square root of a person's area; default COCO's 17. */
  readonly sigmas?: ArrayLike<number>;
}

export interface UpdateOptions {
  /** Time of the frame, in any unit as long as it is always the same; default one after the last frame's, from 0 on. */
  readonly time?: number;
}

/**
 * Gives the people of a video ids that stay theirs: the flow-based tracking of Xiao, Wu and Wei 2018, "Simple Baselines
 * for Human Pose Estimation and Tracking", section 3. The people of earlier frames are moved by the flow into the new
 * one, and its poses are matched with them greedily by OKS. Where the paper compares with all instances of the last L_Q
 * frames, this compares with the last one of each person, moved on frame by frame while it is not seen.
 *
 * A frame of P people with T tracks of K keypoints costs O(P T (K + log(P T))).
 */
export class PoseTracker {
  private readonly options: Required<PoseTrackerOptions>;
  private readonly variances: Float64Array;
  private current: TrackerState = { time: null, nextId: 1, tracks: [] };

  /** @throws TrackError when an option is out of range */
  constructor({
    flow = constantVelocity,
    threshold = 0.3,
    memory = 30,
    minScore = 0.3,
    keypointThreshold = 0.2,
    sigmas = COCO_SIGMAS,
  }: PoseTrackerOptions = {}) {
    if (!(threshold >= 0 && threshold < 1)) fail('options.threshold', 'a number from 0 to below 1', threshold);
    checkWhole('options.memory', memory, 1);
    checkFinite('options.minScore', minScore);
    checkFinite('options.keypointThreshold', keypointThreshold);
    checkSigmas(sigmas);
    this.options = { flow, threshold, memory, minScore, keypointThreshold, sigmas };
    this.variances = oksVariances(sigmas);
  }

  /** The people that are remembered, by rising id; those of the last frame have `missed` 0. */
  get tracks(): readonly Track[] {
    return this.current.tracks;
  }

  /**
   * Links the poses of a new frame. When it throws, the tracker is as it was.
   *
   * @param people in image pixels; each person once (`oksNms` of @pose/coco-eval drops double detections)
   * @returns the same people in the same order with ids from 1 on; null where one is like no track and too weak to start one
   * @throws TrackError when a number is not finite, a length does not fit, a box has no area, the time does not go on, and
   *   what the flow throws
   */
  update<P extends Person>(people: readonly P[], options: UpdateOptions = {}): (P & { id: number | null })[] {
    const { flow, threshold, memory, minScore, keypointThreshold } = this.options;
    const time = this.timeOf(options);
    this.checkPeople(people);

    const tracks = this.current.tracks.map((track) => moveTrack(track, flow, time));
    const matched = greedyMatching(this.similarities(people, tracks), people.length, tracks.length, threshold);

    let { nextId } = this.current;
    const next = tracks.map(missTrack);
    const linked = people.map((person, row) => {
      const column = matched[row];
      if (column >= 0) {
        next[column] = continueTrack(tracks[column], person, keypointThreshold);
        return { ...person, id: tracks[column].id };
      }
      if (person.score < minScore) return { ...person, id: null };
      next.push(startTrack(nextId, person, time, keypointThreshold));
      return { ...person, id: nextId++ };
    });
    this.current = { time, nextId, tracks: next.filter(({ missed }) => missed < memory) };
    return linked;
  }

  /** All that the next frame depends on but the options, as plain data for JSON. */
  state(): TrackerState {
    return this.current;
  }

  /**
   * Goes on from a state, in place of what this tracker knows.
   *
   * @param state of a tracker with the same sigmas, perhaps parsed from JSON
   * @throws TrackError when it is none
   */
  restore(state: TrackerState): void {
    checkTrackerState(state, this.variances.length);
    this.current = state;
  }

  private timeOf({ time }: UpdateOptions): number {
    const last = this.current.time;
    if (time === undefined) return last === null ? 0 : last + 1;
    checkFinite('options.time', time);
    if (last !== null && time <= last) {
      fail('options.time', `a time after ${last}, that of the last frame`, time, 'a new video needs a new tracker');
    }
    return time;
  }

  private checkPeople(people: readonly Person[]): void {
    const K = this.variances.length;
    checkList('people', people);
    people.forEach((person, i) => {
      checkPose(`people[${i}]`, person, K);
      checkFinite(`people[${i}].score`, person.score);
      if (K === 1 && !person.box) fail(`people[${i}].box`, 'a box, as one keypoint has no size', person.box);
    });
  }

  /** Flat [people, tracks]. */
  private similarities(people: readonly Person[], tracks: readonly Track[]): Float64Array {
    const { keypointThreshold } = this.options;
    const similarities = new Float64Array(people.length * tracks.length);
    people.forEach((person, row) => {
      const ownArea = poseArea(person, keypointThreshold);
      tracks.forEach(({ keypoints, area }, column) => {
        similarities[row * tracks.length + column] = keypointSimilarity(
          person.keypoints,
          keypoints,
          (ownArea + area) / 2,
          this.variances,
          keypointThreshold,
        );
      });
    });
    return similarities;
  }
}
