import fc from 'fast-check';
import {
  evaluateKeypoints,
  type CocoGroundTruth,
  type CocoKeypointAnnotation,
  type CocoKeypointResult,
  type KeypointEvalParams,
} from '../src/index';
import { slowEvaluation, slowKeypoints } from './slow-evaluator';

const K = 3;
const SETTINGS = {
  iouThrs: [0.3, 0.5, 0.75, 1],
  recThrs: [0, 0.2, 0.5, 0.75, 1],
  areaRng: [
    [0, 1e10],
    [100, 400],
    [400, 1e10],
  ] as [number, number][],
  areaRngLbl: ['all', 'medium', 'large'],
  maxDets: [1, 3, 20],
  sigmas: [0.1, 0.2, 0.3],
};

// Few values on purpose: ties of score and OKS, areas at the ends of the ranges, and crowds are then common.
const coordinate = fc.integer({ min: 0, max: 8 }).map((n) => 3 * n);
const visibility = fc.constantFrom(0, 1, 2);
const triplets = (third: fc.Arbitrary<number>) =>
  fc.array(fc.tuple(coordinate, coordinate, third), { minLength: K, maxLength: K }).map((list) => list.flat());
const place = { image_id: fc.constantFrom(7, 3, 5), category_id: fc.constantFrom(2, 1) };
const annotation = fc.record({
  ...place,
  keypoints: triplets(visibility),
  num_keypoints: fc.constantFrom(0, 3, 3, 3),
  area: fc.constantFrom(50, 100, 250, 400, 500),
  bbox: fc.tuple(coordinate, coordinate, coordinate, coordinate),
  iscrowd: fc.constantFrom(0, 0, 0, 1),
});
const result = fc.record({
  ...place,
  keypoints: triplets(fc.constant(1)),
  score: fc.constantFrom(-0.5, 0, 0.25, 0.5, 0.75),
  bbox: fc.tuple(coordinate, coordinate, coordinate, coordinate),
});
const scene = fc
  .record({
    annotations: fc.array(annotation, { maxLength: 12 }),
    results: fc.array(result, { minLength: 1, maxLength: 16 }),
    withBoxes: fc.boolean(),
  })
  .map(({ annotations, results, withBoxes }) => ({
    groundTruth: {
      images: [{ id: 7 }, { id: 3 }, { id: 5 }],
      categories: [{ id: 2 }, { id: 1 }],
      annotations: annotations.map((entry, i) => ({ ...entry, id: 2 ** 40 + i })),
    },
    results: results.map(({ bbox, ...rest }) => (withBoxes ? { ...rest, bbox } : rest)),
  }));

test('evaluateKeypoints equals the slow and obvious evaluation', () => {
  fc.assert(
    fc.property(scene, ({ groundTruth, results }) => {
      const fast = evaluateKeypoints(groundTruth, results, SETTINGS);
      const slow = slowEvaluation(groundTruth, results, SETTINGS, slowKeypoints(SETTINGS.sigmas));
      expect(Array.from(fast.recall.data)).toEqual(slow.recall);
      expect(Array.from(fast.precision.data)).toEqual(slow.precision);
      expect(Array.from(fast.scores.data)).toEqual(slow.scores);
      const pairs = (list: [number, number][]) => list.map(([d, g]) => `${d}-${g}`).sort();
      const fastPairs = fast.evalImgs.flatMap((entry) =>
        (entry?.dtMatches ?? []).flatMap((row) => row.map((g, d): [number, number] => [entry?.dtIds[d] ?? 0, g])),
      );
      const slowPairs = slow.matches.flatMap(({ dt, taken }) =>
        dt.map(({ id }, d): [number, number] => [id, taken[d]?.id ?? 0]),
      );
      // The slow one matches anew for each of the three maxDets.
      expect(pairs(fastPairs.flatMap((pair) => [pair, pair, pair]))).toEqual(pairs(slowPairs));
    }),
    { numRuns: 300, seed: 20 },
  );
});

