import fc from 'fast-check';
import { boxIou, CocoEvalError } from '../src/index';

/** Share of the unit squares of either box (of the detection, for a crowd) that both cover; whole numbers only. */
function slowIou(detection: number[], groundTruth: number[], isCrowd: boolean): number {
  const squares = ([x, y, width, height]: number[]): string[] =>
    Array.from({ length: width * height }, (_, i) => `${x + (i % width)},${y + Math.floor(i / width)}`);
  const [mine, theirs] = [squares(detection), new Set(squares(groundTruth))];
  const both = mine.filter((square) => theirs.has(square)).length;
  const all = isCrowd ? mine.length : new Set([...mine, ...theirs]).size;
  return both === 0 ? 0 : both / all;
}

test('boxIou equals the slow and obvious one', () => {
  const place = fc.integer({ min: -4, max: 4 });
  const size = fc.integer({ min: 0, max: 6 });
  const box = fc.tuple(place, place, size, size);
  fc.assert(
    fc.property(box, box, fc.boolean(), (detection, groundTruth, isCrowd) => {
      expect(boxIou(detection, groundTruth, isCrowd)).toBe(slowIou(detection, groundTruth, isCrowd));
    }),
    { numRuns: 500 },
  );
});

test.each([
  [[287.16, 54.38, 24.45, 43.78], [286.98, 55.62, 24.83, 44.02], 0.9259066710844646],
  [[36.13264895556764, 39.73698051941459, 286.4883125654132, 525.6266448971273], [37.39, 38.83, 286.21, 540.77], 0.9645530481068202], // prettier-ignore
  [[577.74, 354.55, 6.39, 31.57], [568.79, 358.49, 9.82, 25.05], 0.05116688242992185],
])('boxIou equals pycocotools 2.0.11 to the last bit: %j, %j', (detection, groundTruth, iou) => {
  expect(boxIou(detection, groundTruth)).toBe(iou);
});

test('boxIou(detection, groundTruth, isCrowd) is not symmetric with a crowd', () => {
  expect(boxIou([0, 0, 2, 2], [0, 0, 8, 8])).toBe(4 / 64);
  expect(boxIou([0, 0, 2, 2], [0, 0, 8, 8], true)).toBe(1);
  expect(boxIou([0, 0, 8, 8], [0, 0, 2, 2], true)).toBe(4 / 64);
});

test('boxIou takes typed arrays, and boxes that touch or have no area share nothing', () => {
  expect(boxIou(Float32Array.of(0, 0, 2, 2), new Float64Array([1, 0, 2, 2]))).toBe(1 / 3);
  expect(boxIou([0, 0, 2, 2], [2, 0, 2, 2])).toBe(0);
  expect(boxIou([1, 1, 0, 0], [1, 1, 0, 0])).toBe(0);
  expect(boxIou([1, 1, 0, 5], [0, 0, 9, 9], true)).toBe(0);
});

test.each<[string, [number[], number[]], string]>([
  [
    'detection',
    [
      [0, 0, 1],
      [0, 0, 1, 1],
    ],
    'detection: expected a list of 4 numbers, found a list of 3',
  ],
  ['ground truth', [[0, 0, 1, 1], []], 'groundTruth: expected a list of 4 numbers, found a list of 0'],
  [
    'number',
    [
      [0, NaN, 1, 1],
      [0, 0, 1, 1],
    ],
    'detection[1]: expected a finite number, found NaN',
  ],
  [
    'width',
    [
      [0, 0, -1, 1],
      [0, 0, 1, 1],
    ],
    'detection[2]: expected a width of at least 0, found -1',
  ],
  [
    'height',
    [
      [0, 0, 1, 1],
      [0, 0, 1, -2],
    ],
    'groundTruth[3]: expected a height of at least 0, found -2',
  ],
])('boxIou names a fault of its %s', (_, [detection, groundTruth], message) => {
  expect(() => boxIou(detection, groundTruth)).toThrow(CocoEvalError);
  expect(() => boxIou(detection, groundTruth)).toThrow(message);
});
