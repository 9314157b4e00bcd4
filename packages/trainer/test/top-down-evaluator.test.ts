import { COCO_SKELETON, type PersonInstance } from '@pose/coco-dataset';
import { COCO_SIGMAS, objectKeypointSimilarity, type CocoKeypointResult } from '@pose/coco-eval';
import { suppressDuplicates, type TopDownResult } from '@pose/predictor';
import {
  topDownEvaluator,
  type Evaluation,
  type TargetEncoding,
  type TopDownData,
  type TopDownEvaluatorOptions,
} from '@pose/trainer';
import { predictionMosaic } from '../src/report/prediction-mosaic';
import { openTiny, tinyData } from './synthetic-data';
import { temporaryFolder } from './temporary-folder';

const { hypot, sqrt, exp } = Math;
const file = temporaryFolder();
const K = COCO_SKELETON.keypoints.length;
/** Heatmaps as fine as the input, so that a target is as good as the annotation. */
const SIZE = [192, 256] as const;

/** The annotated people, with their targets [height, width, K] for network outputs. */
let val: TopDownData;
let people: PersonInstance[];
let targets: Float32Array[];
beforeAll(async () => {
  await tinyData(file('data'), { train: 3, val: 1 });
  val = await openTiny(file('data'), { inputSize: SIZE, heatmapSize: SIZE, batchSize: 2 });
  people = [...val.loader.items];
  targets = [];
  for await (const {
    items,
    targets: [maps],
  } of val.loader.inOrder()) {
    const length = maps.length / items.length;
    targets.push(...items.map((_, i) => maps.slice(i * length, (i + 1) * length)));
  }
});

const evaluatorOf = (data: TopDownData, options: Partial<TopDownEvaluatorOptions> = {}) =>
  topDownEvaluator({ val: data, description: COCO_SKELETON, skeleton: COCO_SKELETON, ...options });

/** Decodes these heatmaps, one for each person of the data. */
async function decodeAll(data: TopDownData, heatmaps: readonly Float32Array[]): Promise<TopDownResult[]> {
  const results: TopDownResult[] = [];
  for await (const batch of data.loader.inOrder()) {
    const own = batch.places.map((place) => heatmaps[place]);
    const values = new Float32Array(own.length * own[0].length);
    own.forEach((maps, i) => values.set(maps, i * maps.length));
    const output = { values, shape: [own.length, SIZE[1], SIZE[0], K] };
    results.push(...(evaluatorOf(data).decode([output], batch) as TopDownResult[]));
  }
  return results;
}

/** Boxes as a detector finds them, opened as data to evaluate on. */
function openDetected(boxes: readonly { person: PersonInstance; score: number }[]): Promise<TopDownData> {
  const [{ id: category_id }] = val.coco.categories;
  const list = boxes.map(({ person: { imageId, box }, score }, i) => {
    return { id: i + 1, image_id: imageId, category_id, bbox: [...box] as PersonInstance['box'], score };
  });
  return openTiny(file('data'), { inputSize: SIZE, heatmapSize: SIZE, batchSize: 3, people: { detections: { list } } });
}

test('AP of perfect heatmaps is 1, and everybody is sure', async () => {
  const results = await decodeAll(val, targets);
  expect(results).toHaveLength(people.length);
  for (const { score } of results) expect(score).toBeCloseTo(1, 6);
  const { AP, AR, AP50, AR75, PCK } = evaluatorOf(val).metric(results, people);
  expect([AP, AR, AP50, AR75, PCK]).toEqual([1, 1, 1, 1, 1]);
});