const person: CocoKeypointAnnotation = {
  id: 1,
  image_id: 1,
  category_id: 1,
  keypoints: [10, 10, 2, 20, 20, 2, 30, 30, 2],
  num_keypoints: 3,
  area: 400,
  bbox: [10, 10, 20, 20],
  iscrowd: 0,
};
const groundTruth: CocoGroundTruth = { images: [{ id: 1 }], categories: [{ id: 1 }], annotations: [person] };
const found: CocoKeypointResult = { image_id: 1, category_id: 1, keypoints: person.keypoints, score: 0.5 };
const evaluate = (
  gt: unknown,
  dt: unknown,
  params: Partial<KeypointEvalParams> | Record<string, unknown> = {},
): ReturnType<typeof evaluateKeypoints> =>
  evaluateKeypoints(gt as CocoGroundTruth, dt as CocoKeypointResult[], { sigmas: SETTINGS.sigmas, ...params });
const withPerson = (change: object) => ({ ...groundTruth, annotations: [{ ...person, ...change }] });

test('evaluateKeypoints(groundTruth, []) is an error unless allowEmpty is set, then AP and AR are 0', () => {
  expect(() => evaluate(groundTruth, [])).toThrow(/expected at least one result, found an empty list/);
  const { stats, npig, evalImgs } = evaluate(groundTruth, [], { allowEmpty: true });
  expect(stats).toMatchObject({ AP: 0, AP50: 0, APM: -1, APL: -1, AR: 0, AR75: 0, ARL: -1 });
  expect(Array.from(npig.data)).toEqual([1, 0, 0]);
  expect(evalImgs[0]).toMatchObject({ gtIds: [1], dtIds: [] });
});

test('evaluateKeypoints takes typed arrays for keypoints and boxes', () => {
  const detection = { ...found, keypoints: Float32Array.from(person.keypoints), bbox: Float32Array.of(0, 0, 20, 20) };
  expect(evaluate(groundTruth, [detection]).stats.AR).toBe(1);
});

test('evaluateKeypoints leaves its inputs as they were', () => {
  const before = JSON.stringify([groundTruth, found]);
  evaluate(groundTruth, [found]);
  expect(JSON.stringify([groundTruth, found])).toBe(before);
});

test('oks(imageId, categoryId) is null for a pair that is not evaluated', () => {
  const evaluation = evaluate(groundTruth, [found]);
  expect(evaluation.similarities(1, 1)).toEqual({ dtIds: [1], gtIds: [1], matrix: [[1]] });
  expect(evaluation.similarities(2, 1)).toBeNull();
  expect(evaluation.similarities(1, 2)).toBeNull();
});

