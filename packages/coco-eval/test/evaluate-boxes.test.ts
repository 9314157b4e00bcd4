import fc from 'fast-check';
import {
  evaluateBoxes,
  evaluateKeypoints,
  summaryTable,
  type CocoBoxAnnotation,
  type CocoBoxResult,
  type CocoGroundTruth,
  type CocoKeypointAnnotation,
  type CocoKeypointResult,
} from '../src/index';
import { SLOW_BOXES, slowEvaluation } from './slow-evaluator';

const SETTINGS = {
  iouThrs: [0.25, 0.5, 0.75, 1],
  recThrs: [0, 0.2, 0.5, 0.75, 1],
  areaRng: [
    [0, 1e10],
    [0, 16],
    [16, 64],
    [64, 1e10],
  ] as [number, number][],
  areaRngLbl: ['all', 'small', 'medium', 'large'],
  maxDets: [1, 3, 100],
};

// Few values on purpose: ties of score and IoU, touching and empty boxes, areas at the ends of the ranges, and crowds.
const side = fc.constantFrom(0, 4, 8, 12);
const box = fc.tuple(side, side, side, side);
const place = { image_id: fc.constantFrom(7, 3, 5), category_id: fc.constantFrom(2, 1), bbox: box };
const annotation = fc.record({
  ...place,
  area: fc.constantFrom(8, 16, 32, 64, 90),
  iscrowd: fc.constantFrom(0, 0, 0, 1),
});
const result = fc.record({ ...place, score: fc.constantFrom(-0.5, 0, 0.25, 0.5, 0.75) });

test('evaluateBoxes equals the slow and obvious evaluation', () => {
  const scene = fc.record({
    annotations: fc.array(annotation, { maxLength: 12 }),
    results: fc.array(result, { minLength: 1, maxLength: 16 }),
  });
  fc.assert(
    fc.property(scene, ({ annotations, results }) => {
      const groundTruth = {
        images: [{ id: 7 }, { id: 3 }, { id: 5 }],
        categories: [{ id: 2 }, { id: 1 }],
        annotations: annotations.map((entry, i) => ({ ...entry, id: 2 ** 40 + i })),
      };
      const fast = evaluateBoxes(groundTruth, results, SETTINGS);
      const slow = slowEvaluation(
        groundTruth as unknown as CocoGroundTruth<CocoKeypointAnnotation>,
        results as unknown as CocoKeypointResult[],
        SETTINGS,
        SLOW_BOXES,
      );
      expect(Array.from(fast.recall.data)).toEqual(slow.recall);
      expect(Array.from(fast.precision.data)).toEqual(slow.precision);
      expect(Array.from(fast.scores.data)).toEqual(slow.scores);
    }),
    { numRuns: 300, seed: 20 },
  );
});

const thing: CocoBoxAnnotation = { id: 1, image_id: 1, category_id: 1, bbox: [0, 0, 40, 40], area: 1600, iscrowd: 0 };
const groundTruth = { images: [{ id: 1 }], categories: [{ id: 1 }], annotations: [thing] };
const found: CocoBoxResult = { image_id: 1, category_id: 1, bbox: [0, 0, 40, 40], score: 0.5 };

test('boxes of masks and of keypoints count where the first result has no box', () => {
  const keypoints = [0, 0, 1, 40, 40, 1];
  const rest = { ...found, bbox: undefined };
  expect(evaluateBoxes(groundTruth, [{ ...rest, keypoints }]).stats.AR100).toBe(1);
  // Runs of 0, 1600 and 1600 pixels down the columns of an image 40 high and 80 wide: its left half.
  const masked = { ...rest, segmentation: { size: [40, 80] as const, counts: '0Pb1Pb1' } };
  expect(evaluateBoxes(groundTruth, [masked]).stats.AR100).toBe(1);
});

test('the table names maxDets by their place, as pycocotools does', () => {
  const { params, stats, definitions } = evaluateBoxes(groundTruth, [found], { maxDets: [2, 5, 50] });
  const lines = summaryTable({ params, stats, definitions }).split('\n');
  expect(lines).toHaveLength(12);
  expect(lines[0]).toBe(' Average Precision  (AP) @[ IoU=0.50:0.95 | area=   all | maxDets=100 ] = -1.000');
  expect(lines[1]).toBe(' Average Precision  (AP) @[ IoU=0.50      | area=   all | maxDets= 50 ] = 1.000');
  expect(lines[3]).toBe(' Average Precision  (AP) @[ IoU=0.50:0.95 | area= small | maxDets= 50 ] = -1.000');
  expect(lines[6]).toBe(' Average Recall     (AR) @[ IoU=0.50:0.95 | area=   all | maxDets=  2 ] = 1.000');
});

test('a stat whose place of maxDets is not there is -1', () => {
  const { stats } = evaluateBoxes(groundTruth, [found], { maxDets: [100] });
  expect(stats).toMatchObject({ AP: 0.9999999999999998, AP50: -1, AR1: 1, AR10: -1 });
});

test.each<[string, object, object, string]>([
  ['a box of three', {}, { bbox: [1, 2, 3] }, '[0].bbox: expected a list of 4 numbers, found a list of 3'],
  ['a box with NaN', {}, { bbox: [1, 2, 3, NaN] }, '[0].bbox[3]: expected a finite number, found NaN'],
  ['no box at all', {}, { bbox: undefined }, '[0].bbox: expected a box [x, y, width, height], found nothing'],
  ['an unknown image', {}, { image_id: 2 }, '[0].image_id: expected the id of an image of the ground truth, found 2'],
  ['no score', {}, { score: undefined }, '[0].score: expected a finite number, found nothing'],
  ['an annotation without box', { bbox: null }, {}, 'annotations[0].bbox: expected a list of 4 numbers, found null'],
  ['an annotation without area', { area: undefined }, {}, 'annotations[0].area: expected a number, found nothing'],
])('evaluateBoxes names the fault: %s', (_, ofThing, ofResult, message) => {
  const broken = { ...groundTruth, annotations: [{ ...thing, ...ofThing }] };
  expect(() => evaluateBoxes(broken, [{ ...found, ...ofResult }])).toThrow(message);
});

test('evaluateBoxes(groundTruth, []) is an error unless allowEmpty is set, then AP is 0', () => {
  expect(() => evaluateBoxes(groundTruth, [])).toThrow('expected at least one result, found an empty list');
  expect(evaluateBoxes(groundTruth, [], { allowEmpty: true }).stats.AP).toBe(0);
});

test('evaluateKeypoints says so when it is given boxes', () => {
  const person = { ...thing, keypoints: [1, 1, 2], num_keypoints: 1 };
  expect(() => evaluateKeypoints({ ...groundTruth, annotations: [person] }, [found] as CocoKeypointResult[])).toThrow(
    '[0].keypoints: expected a list of [x, y, score] triplets (is this a list of boxes?), found nothing',
  );
});

test('stats of each category alone', () => {
  const two = {
    ...groundTruth,
    categories: [{ id: 3 }, { id: 1 }],
    annotations: [thing, { ...thing, id: 2, category_id: 3 }],
  };
  const byCategory = evaluateBoxes(two, [found]).statsByCategory();
  expect([...byCategory.keys()]).toEqual([1, 3]);
  expect([...byCategory.values()].map(({ AR100 }) => AR100)).toEqual([1, 0]);
  expect([...evaluateBoxes(two, [found], { useCats: 0 }).statsByCategory().keys()]).toEqual([-1]);
});
