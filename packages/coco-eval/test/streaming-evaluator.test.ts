import {
  BoxEvaluator,
  evaluateBoxes,
  evaluateKeypoints,
  KeypointEvaluator,
  summaryTable,
  type CocoKeypointAnnotation,
  type CocoKeypointResult,
  type EvalParams,
  type KeypointEvalParams,
  type PartialEvaluation,
} from '../src/index';
import { evaluationCases, type EvaluationCase } from './golden';

/** Cases that mean the same image by image: unique ids, and areas made alike for all detections. */
const streamable = ({ expected, gt, dt }: EvaluationCase): boolean =>
  expected !== undefined &&
  new Set(gt.annotations.map(({ id }) => id)).size === gt.annotations.length &&
  new Set(dt.map(({ bbox, segmentation }) => `${bbox?.length} ${segmentation === undefined}`)).size === 1;

const KINDS = [
  { type: 'keypoints', evaluate: evaluateKeypoints, Evaluator: KeypointEvaluator },
  { type: 'bbox', evaluate: evaluateBoxes, Evaluator: BoxEvaluator },
] as const;
const cases = KINDS.flatMap(({ type, evaluate, Evaluator }) =>
  evaluationCases(type)
    .filter(streamable)
    .map((entry) => ({ ...entry, type, evaluate, Evaluator })),
);

test('there are enough cases', () => {
  expect(cases.filter(({ type }) => type === 'keypoints').length).toBeGreaterThan(30);
  expect(cases.filter(({ type }) => type === 'bbox').length).toBeGreaterThan(4);
});

test.each(cases)(
  'images one at a time, in three parts that went through JSON, in any order: $type $name',
  ({ gt, dt, params, evaluate, Evaluator }) => {
    const whole = evaluate(gt, dt, params);
    const settings: Partial<EvalParams> = { ...params, catIds: whole.params.catIds };
    const parts = [0, 1, 2].map(() => new Evaluator(settings));
    [...whole.params.imgIds].reverse().forEach((imageId, i) => {
      const here = ({ image_id }: { image_id: number }): boolean => image_id === imageId;
      parts[i % 3].add({ imageId, annotations: gt.annotations.filter(here), detections: dt.filter(here) });
    });
    const [first, ...others] = parts;
    for (const part of others) first.merge(JSON.parse(JSON.stringify(part.partial())) as PartialEvaluation);
    const streamed = first.evaluate();
    for (const name of ['params', 'stats', 'precision', 'recall', 'scores', 'npig'] as const) {
      expect(streamed[name]).toEqual(whole[name]);
    }
    expect(streamed.statsByCategory()).toEqual(whole.statsByCategory());
    expect(summaryTable(streamed)).toBe(summaryTable(whole));
  },
);

const SIGMAS = [0.1];
const person = (imageId: number, change: Partial<CocoKeypointAnnotation> = {}): CocoKeypointAnnotation => ({
  id: imageId,
  image_id: imageId,
  category_id: 1,
  keypoints: [10, 10, 2],
  num_keypoints: 1,
  area: 400,
  bbox: [0, 0, 20, 20],
  iscrowd: 0,
  ...change,
});
const found = (imageId: number, change: Partial<CocoKeypointResult> = {}): CocoKeypointResult => ({
  image_id: imageId,
  category_id: 1,
  keypoints: [10, 10, 1],
  score: 0.5,
  ...change,
});
const evaluator = (params: Partial<KeypointEvalParams> = {}) => new KeypointEvaluator({ sigmas: SIGMAS, ...params });

test('categories are those that were seen, unless catIds is set', () => {
  const seen = evaluator();
  seen.add({ imageId: 7, annotations: [person(7, { category_id: 5 })], detections: [found(7, { category_id: 5 })] });
  seen.add({ imageId: 3, annotations: [person(3, { category_id: 2 })], detections: [] });
  const { params, stats } = seen.evaluate();
  expect(params).toMatchObject({ imgIds: [3, 7], catIds: [2, 5] });
  expect(stats.AR).toBe(0.5);
  const byCategory = [...seen.evaluate().statsByCategory()].map(([id, { AR }]) => [id, AR]);
  expect(byCategory).toEqual([
    [2, 0],
    [5, 1],
  ]);
  const set = evaluator({ catIds: [5] });
  set.add({ imageId: 3, annotations: [person(3, { category_id: 2 })], detections: [found(3, { category_id: 5 })] });
  set.add({ imageId: 7, annotations: [person(7, { category_id: 5 })], detections: [found(7, { category_id: 5 })] });
  expect(set.evaluate().params.catIds).toEqual([5]);
  expect(set.evaluate().stats.AR).toBe(1);
});

