import fc from 'fast-check';
import { CocoEvalError, pck, type PckOptions } from '../src/index';

test('pck equals the slow and obvious one', () => {
  const cases = fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 3 })).chain(([people, K]) => {
    const numbers = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 3 * K, maxLength: 3 * K });
    const all = fc.array(numbers, { minLength: people, maxLength: people });
    const lengths = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: people, maxLength: people });
    return fc.record({ predictions: all, groundTruth: all, lengths });
  });
  fc.assert(
    fc.property(cases, ({ predictions, groundTruth, lengths }) => {
      // No distance here is 0.4567 of a length.
      const { average, perKeypoint, count } = pck(predictions, groundTruth, { lengths, threshold: 0.4567 });
      const shares = perKeypoint.map((_, k) => {
        const samples = [...lengths.keys()].filter((n) => lengths[n] > 0 && groundTruth[n][3 * k + 2] > 0);
        const near = samples.filter((n) => {
          const [dx, dy] = [0, 1].map((axis) => predictions[n][3 * k + axis] - groundTruth[n][3 * k + axis]);
          return Math.sqrt(dx * dx + dy * dy) / lengths[n] < 0.4567;
        });
        return samples.length > 0 ? near.length / samples.length : -1;
      });
      expect(perKeypoint).toEqual(shares);
      const counted = shares.filter((share) => share >= 0);
      expect(count).toBe(counted.length);
      expect(average).toBeCloseTo(counted.reduce((sum, share) => sum + share, 0) / Math.max(1, counted.length), 12);
    }),
    { numRuns: 300 },
  );
});

const person = [10, 10, 2, 20, 20, 0];

test.each<[string, [number[][], number[][], PckOptions], string]>([
  [
    'predictions',
    [[], [person], { lengths: [10], threshold: 0.5 }],
    'predictions: expected a list of 1, as people, found a list of 0',
  ],
  ['number of lengths', [[person], [person], { lengths: [], threshold: 0.5 }], 'lengths: expected a list of 1'],
  [
    'lengths',
    [[person], [person], { lengths: [-1], threshold: 0.5 }],
    'lengths[0]: expected nothing below 0, found -1',
  ],
  [
    'length of an axis',
    [[person], [person], { lengths: [[1, NaN]], threshold: 0.5 }],
    'lengths[0][1]: expected a finite number, found NaN',
  ],
  [
    'threshold',
    [[person], [person], { lengths: [1], threshold: NaN }],
    'threshold: expected a finite number, found NaN',
  ],
  ['people', [[], [], { lengths: [], threshold: 0.5 }], 'groundTruth: expected at least one person, found a list of 0'],
  [
    'triplets',
    [[person], [[1, 2]], { lengths: [1], threshold: 0.5 }],
    '[0]: expected triplets [x, y, v], found a list of 2',
  ],
  [
    'prediction',
    [[[1, 2, 3]], [person], { lengths: [1], threshold: 0.5 }],
    '[0]: expected a list of 6 numbers, found a list of 3',
  ],
])('pck names a fault of its %s', (_, [predictions, groundTruth, options], message) => {
  expect(() => pck(predictions, groundTruth, options)).toThrow(CocoEvalError);
  expect(() => pck(predictions, groundTruth, options)).toThrow(message);
});
