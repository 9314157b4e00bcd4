import { OneEuroFilter, PoseSmoother, PoseTracker, TrackError } from '../../src/index';
import { gaussianNumbers, randomNumbers, standingAt } from '../scene';

const pose = (id: number | null, x: number, y: number, score = 0.9) => ({ id, keypoints: [x, y, score], name: 'one' });

test('smooth(people, { time }) filters each coordinate of each person by itself, and keeps all else', () => {
  const settings = { minCutoff: 2, beta: 0.01, dCutoff: 3 };
  const smoother = new PoseSmoother(settings);
  const filters = Array.from({ length: 4 }, () => new OneEuroFilter(settings));
  for (let t = 0; t < 10; t++) {
    const time = t / 25;
    const people = [pose(4, 10 * t, 50), pose(9, 3, -7 * t * t)];
    if (t % 2 === 1) people.reverse();
    const smoothed = smoother.smooth(people, { time }).sort((one, other) => one.id! - other.id!);
    const expected = [10 * t, 50, 3, -7 * t * t].map((value, i) => filters[i].filter(value, time));
    expect(smoothed).toEqual([
      { id: 4, keypoints: [expected[0], expected[1], 0.9], name: 'one' },
      { id: 9, keypoints: [expected[2], expected[3], 0.9], name: 'one' },
    ]);
  }
});

test('a keypoint that does not count comes back as it is and does not move its filter', () => {
  const settings = { minCutoff: 1, beta: 0 };
  const smoother = new PoseSmoother(settings);
  const filter = new OneEuroFilter(settings);
  filter.filter(10, 0);
  smoother.smooth([pose(1, 10, 10)], { time: 0 });
  expect(smoother.smooth([pose(1, 400, 400, 0.1)], { time: 0.1 })[0].keypoints).toEqual([400, 400, 0.1]);
  const expected = filter.filter(20, 0.2);
  expect(smoother.smooth([pose(1, 20, 20)], { time: 0.2 })[0].keypoints).toEqual([expected, expected, 0.9]);
});

test('a keypoint starts anew when it was not seen for longer than maxGap', () => {
  const at = (time: number) => {
    const smoother = new PoseSmoother({ maxGap: 0.5 });
    smoother.smooth([{ id: 1, keypoints: [10, 10, 0.9, 10, 10, 0.9] }], { time: 0 });
    smoother.smooth([{ id: 1, keypoints: [0, 0, 0, 10, 10, 0.9] }], { time: 0.25 });
    return smoother.smooth([{ id: 1, keypoints: [20, 20, 0.9, 20, 20, 0.9] }], { time })[0].keypoints;
  };
  expect(at(0.5)[0]).toBeLessThan(20);
  expect(at(0.5625)[0]).toBe(20);
  expect(at(0.5625)[3]).toBeLessThan(20);
});

test('people who are gone for longer than maxGap are forgotten', () => {
  const smoother = new PoseSmoother({ maxGap: 1 });
  smoother.smooth([pose(1, 0, 0), pose(2, 0, 0)], { time: 0 });
  smoother.smooth([pose(2, 0, 0)], { time: 1 });
  expect(smoother.ids).toEqual([1, 2]);
  smoother.smooth([pose(3, 0, 0)], { time: 1.5 });
  expect(smoother.ids).toEqual([2, 3]);
  smoother.smooth([], { time: 10 });
  expect(smoother.ids).toEqual([]);
});

test('a person without an id is not smoothed', () => {
  const smoother = new PoseSmoother();
  smoother.smooth([pose(null, 0, 0), pose(null, 50, 50)], { time: 0 });
  expect(smoother.smooth([pose(null, 10, 10)], { time: 0.1 })[0].keypoints).toEqual([10, 10, 0.9]);
  expect(smoother.ids).toEqual([]);
});

