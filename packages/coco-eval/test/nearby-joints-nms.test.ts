import fc from 'fast-check';
import { CocoEvalError, nearbyJointsNms } from '../src/index';

interface Person {
  keypoints: number[];
  score: number;
}

const people = fc.array(
  fc.record({
    keypoints: fc.array(fc.integer({ min: 0, max: 8 }), { minLength: 9, maxLength: 9 }),
    score: fc.integer({ min: 1, max: 8 }).map((score) => score / 8),
  }),
  { maxLength: 8 },
);

/** The whole table of who is close to whom, then the rule read from the definition. */
function plainNms(all: Person[], distanceThreshold: number, countThreshold: number): number[] {
  const points = all.map(({ keypoints }) => [0, 3, 6].map((i) => [keypoints[i], keypoints[i + 1]]));
  const table = points.map((mine, i) => {
    const extents = [0, 1].map((axis) => mine.map((point) => point[axis]).sort((a, b) => a - b));
    const diagonal = Math.sqrt(extents.reduce((sum, values) => sum + (values[2] - values[0]) ** 2, 0));
    return points.map((theirs, j) => {
      const distances = mine.map(([x, y], k) => Math.sqrt((x - theirs[k][0]) ** 2 + (y - theirs[k][1]) ** 2));
      return i === j || distances.filter((distance) => distance < distanceThreshold * diagonal).length > countThreshold;
    });
  });
  const order = [...all.keys()].sort((a, b) => all[b].score - all[a].score || a - b);
  const ignored = all.map(() => false);
  const kept: number[] = [];
  for (const i of order) {
    const best = order.find((j) => table[i][j])!;
    if (ignored[i] || ignored[best]) continue;
    kept.push(best);
    table[i].forEach((isClose, j) => (ignored[j] ||= isClose));
  }
  return kept;
}

test('nearbyJointsNms equals the slow and obvious one, equal scores included', () => {
  const counts = fc.integer({ min: 0, max: 2 });
  fc.assert(
    // 0.3141 of a diagonal is no distance that can occur here, so that rounding decides nothing.
    fc.property(people, counts, (all, countThreshold) => {
      const distanceThreshold = 0.3141;
      const kept = plainNms(all, distanceThreshold, countThreshold);
      expect(nearbyJointsNms(all, { distanceThreshold, countThreshold })).toEqual(kept);
    }),
    { numRuns: 500 },
  );
});

/** Two people of the same shape, the second moved by an offset. */
function pair(offset: number): Person[] {
  const keypoints = [0, 0, 1, 30, 40, 1]; // diagonal 50
  return [
    { keypoints, score: 0.5 },
    { keypoints: keypoints.map((value, i) => (i % 3 === 0 ? value + offset : value)), score: 0.9 },
  ];
}

test('nearbyJointsNms(people) drops who is nearer than 5 % of the diagonal in more than half of the keypoints', () => {
  expect(nearbyJointsNms(pair(2.4))).toEqual([1]);
  expect(nearbyJointsNms(pair(2.5))).toEqual([1, 0]);
  expect(nearbyJointsNms(pair(2.6), { distanceThreshold: 0.06 })).toEqual([1]);
  const [one, other] = pair(0);
  const half = { ...other, keypoints: [0, 0, 1, 90, 90, 1] };
  expect(nearbyJointsNms([one, half])).toEqual([1, 0]);
  expect(nearbyJointsNms([one, half], { countThreshold: 0 })).toEqual([1]);
});

test('nearbyJointsNms(people, { maxDets }) keeps the best scored', () => {
  const three = [0.2, 0.9, 0.5].map((score, i) => ({ keypoints: [100 * i, 0, 1, 100 * i + 10, 10, 1], score }));
  expect(nearbyJointsNms(three)).toEqual([1, 2, 0]);
  expect(nearbyJointsNms(three, { maxDets: 2 })).toEqual([1, 2]);
});

test('nobody, and people whose keypoints lie all at one place', () => {
  expect(nearbyJointsNms([])).toEqual([]);
  expect(nearbyJointsNms([], { countThreshold: 5 })).toEqual([]);
  const dot = { keypoints: Float32Array.of(5, 5, 1), score: 0.5 };
  expect(nearbyJointsNms([dot, dot])).toEqual([0, 1]);
});

const [person] = pair(0);

test.each<[string, () => unknown, string]>([
  [
    'triplets',
    () => nearbyJointsNms([{ keypoints: [1, 2], score: 1 }]),
    '[0].keypoints: expected triplets [x, y, score], found a list of 2',
  ],
  ['empty person', () => nearbyJointsNms([{ keypoints: [], score: 1 }]), '[0].keypoints: expected triplets'],
  [
    'other person',
    () => nearbyJointsNms([person, { keypoints: [1, 2, 3], score: 1 }]),
    '[1].keypoints: expected a list of 6 numbers, found a list of 3',
  ],
  [
    'numbers',
    () => nearbyJointsNms([{ keypoints: [1, NaN, 3], score: 1 }]),
    '[0].keypoints[1]: expected a finite number, found NaN',
  ],
  ['score', () => nearbyJointsNms([{ ...person, score: NaN }]), '[0].score: expected a finite number, found NaN'],
  [
    'distanceThreshold',
    () => nearbyJointsNms([person], { distanceThreshold: 0 }),
    'distanceThreshold: expected a number above 0, found 0',
  ],
  [
    'countThreshold',
    () => nearbyJointsNms([person], { countThreshold: 2 }),
    'countThreshold: expected a whole number from 0 to 1, below the keypoints, found 2',
  ],
  ['maxDets', () => nearbyJointsNms([person], { maxDets: 0 }), 'maxDets: expected a whole number above 0, found 0'],
])('nearbyJointsNms names a fault of its %s', (_, call, message) => {
  expect(call).toThrow(CocoEvalError);
  expect(call).toThrow(message);
});
