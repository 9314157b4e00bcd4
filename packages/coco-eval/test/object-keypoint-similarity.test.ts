import fc from 'fast-check';
import { COCO_SIGMAS, CocoEvalError, objectKeypointSimilarity } from '../src/index';

const person = { keypoints: [10, 10, 2, 20, 20, 1, 90, 90, 0], area: 100, bbox: [0, 0, 30, 40] };
const sigmas = [0.1, 0.2, 0.3];

test('COCO_SIGMAS are divided by ten at run time, as in pycocotools', () => {
  expect(COCO_SIGMAS).toHaveLength(17);
  expect([COCO_SIGMAS[0], COCO_SIGMAS[3], COCO_SIGMAS[11], COCO_SIGMAS[16]]).toEqual([
    0.026000000000000002, 0.034999999999999996, 0.10700000000000001, 0.089,
  ]);
});

test('objectKeypointSimilarity(detection, groundTruth) is 1 for the person itself, whatever the third values are', () => {
  const keypoints = Array.from({ length: 51 }, (_, i) => (i % 3 === 2 ? 2 : 3 * i));
  const detection = keypoints.map((value, i) => (i % 3 === 2 ? -1 : value));
  expect(objectKeypointSimilarity(detection, { keypoints, area: 1000, bbox: [0, 0, 9, 9] })).toBe(1);
});

test('objectKeypointSimilarity leaves keypoints out that are not labelled', () => {
  // 1 pixel off in the first, d^2 / (2 area (2 sigma)^2) = 1 / (200 * 0.04); 2 off in the second: 4 / (200 * 0.16).
  const oks = objectKeypointSimilarity([11, 10, 0, 20, 22, 0, 0, 0, 0], person, sigmas);
  expect(oks).toBeCloseTo((Math.exp(-1 / 8) + Math.exp(-1 / 8)) / 2, 14);
});

test('objectKeypointSimilarity without a labelled keypoint measures to the doubled box', () => {
  const unlabelled = { ...person, keypoints: [10, 10, 0, 20, 20, 0, 90, 90, 0] };
  // The box doubled: x from -30 to 60, y from -40 to 80; the third point is 2 below.
  expect(objectKeypointSimilarity([-30, 80, 0, 60, -40, 0, 0, 0, 0], unlabelled, sigmas)).toBe(1);
  const oks = objectKeypointSimilarity([0, 0, 0, 0, 0, 0, 0, 82, 0], unlabelled, sigmas);
  expect(oks).toBeCloseTo((2 + Math.exp(-4 / (200 * 0.36))) / 3, 14);
});

test('objectKeypointSimilarity is between 0 and 1', () => {
  const triplets = fc.array(fc.integer({ min: -500, max: 500 }), { minLength: 9, maxLength: 9 });
  fc.assert(
    fc.property(triplets, triplets, fc.integer({ min: 0, max: 99 }), (detection, keypoints, area) => {
      const oks = objectKeypointSimilarity(detection, { ...person, keypoints, area }, sigmas);
      expect(oks >= 0 && oks <= 1).toBe(true);
    }),
  );
});

test.each<[string, () => number, RegExp]>([
  [
    'detection',
    () => objectKeypointSimilarity([1, 2, 3], person, sigmas),
    /detection: expected a list of 9 numbers, found a list of 3/,
  ],
  [
    'keypoints',
    () => objectKeypointSimilarity(person.keypoints, { ...person, keypoints: [] }, sigmas),
    /groundTruth\.keypoints: /,
  ],
  [
    'area',
    () => objectKeypointSimilarity(person.keypoints, { ...person, area: NaN }, sigmas),
    /groundTruth\.area: .* found NaN/,
  ],
  [
    'bbox',
    () => objectKeypointSimilarity(person.keypoints, { ...person, bbox: [1] }, sigmas),
    /groundTruth\.bbox: expected a list of 4/,
  ],
  [
    'sigmas',
    () => objectKeypointSimilarity(person.keypoints, person, [0.1, -1, 0.1]),
    /sigmas\[1\]: expected a number above 0/,
  ],
])('objectKeypointSimilarity names a fault of its %s', (_, call, message) => {
  expect(call).toThrow(CocoEvalError);
  expect(call).toThrow(message);
});