test.each<[string, unknown, RegExp]>([
  ['a list', [], /^the ground truth: expected an object with images, annotations and categories, found a list of 0$/],
  ['null', null, /^the ground truth: expected an object .* found null$/],
  ['no images', { annotations: [], categories: [] }, /^images: expected a list, found nothing$/],
  ['annotations no list', { ...groundTruth, annotations: {} }, /^annotations: expected a list, found an object$/],
  [
    'image without id',
    { ...groundTruth, images: [{ id: 1 }, {}] },
    /^images\[1\]\.id: expected a number, found nothing$/,
  ],
  ['text id', withPerson({ image_id: 'a' }), /^annotations\[0\]\.image_id: expected a number, found "a"$/],
  ['no area', withPerson({ area: undefined }), /^annotations\[0\]\.area: expected a number, found nothing$/],
  ['negative area', withPerson({ area: -1 }), /^annotations\[0\]\.area: expected a number of 0 or more, found -1$/],
  ['no iscrowd', withPerson({ iscrowd: undefined }), /^annotations\[0\]\.iscrowd: expected 0 or 1, found nothing$/],
  ['no num_keypoints', withPerson({ num_keypoints: null }), /^annotations\[0\]\.num_keypoints: .* found null$/],
  ['no keypoints', withPerson({ keypoints: undefined }), /^annotations\[0\]\.keypoints: .* found nothing$/],
  [
    'short keypoints',
    withPerson({ keypoints: [1, 2, 2] }),
    /keypoints: expected 9 numbers \(3 keypoints, .* found a list of 3$/,
  ],
  [
    'NaN keypoint',
    withPerson({ keypoints: [1, 2, 2, 1, NaN, 2, 0, 0, 0] }),
    /keypoints\[4\]: expected a finite number, found NaN$/,
  ],
  [
    'box of three',
    withPerson({ bbox: [1, 2, 3] }),
    /^annotations\[0\]\.bbox: expected a list of 4 numbers, found a list of 3$/,
  ],
])('evaluateKeypoints names the fault of a ground truth: %s', (_, gt, message) => {
  expect(() => evaluate(gt, [found])).toThrow(
    expect.objectContaining({ name: 'CocoEvalError', source: 'groundTruth' }),
  );
  expect(() => evaluate(gt, [found])).toThrow(message);
});

test.each<[string, unknown, RegExp]>([
  ['an object', {}, /^the detections: expected a list of results, found an object$/],
  ['null entry', [found, null], /^\[1\]: expected an object, found null$/],
  ['unknown image', [found, { ...found, image_id: 9 }], /^\[1\]\.image_id: expected the id of an image .* found 9$/],
  [
    'no category',
    [{ ...found, category_id: undefined }],
    /^\[0\]\.category_id: expected a finite number, found nothing$/,
  ],
  ['NaN score', [found, { ...found, score: NaN }], /^\[1\]\.score: expected a finite number, found NaN$/],
  ['text score', [{ ...found, score: '0.5' }], /^\[0\]\.score: expected a finite number, found "0\.5"$/],
  [
    'no keypoints',
    [{ ...found, keypoints: undefined }],
    /^\[0\]\.keypoints: expected a list of .* triplets, found nothing$/,
  ],
  [
    'no triplets',
    [{ ...found, keypoints: [1, 2] }],
    /^\[0\]\.keypoints: expected a list of .* triplets, found a list of 2$/,
  ],
  ['other count', [{ ...found, keypoints: [1, 2, 3] }], /^\[0\]\.keypoints: expected 9 numbers .* found a list of 3$/],
  [
    'infinite',
    [{ ...found, keypoints: [1, Infinity, 3] }],
    /^\[0\]\.keypoints\[1\]: expected a finite number, found Infinity$/,
  ],
  [
    'box missing later',
    [{ ...found, bbox: [0, 0, 1, 1] }, found],
    /^\[1\]\.bbox: expected a box, as the first result has one, found nothing$/,
  ],
  ['box of text', [{ ...found, bbox: [0, 0, 1, 'w'] }], /^\[0\]\.bbox\[3\]: expected a finite number, found "w"$/],
])('evaluateKeypoints names the fault of the detections: %s', (_, dt, message) => {
  expect(() => evaluate(groundTruth, dt)).toThrow(
    expect.objectContaining({ name: 'CocoEvalError', source: 'detections' }),
  );
  expect(() => evaluate(groundTruth, dt)).toThrow(message);
});

test.each<[string, Record<string, unknown>, RegExp]>([
  ['no thresholds', { iouThrs: [] }, /^iouThrs: expected at least one threshold/],
  ['NaN recall', { recThrs: [0, NaN] }, /^recThrs\[1\]: expected a finite number, found NaN$/],
  ['no maxDets', { maxDets: [] }, /^maxDets: expected at least one number/],
  ['half maxDets', { maxDets: [20, 2.5] }, /^maxDets\[1\]: expected a whole number of 0 or more, found 2\.5$/],
  ['range of one', { areaRng: [[1]], areaRngLbl: ['all'] }, /^areaRng\[0\]: expected a list of 2 numbers/],
  [
    'labels missing',
    { areaRngLbl: ['all'] },
    /^areaRngLbl: expected a name for each of the 3 ranges, found a list of 1$/,
  ],
  ['useCats 2', { useCats: 2 }, /^useCats: expected 0 or 1, found 2$/],
  ['zero sigma', { sigmas: [0.1, 0, 0.1] }, /^sigmas\[1\]: expected a number above 0, found 0$/],
  ['no sigmas', { sigmas: [] }, /^sigmas: expected one number per keypoint/],
])('evaluateKeypoints names the fault of the params: %s', (_, params, message) => {
  expect(() => evaluate(groundTruth, [found], params)).toThrow(message);
});
