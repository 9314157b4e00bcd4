import { COCO_SIGMAS, PoseSmoother, PoseTracker, propagateBoxes, unifyBoxes } from '@pose/pose-track';
import type { Person, PersonBox } from '@pose/predictor';

/** Who is scored lower is noise: neither followed, nor looked for in the next frame. */
const LEAST_SCORE = 0.2;

/** Somebody of a video's frame; null is one who is too uncertain to be followed. */
export interface TrackedPerson extends Person {
  id: number | null;
}

export interface TrackOptions {
  /** Of the video. */
  framesPerSecond: number;
  /** Whether keypoints are filtered over time. */
  smooth: boolean;
  /** Of the network's people. */
  keypoints: number;
  /** Of the keypoints, for OKS; default COCO's 17, for other keypoints the mean of these. */
  sigmas?: ArrayLike<number>;
}

/**
 * Follows people from frame to frame (Xiao et al. 2018, section 3, with constant velocity for optical flow): where the
 * people of the frames before should be is looked at beside the boxes of a detector, and who is found gets the id of the
 * most similar of them.
 */
export function trackPeople({ framesPerSecond, smooth, keypoints, sigmas }: TrackOptions) {
  const tracker = new PoseTracker({ sigmas: sigmas ?? defaultSigmas(keypoints) });
  const smoother = smooth ? new PoseSmoother() : undefined;
  const timeOf = (frame: number) => ({ time: frame / framesPerSecond });
  return {
    /** The boxes of a frame, and those in which people of the frames before should be. */
    boxes(frame: number, boxes: readonly PersonBox[], imageSize: readonly [number, number]): PersonBox[] {
      const detected = boxes.map((given) => ('box' in given ? given : { box: given, score: 1 }));
      return unifyBoxes(detected, propagateBoxes(tracker.tracks, { ...timeOf(frame), imageSize }));
    },
    /** The people of a frame with their ids, those who are followed first; frames come in their order. */
    people(frame: number, people: readonly Person[]): TrackedPerson[] {
      const isNoise = ({ score }: Person) => score < LEAST_SCORE;
      const linked = tracker.update(
        people.filter((person) => !isNoise(person)),
        timeOf(frame),
      );
      const followed = smoother ? smoother.smooth(linked, timeOf(frame)) : linked;
      return [...followed, ...people.filter(isNoise).map((person) => ({ ...person, id: null }))];
    },
  };
}

function defaultSigmas(keypoints: number): ArrayLike<number> {
  if (keypoints === COCO_SIGMAS.length) return COCO_SIGMAS;
  const sum = Array.from(COCO_SIGMAS).reduce((total, sigma) => total + sigma, 0);
  return new Array<number>(keypoints).fill(sum / COCO_SIGMAS.length);
}
