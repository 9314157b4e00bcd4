import { type Flow, type Person, PoseTracker, TrackError } from '../../src/index';
import { standingAt } from '../scene';

const standStill: Flow = (keypoints) => keypoints;
const idsOf = (people: readonly { id: number | null }[]) => people.map(({ id }) => id);

test('update(people) returns the same people in the same order, with ids from 1 on', () => {
  const tracker = new PoseTracker();
  const people = [
    { ...standingAt(400, 200), name: 'right' },
    { ...standingAt(100, 200), name: 'left' },
  ];
  expect(tracker.update(people)).toEqual([{ ...people[0], id: 1 }, { ...people[1], id: 2 }]); // prettier-ignore
  expect(tracker.update([people[1], people[0]]).map(({ name, id }) => [name, id])).toEqual([
    ['left', 2],
    ['right', 1],
  ]);
});

test('update([]) is a frame like any other', () => {
  const tracker = new PoseTracker({ memory: 3 });
  expect(tracker.update([])).toEqual([]);
  expect(tracker.tracks).toEqual([]);
  tracker.update([standingAt(100, 200)]);
  expect(tracker.update([])).toEqual([]);
  expect(tracker.tracks.map(({ id, missed, time }) => [id, missed, time])).toEqual([[1, 1, 2]]);
  tracker.update([]);
  tracker.update([]);
  expect(tracker.tracks).toEqual([]);
});

describe('two people who cross', () => {
  // In frame 5 each is nearer to where the other was in frame 4 than to where itself was.
  const frames = Array.from({ length: 10 }, (_, t) => [standingAt(100 + 40 * t, 200), standingAt(480 - 40 * t, 200)]);

  test('keep their ids when they are moved with constant velocity', () => {
    const tracker = new PoseTracker({ threshold: 0.05 });
    for (const people of frames) expect(idsOf(tracker.update(people))).toEqual([1, 2]);
  });

  test('swap them when they are compared with where they were', () => {
    const tracker = new PoseTracker({ flow: standStill, threshold: 0.05 });
    const ids = frames.map((people) => idsOf(tracker.update(people)));
    expect(ids.slice(0, 5)).toEqual(new Array(5).fill([1, 2]));
    expect(ids[5]).toEqual([2, 1]);
  });
});

describe('a person who walks 10 pixels a frame and is hidden for some of them', () => {
  const idAfterHidden = (hidden: number, memory: number): number | null => {
    const tracker = new PoseTracker({ memory });
    for (let t = 0; t < 3; t++) tracker.update([standingAt(100 + 10 * t, 200)]);
    for (let t = 3; t < 3 + hidden; t++) tracker.update([]);
    return tracker.update([standingAt(100 + 10 * (3 + hidden), 200)])[0].id;
  };

  test('is found again as long as one of the last `memory` frames has seen it', () => {
    expect(idAfterHidden(7, 8)).toBe(1);
    expect(idAfterHidden(29, 30)).toBe(1);
    expect(idAfterHidden(0, 1)).toBe(1);
  });

  test('gets a new id after it', () => {
    expect(idAfterHidden(8, 8)).toBe(2);
    expect(idAfterHidden(1, 1)).toBe(2);
  });
});

test('hidden people move on with the mean velocity of their keypoints', () => {
  const tracker = new PoseTracker({ sigmas: [0.1, 0.1] });
  const pose = (points: number[], score = 0.9): Person => ({ keypoints: points, score, box: [0, 0, 100, 100] });
  tracker.update([pose([10, 10, 1, 50, 10, 1])]);
  tracker.update([pose([14, 10, 1, 52, 18, 1])]);
  expect(tracker.tracks[0].velocities).toEqual([4, 0, 2, 8]);
  tracker.update([]);
  expect(tracker.tracks[0].keypoints).toEqual([18, 10, 1, 54, 26, 1]);
  expect(tracker.tracks[0].velocities).toEqual([3, 4, 3, 4]);
  tracker.update([]);
  expect(tracker.tracks[0].keypoints).toEqual([21, 14, 1, 57, 30, 1]);
  expect(tracker.tracks[0].seen).toEqual({ keypoints: [14, 10, 1, 52, 18, 1], time: 1 });
});

test('velocities are per unit of time, and those of keypoints that do not count are the mean of the others', () => {
  const tracker = new PoseTracker({ sigmas: [0.5, 0.5, 0.5] });
  const box = [0, 0, 100, 100];
  tracker.update([{ keypoints: [0, 0, 1, 20, 0, 1, 70, 70, 0.1], score: 1, box }], { time: 10 });
  tracker.update([{ keypoints: [2, 0, 1, 26, 4, 1, 9, 9, 0.9], score: 1, box }], { time: 10.5 });
  expect(tracker.tracks[0].velocities).toEqual([4, 0, 12, 8, 8, 4]);
  tracker.update([], { time: 12.5 });
  expect(tracker.tracks[0].keypoints).toEqual([10, 0, 1, 50, 20, 1, 25, 17, 0.9]);
});