test.each<TargetEncoding>([
  { type: 'gaussian' },
  { type: 'unbiased' },
  { type: 'udp' },
  { type: 'megvii' },
  { type: 'udp-combined' },
  { type: 'simcc' },
])('perfect outputs of any encoding are read as they are meant: %j', async (encoding) => {
  const alignment = encoding.type.startsWith('udp') ? 'udp' : 'corner';
  const heatmapSize = [48, 64] as const;
  const data = await openTiny(file('data'), { inputSize: SIZE, heatmapSize, encoding, alignment });
  const evaluator = evaluatorOf(data);
  const results: CocoKeypointResult[] = [];
  for await (const { targets: made, ...batch } of data.loader.inOrder()) {
    const sides = encoding.type === 'simcc' ? [K] : [64, 48];
    const outputs = made.map((values) => {
      const last = values.length / sides.reduce((a, b) => a * b, batch.items.length);
      return { values, shape: [batch.items.length, ...sides, last] };
    });
    results.push(...evaluator.decode(outputs, { ...batch, targets: made }));
  }
  const { AP } = evaluator.metric(results, people);
  expect(AP).toBeGreaterThan(0.95);
});

test('PCK is the share of keypoints within a fifth of the longer side of the box', async () => {
  const results = await decodeAll(val, targets);
  const noseMoved = (share: number) =>
    results.map((result, i) => {
      const [, , width, height] = people[i].box;
      const [x, ...others] = Array.from(result.keypoints);
      return { ...result, keypoints: [x + share * Math.max(width, height), ...others] };
    });
  const pckOf = (share: number) => evaluatorOf(val).metric(noseMoved(share), people)['PCK'];
  expect(pckOf(0.15)).toBe(1);
  expect(pckOf(0.25)).toBeCloseTo(16 / 17, 12);
});

test('a score is that of the box times the mean of the keypoint scores above 0.2', async () => {
  const boxes = people.map((person, i) => ({ person, score: 0.95 - 0.1 * i }));
  const detected = await openDetected(boxes);
  const height = (i: number, k: number) => (((i * 7 + k * 3) % 10) + 0.5) / 10;
  const heatmaps = people.map((_, i) => {
    const maps = new Float32Array(SIZE[0] * SIZE[1] * K);
    for (let k = 0; k < K; k++) maps[(1000 + 50 * k) * K + k] = height(i, k);
    return maps;
  });
  const results = await decodeAll(detected, heatmaps);
  results.forEach(({ score }, i) => {
    const sure = COCO_SKELETON.keypoints.map((_, k) => height(i, k)).filter((value) => value > 0.2);
    expect(score).toBeCloseTo((boxes[i].score * sure.reduce((a, b) => a + b)) / sure.length, 6);
  });
});

test('who is detected twice counts once; the results hold both', async () => {
  const twice = people.flatMap((person, i) => [
    { person, score: 0.9 - 0.1 * i },
    { person, score: 0.85 - 0.1 * i },
  ]);
  const detected = await openDetected(twice);
  const results = await decodeAll(detected, targets.flatMap((maps) => [maps, maps])); // prettier-ignore
  expect(results).toHaveLength(2 * people.length);
  expect(suppressDuplicates(results)).toEqual(results.filter((_, i) => i % 2 === 0));
  expect(evaluatorOf(detected).metric(results, [])['AP']).toBe(1);
  expect(evaluatorOf(detected, { nms: 1 }).metric(results, [])['AP']).toBeLessThan(0.9);
});

test('OKS of two people takes the areas of their crops, 200 pixels to a unit', () => {
  const person = (x: number, score: number, scale: [number, number]): TopDownResult => ({
    image_id: 1,
    category_id: 1,
    keypoints: COCO_SKELETON.keypoints.flatMap((_, k) => [10 * k + x, 20 * k, 1]),
    score,
    center: [0, 0],
    scale,
  });
  const two = [person(0, 0.5, [0.6, 0.8]), person(7, 0.6, [0.3, 0.4])];
  const area = (120 * 160 + 60 * 80) / 2;
  const oks = COCO_SIGMAS.map((sigma) => exp(-(7 ** 2) / (2 * area * (2 * sigma) ** 2))).reduce((a, b) => a + b) / K;
  expect(suppressDuplicates(two, { threshold: oks + 1e-9 })).toEqual(two);
  expect(suppressDuplicates(two, { threshold: oks - 1e-9 })).toEqual([two[1]]);
  const elsewhere = { ...two[0], image_id: 2 };
  const other = { ...two[0], category_id: 2 };
  expect(suppressDuplicates([elsewhere, other, two[1]], { threshold: 0 })).toEqual([elsewhere, other, two[1]]);
});

