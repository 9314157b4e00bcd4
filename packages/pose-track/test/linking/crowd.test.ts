import { type Person, PoseTracker } from '../../src/index';
import { gaussianNumbers, randomNumbers, standingAt } from '../scene';

const FRAMES = 80;
const PEOPLE = 8;
const NOISE = 5;

/**
 * Who is where in each frame: eight people of 100x200 pixels who walk to and fro 60 pixels from each other, found in any
 * order. From the third frame on, when their velocities are known, each is missed in 15 % of the frames.
 */
function crowd(seed: number): { who: number; person: Person }[][] {
  const random = randomNumbers(seed);
  const noise = gaussianNumbers(random, NOISE);
  const walkers = Array.from({ length: PEOPLE }, (_, who) => ({
    x: 1000 * random(),
    y: 200 + 60 * who,
    speed: (random() < 0.5 ? -1 : 1) * (4 + 8 * random()),
  }));
  return Array.from({ length: FRAMES }, (_, t) => {
    const seen = walkers.map(({ x, y, speed }, who) => ({ who, person: standingAt(x + speed * t, y, noise) }));
    const found = t < 2 ? seen : seen.filter(() => random() < 0.85);
    return found
      .map((entry) => ({ entry, order: random() }))
      .sort((one, other) => one.order - other.order)
      .map(({ entry }) => entry);
  });
}

/** For each person the ids that it got. */
function link(frames: { who: number; person: Person }[][], tracker: PoseTracker): Set<number | null>[] {
  const ids = Array.from({ length: PEOPLE }, () => new Set<number | null>());
  for (const frame of frames) {
    tracker.update(frame.map(({ person }) => person)).forEach(({ id }, i) => ids[frame[i].who].add(id));
  }
  return ids;
}

const seeds = [1, 2, 3, 4, 5, 6];

test.each(seeds)(
  'eight people who pass each other keep their ids through noise and missed detections (seed %i)',
  (seed) => {
    const ids = link(crowd(seed), new PoseTracker());
    expect(ids.map(({ size }) => size)).toEqual(new Array(PEOPLE).fill(1));
    expect(new Set(ids.flatMap((set) => [...set])).size).toBe(PEOPLE);
  },
);

test('some of them do not when they are compared with where they were last seen', () => {
  const ids = seeds.flatMap((seed) => link(crowd(seed), new PoseTracker({ flow: (keypoints) => keypoints })));
  expect(ids).toHaveLength(48);
  expect(ids.reduce((sum, { size }) => sum + size - 1, 0)).toBe(12);
});

test('a tracker that is restored from JSON in the middle gives the same ids as one that went on', () => {
  const frames = crowd(7).map((frame) => frame.map(({ person }) => person));
  const whole = new PoseTracker();
  const ids = frames.map((people) => whole.update(people).map(({ id }) => id));
  for (const middle of [0, 1, 37]) {
    const first = new PoseTracker();
    frames.slice(0, middle).forEach((people) => first.update(people));
    const second = new PoseTracker();
    second.restore(JSON.parse(JSON.stringify(first.state())));
    const rest = frames.slice(middle).map((people) => second.update(people).map(({ id }) => id));
    expect(rest).toEqual(ids.slice(middle));
    expect(second.state()).toEqual(whole.state());
  }
});

test('restore(state) refuses what is no state of such a tracker', () => {
  const tracker = new PoseTracker();
  tracker.update([standingAt(100, 200)]);
  const state = tracker.state();
  expect(() => new PoseTracker({ sigmas: [0.1, 0.1] }).restore(state)).toThrow(
    "state.tracks[0].keypoints: expected a list of 6 numbers, found a list of 51; the tracker's `sigmas` are of 2 keypoints",
  );
  const broken = { ...state, tracks: [{ ...state.tracks[0], missed: -1 }] };
  expect(() => tracker.restore(broken)).toThrow(
    'state.tracks[0].missed: expected a whole number of 0 or more, found -1',
  );
  expect(() => tracker.restore({ ...state, nextId: 1 })).toThrow(
    'state.tracks[0].id: expected an id below nextId, 1, found 1',
  );
  expect(() => tracker.restore({ ...state, nextId: 0.5 })).toThrow(
    'state.nextId: expected a whole number of 1 or more, found 0.5',
  );
  expect(() => tracker.restore(JSON.parse('null'))).toThrow('state: expected a state of `PoseTracker`, found null');
  expect(tracker.state()).toBe(state);
});
