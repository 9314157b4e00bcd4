import fc from 'fast-check';
import { auc, CocoEvalError, epe, nme } from '../src/index';

const cases = fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 3 })).chain(([people, K]) => {
  const numbers = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 3 * K, maxLength: 3 * K });
  const all = fc.array(numbers, { minLength: people, maxLength: people });
  const lengths = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: people, maxLength: people });
  return fc.record({ predictions: all, groundTruth: all, lengths });
});

/** Distance and keypoint of everything that is labelled, of people with a length. */
function slowDistances(predictions: number[][], groundTruth: number[][], lengths: number[]) {
  return groundTruth.flatMap((labelled, n) =>
    [...Array(labelled.length / 3).keys()]
      .filter((k) => labelled[3 * k + 2] > 0 && lengths[n] > 0)
      .map((k) => {
        const [dx, dy] = [0, 1].map((axis) => predictions[n][3 * k + axis] - labelled[3 * k + axis]);
        return { k, distance: Math.sqrt(dx * dx + dy * dy) / lengths[n] };
      }),
  );
}

function mean(values: number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

test('epe and nme equal the slow and obvious ones', () => {
  fc.assert(
    fc.property(cases, ({ predictions, groundTruth, lengths }) => {
      const ones = lengths.map(() => 1);
      const pixels = slowDistances(predictions, groundTruth, ones).map(({ distance }) => distance);
      expect(epe(predictions, groundTruth)).toBeCloseTo(mean(pixels), 5);
      const normalized = slowDistances(predictions, groundTruth, lengths).map(({ distance }) => distance);
      expect(nme(predictions, groundTruth, { lengths })).toBeCloseTo(mean(normalized), 5);
      expect(nme(predictions, groundTruth, { lengths: ones })).toBe(epe(predictions, groundTruth));
    }),
    { numRuns: 300 },
  );
});

test('auc equals the slow and obvious one', () => {
  fc.assert(
    fc.property(cases, fc.integer({ min: 1, max: 9 }), ({ predictions, groundTruth, lengths }, steps) => {
      // No distance of whole numbers is a multiple of 7.12345 / steps, but 0.
      const length = 7.12345;
      const all = slowDistances(predictions, groundTruth, lengths.map(() => length)); // prettier-ignore
      const keypoints = [...new Set(all.map(({ k }) => k))];
      const shares = [...Array(steps).keys()].map((step) =>
        mean(
          keypoints.map((keypoint) => {
            const mine = all.filter(({ k }) => k === keypoint);
            return mine.filter(({ distance }) => distance < step / steps).length / mine.length;
          }),
        ),
      );
      expect(auc(predictions, groundTruth, { length, steps })).toBeCloseTo(mean(shares), 12);
    }),
    { numRuns: 300 },
  );
});

test('auc takes 30 pixels in 20 steps, each exclusive, so a perfect result has 19 / 20', () => {
  const truth = [[10, 10, 1]];
  expect(auc(truth, truth)).toBeCloseTo(0.95, 12);
  expect(auc([[10, 16, 1]], truth)).toBeCloseTo(15 / 20, 12); // steps of 1.5 pixels: 7.5 is the first above 6
  expect(auc([[10, 40, 1]], truth)).toBe(0);
});

test('nme(predictions, groundTruth, { lengths }) takes one length for x and one for y', () => {
  expect(nme([[16, 18, 1]], [[10, 10, 2]], { lengths: [[2, 2]] })).toBe(5);
  expect(nme([[16, 18, 1]], [[10, 10, 2]], { lengths: [[6, 1e9]] })).toBe(1);
  expect(epe([[16, 18, 1]], [[10, 10, 2]])).toBe(10);
});

test('auc, epe and nme of nobody labelled, or nobody with a length, are 0', () => {
  const [found, hidden] = [[[1, 2, 1]], [[9, 9, 0]]];
  expect([auc(found, hidden), epe(found, hidden), nme(found, hidden, { lengths: [1] })]).toEqual([0, 0, 0]);
  expect(nme(found, [[9, 9, 2]], { lengths: [0] })).toBe(0);
});

const one = [[1, 2, 1]];

test.each<[string, () => unknown, string]>([
  ['people', () => epe([], []), 'groundTruth: expected at least one person, found a list of 0'],
  ['predictions', () => auc([], one), 'predictions: expected a list of 1, as people, found a list of 0'],
  ['prediction', () => epe([[1, 2]], one), '[0]: expected a list of 3 numbers, found a list of 2'],
  ['triplets', () => epe(one, [[1, 2]]), '[0]: expected triplets [x, y, v], found a list of 2'],
  ['numbers', () => nme([[1, NaN, 1]], one, { lengths: [1] }), '[0][1]: expected a finite number, found NaN'],
  ['number of lengths', () => nme(one, one, { lengths: [] }), 'lengths: expected a list of 1, as people'],
  ['lengths', () => nme(one, one, { lengths: [-1] }), 'lengths[0]: expected nothing below 0, found -1'],
  ['length', () => auc(one, one, { length: 0 }), 'length: expected a number above 0, found 0'],
  ['steps', () => auc(one, one, { steps: 1.5 }), 'steps: expected a whole number above 0, found 1.5'],
])('auc, epe and nme name a fault of their %s', (_, call, message) => {
  expect(call).toThrow(CocoEvalError);
  expect(call).toThrow(message);
});
