import {
  BoxEvaluator,
  CocoEvalError,
  evaluateBoxes,
  evaluateKeypoints,
  KeypointEvaluator,
  type NumericArray,
} from '../src/index';
import { evaluationCases, type ExpectedArray } from './golden';

/** As JSON holds it: -0 is 0, as it is for ===. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

/** Within 1e-9, relative for numbers above 1. */
function expectSum(actual: number, expected: number): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(expected)));
}

function expectArray({ shape, data }: NumericArray, expected: ExpectedArray): void {
  expect(shape).toEqual(expected.shape);
  expect(plain(expected.indices.map((i) => data[i]))).toEqual(plain(expected.values));
  if (expected.full) expect(plain(Array.from(data))).toEqual(plain(expected.full));
  let [sum, squares, countMinusOne] = [0, 0, 0];
  for (const value of data) {
    sum += value;
    squares += value * value;
    if (value === -1) countMinusOne++;
  }
  expectSum(sum, expected.sum);
  expectSum(Math.sqrt(squares), expected.l2);
  expect(countMinusOne).toBe(expected.countMinusOne);
}

const KINDS = [
  { type: 'keypoints', evaluate: evaluateKeypoints, Evaluator: KeypointEvaluator },
  { type: 'bbox', evaluate: evaluateBoxes, Evaluator: BoxEvaluator },
] as const;
const cases = KINDS.flatMap(({ type, ...kind }) => evaluationCases(type).map((entry) => ({ ...entry, ...kind, type })));

test('there are golden cases', () => {
  expect(cases.length).toBeGreaterThan(20);
});

describe.each(cases.filter(({ expected }) => expected))(
  'equal to pycocotools: $type $name',
  ({ gt, dt, params, expected, evaluate }) => {
    if (!expected) throw new Error('filtered above');
    const evaluation = evaluate(gt, dt, params);

    test('stats', () => {
      expect(evaluation.stats).toEqual(expected.stats);
    });

    test('precision, recall, scores, npig', () => {
      expectArray(evaluation.precision, expected.precision);
      expectArray(evaluation.recall, expected.recall);
      expectArray(evaluation.scores, expected.scores);
      expect(Array.from(evaluation.npig.data)).toEqual(expected.npig.flat());
    });

    test('OKS or IoU', () => {
      for (const { imageId, categoryId, dtIds, gtIds, matrix } of expected.oks ?? expected.ious ?? []) {
        const actual = evaluation.similarities(imageId, categoryId);
        expect(actual).toMatchObject({ dtIds, gtIds });
        const pairs = matrix.flat().map((value, i) => [value, actual?.matrix.flat()[i] ?? NaN]);
        for (const [value, found] of pairs) {
          expect(Math.abs(found - value)).toBeLessThanOrEqual(Math.max(1e-15, 1e-12 * value));
        }
      }
    });

    test('matches', () => {
      const present = evaluation.evalImgs.filter((entry) => entry !== null);
      for (const entry of expected.evalImgs ?? []) {
        if (entry === null) continue;
        const { imageId, categoryId, areaRng } = entry;
        const same = present.filter(
          (other) =>
            other.imageId === imageId &&
            other.categoryId === categoryId &&
            other.areaRng[0] === areaRng[0] &&
            other.areaRng[1] === areaRng[1],
        );
        expect(plain(same)).toEqual(plain([entry]));
      }
      // Where the file lists every image, absent ones included, the order is pycocotools' too.
      if (expected.evalImgs?.length === evaluation.evalImgs.length) {
        expect(plain(evaluation.evalImgs)).toEqual(plain(expected.evalImgs));
      }
    });

    test('loadRes', () => {
      const { areas, boxes } = evaluation.results;
      for (const { id, area, bbox } of expected.loadRes ?? []) {
        expect(areas[id - 1]).toBe(area);
        expect(Array.from(boxes.subarray(4 * (id - 1), 4 * id))).toEqual(bbox);
      }
    });

    test('params', () => {
      for (const [name, value] of Object.entries(expected.params ?? {})) {
        if (name in evaluation.params) expect(evaluation.params).toHaveProperty(name, value);
      }
    });
  },
);

test.each(cases.filter(({ expectedError }) => expectedError))(
  'an error, as in pycocotools: $type $name',
  ({ gt, dt, params, evaluate }) => {
    expect(() => evaluate(gt, dt, params)).toThrow(CocoEvalError);
  },
);