/** Predictions that are off by more and more, with scores that say the opposite. */
function evaluationOf(items: readonly PersonInstance[]): Evaluation {
  const results = items.map(({ imageId, keypoints }, i): TopDownResult => ({
    image_id: imageId,
    category_id: 1,
    keypoints: keypoints.map((value, j) => (j % 3 === 0 ? value + (i + 1) * (1 + (j % 5)) : j % 3 === 1 ? value : 1)),
    score: 0.5 + i / 20,
    center: [0, 0],
    scale: [1, 1],
  }));
  return { stats: {}, items, results };
}

test('the report has the errors keypoint by keypoint', async () => {
  const evaluation = evaluationOf(people);
  const { tables } = (await evaluatorOf(val).report?.(evaluation)) ?? { tables: [] };
  const [{ columns, rows }] = tables;
  expect(columns).toHaveLength(6);
  expect(rows.map(([name]) => name)).toEqual(COCO_SKELETON.keypoints);
  rows.forEach(([, count, mean, median, above50, above75], k) => {
    const labelled = people.map((_, i) => i).filter((i) => people[i].keypoints[3 * k + 2] > 0);
    const distance = (i: number, axis: 0 | 1) =>
      evaluation.results[i].keypoints[3 * k + axis] - people[i].keypoints[3 * k + axis];
    const shares = labelled.map((i) => hypot(distance(i, 0), distance(i, 1)) / sqrt(people[i].area));
    expect(count).toBe(labelled.length);
    if (count === 0) return expect([mean, median, above50, above75]).toEqual(['-', '-', '-', '-']);
    const sorted = shares.slice().sort((a, b) => a - b);
    const middle = sorted.length >> 1;
    const among = (limit: number) =>
      shares.filter((share) => exp(-(share ** 2) / (2 * (2 * COCO_SIGMAS[k]) ** 2)) > limit).length / shares.length;
    expect([mean, median, above50, above75].map(Number)).toEqual(
      [
        shares.reduce((a, b) => a + b) / shares.length,
        sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2,
        among(0.5),
        among(0.75),
      ].map((value) => expect.closeTo(value, 3)),
    );
  });
});

test('the worst of annotated people are those of the lowest OKS, of detected boxes those of the lowest score', async () => {
  const skeleton = COCO_SKELETON;
  const { figures } = (await evaluatorOf(val).report?.(evaluationOf(people))) ?? { figures: [] };
  const { results } = evaluationOf(people);
  const oks = people.map((person, i) =>
    objectKeypointSimilarity(results[i].keypoints, { ...person, bbox: person.box }),
  );
  const order = (values: readonly number[]) => values.map((_, i) => i).sort((a, b) => values[a] - values[b]);
  expect(order(oks)).not.toEqual(order(results.map(({ score }) => score)));
  const expected = await predictionMosaic(people, results, order(oks), {
    skeleton,
    caption: (i) => `OKS ${oks[i].toFixed(2)}`,
  });
  expect(Buffer.compare(Buffer.from(figures[1].image.data), Buffer.from(expected.data))).toBe(0);

  const boxes = people.map((person) => ({ person, score: 0.9 }));
  const detected = await openDetected(boxes);
  const evaluation = { ...evaluationOf(people), items: detected.loader.items };
  const report = await evaluatorOf(detected).report?.(evaluation);
  expect(report?.tables).toEqual([]);
  const scored = await predictionMosaic(detected.loader.items, results, order(results.map(({ score }) => score)), {
    skeleton,
    caption: (i) => `score ${results[i].score.toFixed(2)}`,
  });
  expect(Buffer.compare(Buffer.from(report!.figures[1].image.data), Buffer.from(scored.data))).toBe(0);
});

test('detected boxes of a data set with several categories are refused', async () => {
  const detected = await openDetected([{ person: people[0], score: 1 }]);
  const [person] = detected.coco.categories;
  const coco = { ...detected.coco, categories: [person, { ...person, id: 7, name: 'rider' }] };
  expect(() => evaluatorOf({ ...detected, coco })).toThrow(
    `${coco.source}: expected one category to evaluate detections of, found person, rider.`,
  );
});