test('a person who leaves keeps its id from one who enters elsewhere', () => {
  const tracker = new PoseTracker();
  for (let t = 0; t < 5; t++) tracker.update([standingAt(60 - 20 * t, 200)]);
  const entering = [0, 1, 2].map((t) => tracker.update([standingAt(600 - 20 * t, 200)])[0].id);
  expect(entering).toEqual([2, 2, 2]);
  expect(tracker.tracks.map(({ id, missed }) => [id, missed])).toEqual([[1, 3], [2, 0]]); // prettier-ignore
});

test('one keypoint is enough where a box says how large the person is', () => {
  const tracker = new PoseTracker({ sigmas: [0.1] });
  const ball = (x: number): Person => ({ keypoints: [x, 50, 0.9], score: 1, box: [x - 20, 30, 40, 40] });
  const ids = [0, 5, 10, 15].map((x) => tracker.update([ball(x), ball(x + 200)]).map(({ id }) => id));
  expect(ids).toEqual(new Array(4).fill([1, 2]));
  expect(() => tracker.update([{ keypoints: [20, 50, 0.9], score: 1 }])).toThrow(
    'people[0].box: expected a box, as one keypoint has no size, found nothing',
  );
});

test('a weak person starts no track but goes on with one', () => {
  const tracker = new PoseTracker({ minScore: 0.5 });
  const weak = { ...standingAt(100, 200), score: 0.4 };
  expect(tracker.update([weak])[0].id).toBeNull();
  expect(tracker.tracks).toEqual([]);
  expect(tracker.update([{ ...weak, score: 0.5 }])[0].id).toBe(1);
  expect(tracker.update([weak])[0].id).toBe(1);
});

test('a pose that is no more like a track than the threshold is somebody else', () => {
  const [before, after] = [standingAt(100, 200), standingAt(130, 200)];
  const idsAt = (threshold: number) => {
    const tracker = new PoseTracker({ threshold });
    tracker.update([before]);
    return idsOf(tracker.update([after]));
  };
  expect(idsAt(0)).toEqual([1]);
  expect(idsAt(0.9)).toEqual([2]);
});

test('a flow that is given sees where a moving camera puts people', () => {
  const panned = 70; // as far as the next person
  const frames = [0, panned].map((shift) => [100, 170, 240].map((x) => standingAt(x + shift, 200)));
  const idsWith = (flow: Flow) => {
    const tracker = new PoseTracker({ flow });
    return frames.map((people) => idsOf(tracker.update(people)))[1];
  };
  expect(idsWith((keypoints, { from, to }) => Array.from(keypoints, (value, i) => (i % 3 === 0 ? value + panned * (to - from) : value)))).toEqual([1, 2, 3]); // prettier-ignore
  expect(idsWith(standStill)).toEqual([2, 3, 4]);
});

test('errors say what does not fit, and leave the tracker as it was', () => {
  const tracker = new PoseTracker();
  tracker.update([standingAt(100, 200)], { time: 5 });
  const before = JSON.stringify(tracker.state());
  const person = standingAt(110, 200);
  expect(() => tracker.update([person], { time: 5 })).toThrow(TrackError);
  expect(() => tracker.update([person], { time: 5 })).toThrow(
    'options.time: expected a time after 5, that of the last frame, found 5; a new video needs a new tracker',
  );
  expect(() => tracker.update([person], { time: NaN })).toThrow('options.time: expected a finite number, found NaN');
  expect(() => tracker.update([person, { ...person, keypoints: [1, 2] }])).toThrow(
    'people[1].keypoints: expected a list of 51 numbers, found a list of 2',
  );
  expect(() => tracker.update([{ ...person, keypoints: Object.assign([...person.keypoints], { 7: NaN }) }])).toThrow(
    'people[0].keypoints[7]: expected a finite number, found NaN',
  );
  expect(() => tracker.update([{ ...person, box: [0, 0, 0, 5] }])).toThrow(
    'people[0].box[2]: expected a width above 0',
  );
  expect(() => tracker.update([{ ...person, score: NaN }])).toThrow('people[0].score: expected a finite number');
  expect(JSON.stringify(tracker.state())).toBe(before);
});

test('an error of the flow is told, and leaves the tracker as it was', () => {
  let flow: Flow = standStill;
  const tracker = new PoseTracker({ flow: (keypoints, movement) => flow(keypoints, movement) });
  tracker.update([standingAt(100, 200)]);
  const before = JSON.stringify(tracker.state());
  flow = () => [1, 2, 3];
  expect(() => tracker.update([])).toThrow('what the flow returns: expected a list of 51 numbers, found a list of 3');
  expect(JSON.stringify(tracker.state())).toBe(before);
});

test('options are checked', () => {
  expect(() => new PoseTracker({ threshold: 1 })).toThrow(
    'options.threshold: expected a number from 0 to below 1, found 1',
  );
  expect(() => new PoseTracker({ memory: 0 })).toThrow('options.memory: expected a whole number of 1 or more, found 0');
  expect(() => new PoseTracker({ minScore: NaN })).toThrow('options.minScore: expected a finite number, found NaN');
  expect(() => new PoseTracker({ sigmas: [0.1, -1] })).toThrow(
    'options.sigmas[1]: expected a number above 0, found -1',
  );
});
