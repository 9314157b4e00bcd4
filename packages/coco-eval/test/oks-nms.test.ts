import fc from 'fast-check';
import { CocoEvalError, objectKeypointSimilarity, oksNms, type ScoredPerson, softOksNms } from '../src/index';

const sigmas = [0.1, 0.2];

const people = fc.array(
  fc.record({
    keypoints: fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 6, maxLength: 6 }),
    area: fc.integer({ min: 1, max: 400 }),
    score: fc.integer({ min: 1, max: 8 }).map((score) => score / 8),
  }),
  { maxLength: 8 },
);

/** OKS of two people by the package's tested function: one of them as the truth, with the mean area. */
function oks(one: ScoredPerson, other: ScoredPerson): number {
  const keypoints = Array.from(other.keypoints, (value, i) => (i % 3 === 2 ? 2 : value));
  const area = (one.area + other.area) / 2;
  return objectKeypointSimilarity(one.keypoints, { keypoints, area, bbox: [0, 0, 1, 1] }, sigmas);
}

/** The best scored, then all that no kept one suppresses. */
function plainNms(all: ScoredPerson[], threshold: number): number[] {
  const kept: number[] = [];
  for (const i of [...all.keys()].sort((a, b) => all[b].score - all[a].score || a - b)) {
    if (kept.every((best) => !(oks(all[best], all[i]) > threshold))) kept.push(i);
  }
  return kept;
}

test('oksNms equals the slow and obvious one, equal scores included', () => {
  fc.assert(
    fc.property(people, fc.double({ min: 0.1, max: 0.95, noNaN: true }), (all, threshold) => {
      expect(oksNms(all, { threshold, sigmas })).toEqual(plainNms(all, threshold));
    }),
    { numRuns: 300 },
  );
});

test('softOksNms equals the slow and obvious one, equal scores included', () => {
  fc.assert(
    fc.property(people, fc.integer({ min: 1, max: 9 }), (all, maxDets) => {
      const rest = all.map((person, i) => ({ ...person, i }));
      const picked: { i: number; score: number }[] = [];
      while (rest.length > 0 && picked.length < maxDets) {
        rest.sort((a, b) => b.score - a.score || a.i - b.i);
        const best = rest.shift()!;
        picked.push(best);
        for (const other of rest) other.score *= Math.exp(-(oks(best, other) ** 2) / 0.9);
      }
      const { kept, scores } = softOksNms(all, { sigmas, maxDets });
      // Scores that differ in their last bit may come in another order.
      picked.forEach(({ score }, n) => expect(scores[n]).toBeCloseTo(score, 12));
      const clear = picked.every(({ score }, n) => n === 0 || picked[n - 1].score - score > 1e-9);
      if (clear && picked.length === all.length) expect(kept).toEqual(picked.map(({ i }) => i));
    }),
    { numRuns: 300 },
  );
});

const twice: ScoredPerson[] = [
  { keypoints: [5, 5, 0.9, 9, 9, 0.1], area: 100, score: 0.5 },
  { keypoints: [5, 5, 0.8, 40, 40, 0.9], area: 100, score: 0.9 },
];

test('oksNms(people, { keypointThreshold }) looks at keypoints that both people have', () => {
  expect(oksNms(twice, { sigmas })).toEqual([1, 0]);
  expect(oksNms(twice, { sigmas, keypointThreshold: 0.2 })).toEqual([1]);
  expect(oksNms(twice, { sigmas, keypointThreshold: 0.9 })).toEqual([1, 0]);
});

test('oksNms keeps people whose OKS is the threshold itself, and people without area have one', () => {
  const same = [0.9, 0.5].map((score) => ({ keypoints: [5, 5, 1, 7, 7, 1], area: 0, score }));
  expect(oksNms(same, { sigmas, threshold: 1 })).toEqual([0, 1]);
  expect(oksNms(same, { sigmas, threshold: 0.99 })).toEqual([0]);
  expect(softOksNms(same, { sigmas, threshold: 1 }).scores).toEqual([0.9, 0.5 * Math.exp(-1)]);
});

test('nobody, and one person with one keypoint', () => {
  expect(oksNms([])).toEqual([]);
  expect(softOksNms([])).toEqual({ kept: [], scores: [] });
  const one = [{ keypoints: [5, 5, 0.9], area: 0, score: 0.5 }];
  expect(oksNms(one, { sigmas: [0.1] })).toEqual([0]);
  expect(softOksNms(one, { sigmas: [0.1] })).toEqual({ kept: [0], scores: [0.5] });
});

test.each<[string, () => unknown, string]>([
  ['keypoints', () => oksNms(twice), '[0].keypoints: expected a list of 51 numbers, found a list of 6'],
  [
    'areas',
    () => oksNms([{ ...twice[0], area: -1 }], { sigmas }),
    '[0].area: expected a number of at least 0, found -1',
  ],
  [
    'scores',
    () => oksNms([twice[0], { ...twice[1], score: NaN }], { sigmas }),
    '[1].score: expected a finite number, found NaN',
  ],
  ['threshold', () => oksNms(twice, { sigmas, threshold: NaN }), 'threshold: expected a finite number, found NaN'],
  [
    'keypointThreshold',
    () => oksNms(twice, { sigmas, keypointThreshold: NaN }),
    'keypointThreshold: expected a finite',
  ],
  [
    'soft threshold',
    () => softOksNms(twice, { sigmas, threshold: 0 }),
    'threshold: expected a number above 0, found 0',
  ],
  ['maxDets', () => softOksNms(twice, { sigmas, maxDets: 0 }), 'maxDets: expected a whole number above 0, found 0'],
])('oksNms and softOksNms name a fault of their %s', (_, call, message) => {
  expect(call).toThrow(CocoEvalError);
  expect(call).toThrow(message);
});