test('a trembling person who rests, walks and rests is nearer to the truth, and trembles less, after tracker and smoother', () => {
  const noise = gaussianNumbers(randomNumbers(11), 3);
  const [tracker, smoother] = [new PoseTracker(), new PoseSmoother()];
  const xOf = (t: number) => 200 + 3 * Math.min(Math.max(t - 60, 0), 60);
  const error = { raw: 0, smoothed: 0 };
  const tremble = { raw: 0, smoothed: 0 };
  let lag = 0;
  let last: { raw: number; smoothed: number } | undefined;
  for (let t = 0; t < 180; t++) {
    const truth = standingAt(xOf(t), 200).keypoints;
    const raw = standingAt(xOf(t), 200, noise);
    const linked = tracker.update([raw], { time: t / 30 });
    const [{ keypoints }] = smoother.smooth(linked, { time: t / 30 });
    for (let i = 0; i < truth.length; i++) {
      error.raw += (raw.keypoints[i] - truth[i]) ** 2;
      error.smoothed += (keypoints[i] - truth[i]) ** 2;
    }
    const behind = truth.map((value, i) => (i % 3 === 0 ? value - keypoints[i] : 0));
    lag = Math.max(lag, behind.reduce((sum, value) => sum + value, 0) / 17);
    const now = { raw: raw.keypoints[0], smoothed: keypoints[0] };
    if (last && t < 60) {
      tremble.raw += Math.abs(now.raw - last.raw);
      tremble.smoothed += Math.abs(now.smoothed - last.smoothed);
    }
    last = now;
  }
  expect(error.smoothed).toBeLessThan(0.4 * error.raw);
  expect(lag).toBeLessThan(4);
  expect(tremble.smoothed).toBeLessThan(0.25 * tremble.raw);
});

test('a smoother that is restored from JSON in the middle goes on as one that was not stopped', () => {
  const noise = gaussianNumbers(randomNumbers(5), 3);
  const frames = Array.from({ length: 12 }, (_, t) => [{ ...standingAt(100 + 5 * t, 200, noise), id: 1 }]);
  const whole = new PoseSmoother();
  const [first, second] = [new PoseSmoother(), new PoseSmoother()];
  frames.forEach((people, t) => {
    const expected = whole.smooth(people, { time: t / 30 });
    if (t === 6) second.restore(JSON.parse(JSON.stringify(first.state())));
    expect((t < 6 ? first : second).smooth(people, { time: t / 30 })).toEqual(expected);
  });
  expect(() => second.smooth([], { time: 0 })).toThrow('options.time: expected seconds after');
});

test('a state stays as it was while the smoother, or one that was restored from it, goes on', () => {
  const [smoother, restored] = [new PoseSmoother(), new PoseSmoother()];
  smoother.smooth([pose(1, 0, 0)], { time: 0 });
  const state = smoother.state();
  const before = JSON.stringify(state);
  restored.restore(state);
  smoother.smooth([pose(1, 9, 9)], { time: 1 / 30 });
  restored.smooth([pose(1, 5, 5)], { time: 1 / 30 });
  expect(JSON.stringify(state)).toBe(before);
});

test('errors say what does not fit, and leave the smoother as it was', () => {
  const smoother = new PoseSmoother();
  smoother.smooth([pose(1, 0, 0)], { time: 3 });
  const before = JSON.stringify(smoother.state());
  expect(() => smoother.smooth([], { time: 3 })).toThrow(TrackError);
  expect(() => smoother.smooth([], { time: 3 })).toThrow(
    'options.time: expected seconds after 3, those of the last frame, found 3; a new video needs a new smoother',
  );
  expect(() => smoother.smooth([pose(2, 0, 0), pose(2, 1, 1)], { time: 4 })).toThrow(
    'people[1].id: expected each id once in a frame, found 2',
  );
  expect(() => smoother.smooth([pose(2, 0, NaN)], { time: 4 })).toThrow(
    'people[0].keypoints[1]: expected a finite number, found NaN',
  );
  expect(() => smoother.smooth([{ id: 1, keypoints: [1, 2, 3, 4, 5, 6] }], { time: 4 })).toThrow(
    'people[0].keypoints: expected a list of 3 numbers, found a list of 6; as many as the id had before',
  );
  expect(() => smoother.smooth([{ id: 2, keypoints: [1, 2] }], { time: 4 })).toThrow(
    'people[0].keypoints: expected flat [x, y, score] triplets, found a list of 2',
  );
  expect(() => smoother.restore(JSON.parse('{"time":1,"people":[{"id":1,"filters":[{"value":1}]}]}'))).toThrow(
    'state.people[0].filters[0].speed: expected a finite number, found nothing',
  );
  expect(JSON.stringify(smoother.state())).toBe(before);
  expect(() => new PoseSmoother({ maxGap: -1 })).toThrow('options.maxGap: expected a number of 0 or more, found -1');
});
