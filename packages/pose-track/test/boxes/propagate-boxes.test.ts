import { type Flow, PoseTracker, propagateBoxes, TrackError } from '../../src/index';
import { standingAt } from '../scene';

const standStill: Flow = (keypoints) => keypoints;
const person = { keypoints: [20, 30, 0.9, 60, 110, 0.8, 500, 500, 0.1], score: 0.7 };

test('propagateBoxes(people, { flow }) is the extent of the moved keypoints that count, 15 % larger', () => {
  const rightBy100: Flow = (keypoints) => Array.from(keypoints, (value, i) => (i % 3 === 0 ? value + 100 : value));
  const [{ box, score }] = propagateBoxes([person], { flow: rightBy100 });
  expect(box).toEqual([117, 24, 46, 92]);
  expect(score).toBe(0.7);
  expect(propagateBoxes([person], { flow: standStill, margin: 0 })[0].box).toEqual([20, 30, 40, 80]);
});

test('propagateBoxes(people, { time }) moves people with their velocities from their time to it', () => {
  const moving = { ...person, velocities: [10, 1, 10, 1, 0, 0], time: 3, id: 7 };
  const boxOf = (options: object) => propagateBoxes([moving], { margin: 0, ...options })[0];
  expect(boxOf({ time: 5 })).toEqual({ box: [40, 32, 40, 80], score: 0.7, id: 7 });
  expect(boxOf({})).toEqual({ box: [30, 31, 40, 80], score: 0.7, id: 7 });
  expect(boxOf({ time: 3 })).toEqual({ box: [20, 30, 40, 80], score: 0.7, id: 7 });
});

test('propagateBoxes(tracker.tracks) are boxes around where the people are in the next frame', () => {
  const tracker = new PoseTracker();
  tracker.update([standingAt(100, 200), standingAt(400, 200)]);
  tracker.update([standingAt(112, 200), standingAt(395, 205)]);
  tracker.update([standingAt(124, 200)]);
  const boxes = propagateBoxes(tracker.tracks, { margin: 0 });
  expect(boxes.map(({ id }) => id)).toEqual([1, 2]);
  [[136, 200], [385, 215]].forEach(([x, y], i) => {
    [x - 50, y - 95, 100, 200].forEach((value, j) => expect(boxes[i].box[j]).toBeCloseTo(value, 9));
  }); // prettier-ignore
});

describe('propagateBoxes(people, { imageSize })', () => {
  const at = (x: number, y: number) => ({ keypoints: [x, y, 1, x + 40, y + 80, 1], score: 1 });
  const boxesOf = (x: number, y: number) =>
    propagateBoxes([at(x, y)], { flow: standStill, imageSize: [640, 480] }).map(({ box }) => box);

  test('clips boxes to the image, margins too', () => {
    expect(boxesOf(100, 100)).toEqual([[97, 94, 46, 92]]);
    expect(boxesOf(1, 2)).toEqual([[0, 0, 44, 88]]);
    expect(boxesOf(-20, -30)).toEqual([[0, 0, 23, 56]]);
    expect(boxesOf(620, 440)).toEqual([[617, 434, 23, 46]]);
  });

  test('leaves out people whose keypoints are outside, though their margin is not', () => {
    expect(boxesOf(-42, 100)).toEqual([]);
    expect(boxesOf(-40, 100)).toEqual([]);
    expect(boxesOf(640, 100)).toEqual([]);
    expect(boxesOf(100, -80)).toEqual([]);
    expect(boxesOf(100, 480)).toEqual([]);
  });

  test('boxes of all places have an area and lie inside', () => {
    for (let x = -60; x <= 700; x += 7) {
      for (const y of [-70, -3, 200, 470]) {
        for (const [left, top, width, height] of boxesOf(x, y)) {
          expect(Math.min(left, top)).toBeGreaterThanOrEqual(0);
          expect(Math.min(width, height)).toBeGreaterThan(0);
          expect(left + width).toBeLessThanOrEqual(640);
          expect(top + height).toBeLessThanOrEqual(480);
        }
      }
    }
  });
});

test('propagateBoxes(people) leaves out people who span no area and, with minScore, weak ones', () => {
  const line = { keypoints: [20, 30, 1, 60, 30, 1], score: 1 };
  const one = { keypoints: [20, 30, 1, 60, 50, 0], score: 1 };
  const none = { keypoints: [20, 30, 0, 60, 50, 0], score: 1 };
  expect(propagateBoxes([line, one, none], { flow: standStill })).toEqual([]);
  expect(propagateBoxes([person], { flow: standStill, minScore: 0.7 })).toHaveLength(1);
  expect(propagateBoxes([person], { flow: standStill, minScore: 0.71 })).toEqual([]);
  expect(propagateBoxes([])).toEqual([]);
});

test('propagateBoxes(people) throws a TrackError that says what to do', () => {
  expect(() => propagateBoxes([person])).toThrow(TrackError);
  expect(() => propagateBoxes([person])).toThrow(
    'velocities: expected a list of 6 numbers, found nothing; constant velocity needs those of a track; give people without them another flow',
  );
  expect(() => propagateBoxes([{ ...person, keypoints: [1, 2, 3, 4] }])).toThrow(
    'people[0].keypoints: expected flat [x, y, score] triplets, found a list of 4',
  );
  expect(() => propagateBoxes([person, { ...person, keypoints: [1, NaN, 3] }], { flow: standStill })).toThrow(
    'people[1].keypoints[1]: expected a finite number, found NaN',
  );
  expect(() => propagateBoxes([{ ...person, time: 4 }], { time: 3 })).toThrow(
    'options.time: expected a number of 4 or more, found 3',
  );
  expect(() => propagateBoxes([], { margin: -0.1 })).toThrow(
    'options.margin: expected a number of 0 or more, found -0.1',
  );
  expect(() => propagateBoxes([], { imageSize: [640, 0] })).toThrow(
    'options.imageSize[1]: expected a whole number of 1 or more, found 0',
  );
});
