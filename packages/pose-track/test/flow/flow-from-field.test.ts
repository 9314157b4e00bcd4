import { flowFromField, propagateBoxes, PoseTracker, TrackError } from '../../src/index';
import { standingAt } from '../scene';

const movement = { from: 0, to: 1 };

/** A field of [height, width, 2] that a function of x and y fills. */
function field(width: number, height: number, at: (x: number, y: number) => [number, number]): Float32Array {
  const values = new Float32Array(2 * width * height);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) values.set(at(x, y), 2 * (y * width + x));
  return values;
}

test('flowFromField(field, { size }) moves each keypoint by the field at its pixel, and leaves its input', () => {
  const flow = flowFromField(
    field(4, 3, (x, y) => [10 * x, 100 * y]),
    { size: [4, 3] },
  );
  const keypoints = Float32Array.of(2, 1, 0.5, 0, 2, 0.75);
  expect(Array.from(flow(keypoints, movement))).toEqual([22, 101, 0.5, 0, 202, 0.75]);
  expect(Array.from(keypoints)).toEqual([2, 1, 0.5, 0, 2, 0.75]);
});

test('flowFromField(field, { size }) is exact between pixels where the field is linear', () => {
  const flow = flowFromField(
    field(4, 3, (x, y) => [x - 2 * y, 8 * x + y]),
    { size: [4, 3] },
  );
  expect(flow([1.25, 0.5, 1, 2.5, 1.75, 1], movement)).toEqual([1.5, 11, 1, 1.5, 23.5, 1]);
});

test('flowFromField(field, { size }) moves keypoints outside of the image as the nearest pixel', () => {
  const flow = flowFromField(
    field(4, 3, (x, y) => [10 * x, 100 * y]),
    { size: [4, 3] },
  );
  expect(flow([-5, -5, 1, 9, 9, 1, 3, 2, 1], movement)).toEqual([-5, -5, 1, 39, 209, 1, 33, 202, 1]);
});

test('flowFromField(field, { size }) carries people and their boxes where the camera turns', () => {
  const flow = flowFromField(
    field(640, 480, () => [-80, 5]),
    { size: [640, 480] },
  );
  const tracker = new PoseTracker({ flow });
  tracker.update([standingAt(300, 200), standingAt(380, 200)]);
  expect(propagateBoxes(tracker.tracks, { flow, margin: 0 })[0].box).toEqual([170, 110, 100, 200]);
  expect(tracker.update([standingAt(220, 205), standingAt(300, 205)]).map(({ id }) => id)).toEqual([1, 2]);
});

test('flowFromField(field, { size }) throws a TrackError for a field of another size or with a hole at a keypoint', () => {
  expect(() => flowFromField(new Float32Array(5), { size: [2, 3] })).toThrow(TrackError);
  expect(() => flowFromField(new Float32Array(5), { size: [2, 3] })).toThrow(
    'field: expected a list of 3 x 2 x 2 numbers, [height, width, 2], found a list of 5',
  );
  expect(() => flowFromField([], { size: [0, 3] })).toThrow(
    'options.size[0]: expected a whole number of 1 or more, found 0',
  );
  const holes = flowFromField(
    field(4, 3, () => [NaN, 0]),
    { size: [4, 3] },
  );
  expect(() => propagateBoxes([{ keypoints: [1, 1, 1], score: 1 }], { flow: holes })).toThrow(
    'what the flow returns[0]: expected a finite number, found NaN',
  );
});