test('evaluate() may be asked again after more images', () => {
  const growing = evaluator();
  growing.add({ imageId: 1, annotations: [person(1)], detections: [found(1)] });
  expect(growing.evaluate().stats.AR).toBe(1);
  growing.add({ imageId: 2, annotations: [person(2)], detections: [] });
  expect(growing.evaluate().stats.AR).toBe(0.5);
});

test('no detection at all is an error, unless allowEmpty is set, then AP is 0', () => {
  const image = { imageId: 1, annotations: [person(1)], detections: [] };
  const strict = evaluator();
  strict.add(image);
  expect(() => strict.evaluate()).toThrow(/expected at least one result/);
  const lenient = evaluator({ allowEmpty: true });
  lenient.add(image);
  expect(lenient.evaluate().stats).toMatchObject({ AP: 0, AR: 0 });
});

test('what is wrong is named, and nothing is added then', () => {
  const strict = evaluator();
  const add = (imageId: number, annotations: unknown, detections: unknown) => () =>
    strict.add({ imageId, annotations, detections } as Parameters<typeof strict.add>[0]);
  add(1, [person(1)], [found(1)])();
  expect(add(1, [], [])).toThrow('imageId: expected an image that was not added before, found 1');
  expect(add(2, [person(3)], [])).toThrow('annotations[0].image_id: expected 2, the image that is added, found 3');
  expect(add(2, [], [found(2), found(1)])).toThrow('[1].image_id: expected 2, the image that is added, found 1');
  expect(add(NaN, [], [])).toThrow('imageId: expected a number, found NaN');
  expect(add(2, null, [])).toThrow('annotations: expected a list, found null');
  expect(add(2, [person(2)], [found(2, { score: NaN })])).toThrow('[0].score: expected a finite number, found NaN');
  expect(add(2, [person(2)], [found(2, { keypoints: [1, 2, 3, 4, 5, 6] })])).toThrow('[0].keypoints: expected 3');
  expect(() => evaluator({ iouThrs: [] })).toThrow('iouThrs: expected at least one threshold');
  expect(strict.evaluate().params.imgIds).toEqual([1]);
  add(2, [person(2)], [found(2)])();
  expect(strict.evaluate().npig.data[0]).toBe(2);
});

test('merge() refuses parts of another evaluation, or broken ones', () => {
  const mine = evaluator();
  mine.add({ imageId: 1, annotations: [person(1)], detections: [found(1)] });
  const other = evaluator();
  other.add({ imageId: 2, annotations: [person(2)], detections: [found(2)] });
  const part = other.partial();
  const [cell] = part.cells;
  const merging = (change: object) => () => mine.merge({ ...part, ...change } as PartialEvaluation);
  expect(merging({ format: 'else' })).toThrow('partial.format: expected \'coco-eval-partial/1\', found "else"');
  expect(merging({ settings: evaluator({ maxDets: [5] }).partial().settings })).toThrow('partial.settings: expected');
  expect(merging({ imageIds: [1, 2] })).toThrow(
    'partial.imageIds: expected images that were not added before, found 1',
  );
  expect(merging({ imageIds: [3] })).toThrow('partial.cells[0].imageId: expected one of partial.imageIds, found 2');
  expect(merging({ areaSource: 'bbox' })).toThrow('partial.areaSource: expected areas made of keypoints');
  expect(merging({ cells: [{ ...cell, outcomes: '3' }] })).toThrow('partial.cells[0].outcomes: expected 30 digits');
  expect(merging({ cells: [{ ...cell, positives: [1] }] })).toThrow('partial.cells[0].positives: expected a list of 3');
  expect(merging({ cells: [cell, cell] })).toThrow(
    'partial.cells[1]: expected an image of a category once, found "2 1 again"',
  );
  expect(mine.evaluate().params.imgIds).toEqual([1]);
  merging({})();
  expect(mine.evaluate()).toMatchObject({ params: { imgIds: [1, 2] }, stats: { AR: 1 } });
});
