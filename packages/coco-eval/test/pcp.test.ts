import fc from 'fast-check';
import { CocoEvalError, pcp } from '../src/index';

type Limb = [number, number];

const limbs: Limb[] = [
  [0, 1],
  [2, 1],
  [2, 0],
];

test('pcp equals the slow and obvious one', () => {
  const person = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 9, maxLength: 9 });
  const cases = fc.array(fc.record({ predicted: person, labelled: person }), { minLength: 1, maxLength: 5 });
  fc.assert(
    // No distance here is 0.777 of a length, but 0.
    fc.property(cases, (people) => {
      const shares = limbs.map((ends) => {
        const counted = people.filter(({ labelled }) => ends.every((k) => labelled[3 * k + 2] > 0));
        const correct = counted.filter(({ predicted, labelled }) => {
          const at = (of: number[], k: number): Limb => [of[3 * k], of[3 * k + 1]];
          const squared = ([x1, y1]: Limb, [x2, y2]: Limb): number => (x1 - x2) ** 2 + (y1 - y2) ** 2;
          const limit = 0.777 ** 2 * squared(at(labelled, ends[0]), at(labelled, ends[1]));
          return ends.every((k) => squared(at(predicted, k), at(labelled, k)) <= limit);
        });
        return counted.length > 0 ? correct.length / counted.length : -1;
      });
      const [predictions, groundTruth] = [people.map((each) => each.predicted), people.map((each) => each.labelled)];
      const { average, perLimb, count } = pcp(predictions, groundTruth, { limbs, threshold: 0.777 });
      expect(perLimb).toEqual(shares);
      const counted = shares.filter((share) => share >= 0);
      expect(count).toBe(counted.length);
      expect(average).toBeCloseTo(counted.reduce((sum, share) => sum + share, 0) / Math.max(1, counted.length), 12);
    }),
    { numRuns: 500 },
  );
});

/** A limb 10 pixels long whose ends are found so far off. */
function arm(first: number, second: number): ReturnType<typeof pcp> {
  return pcp([[0, first, 1, 10, second, 1]], [[0, 0, 2, 10, 0, 1]], { limbs: [[0, 1]] });
}

test('pcp(predictions, groundTruth, { limbs }) wants both ends within half of the length, inclusive', () => {
  expect(arm(5, 5)).toEqual({ average: 1, perLimb: [1], count: 1 });
  expect(arm(5.01, 0).average).toBe(0);
  expect(arm(0, 5.01).average).toBe(0); // the loose PCP would call it correct
});

test('pcp leaves out limbs without both ends, and takes ends at one place only where they are found exactly', () => {
  const truth = [[3, 3, 1, 3, 3, 1, 9, 9, 0]];
  expect(pcp(truth, truth, { limbs })).toEqual({ average: 1, perLimb: [1, -1, -1], count: 1 });
  expect(pcp([[3, 3, 1, 3, 3.1, 1, 9, 9, 1]], truth, { limbs })).toEqual({
    average: 0,
    perLimb: [0, -1, -1],
    count: 1,
  });
  expect(pcp(truth, truth, { limbs: [[0, 2]] })).toEqual({ average: 0, perLimb: [-1], count: 0 });
});

const people = [[0, 0, 1, 5, 5, 1]];

test.each<[string, () => unknown, string]>([
  ['people', () => pcp([], [], { limbs }), 'groundTruth: expected at least one person, found a list of 0'],
  ['predictions', () => pcp([], people, { limbs }), 'predictions: expected a list of 1, as people'],
  ['numbers', () => pcp([[0, NaN, 1, 5, 5, 1]], people, { limbs }), '[0][1]: expected a finite number, found NaN'],
  ['number of limbs', () => pcp(people, people, { limbs: [] }), 'limbs: expected at least one pair of keypoints'],
  ['limbs', () => pcp(people, people, { limbs }), 'limbs[1]: expected indices of 2 keypoints, found 2'],
  ['ends', () => pcp(people, people, { limbs: [[1, 1]] }), 'limbs[0]: expected two different keypoints'],
  [
    'pairs',
    () => pcp(people, people, { limbs: [[1] as unknown as Limb] }),
    'limbs[0]: expected two different keypoints',
  ],
  [
    'threshold',
    () => pcp(people, people, { limbs: [[0, 1]], threshold: NaN }),
    'threshold: expected a finite number, found NaN',
  ],
])('pcp names a fault of its %s', (_, call, message) => {
  expect(call).toThrow(CocoEvalError);
  expect(call).toThrow(message);
});
