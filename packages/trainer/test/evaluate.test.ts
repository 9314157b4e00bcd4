import { cp, readFile, writeFile } from 'node:fs/promises';
import { evaluateKeypoints, type CocoGroundTruth, type KeypointStats } from '@pose/coco-eval';
import { runChild } from './children/run-child';
import { tinyData } from './synthetic-data';
import { temporaryFolder } from './temporary-folder';

/** A result and an annotation as they come out of JSON. */
interface Result {
  image_id: number;
  category_id: number;
  keypoints: number[];
  score: number;
  center: number[];
  scale: number[];
}
type Annotation = Omit<CocoGroundTruth['annotations'][number], 'keypoints'> & {
  keypoints: number[];
  num_keypoints: number;
};

interface Run {
  stats: KeypointStats;
  results: Result[];
  leaked: number;
}

const file = temporaryFolder();
const ANNOTATIONS = 'annotations/person_keypoints_train2017.json';
let coco: Omit<CocoGroundTruth, 'annotations'> & { annotations: Annotation[] };
let ran: { before: Run; accuracy: number; plain: Run; flipped: Run; variants: Run[] };

beforeAll(async () => {
  await tinyData(file('data'), { train: 4, val: 1 });
  coco = JSON.parse(await readFile(file('data', ANNOTATIONS), 'utf8'));

  // The same people beside a crowd and somebody without labelled keypoints, who take part in no sample.
  await cp(file('data'), file('crowded'), { recursive: true });
  const [first] = coco.annotations;
  const unlabelled = { keypoints: first.keypoints.map(() => 0), num_keypoints: 0 };
  const annotations = [
    { ...first, ...unlabelled, id: 9001, iscrowd: 1, segmentation: { size: [128, 128], counts: [0, 16384] } },
    { ...first, ...unlabelled, id: 9002 },
    ...coco.annotations,
  ];
  await writeFile(file('crowded', ANNOTATIONS), JSON.stringify({ ...coco, annotations }));

  // The same people under another category id, beside a first category that nobody has.
  await cp(file('data'), file('categories'), { recursive: true });
  const [person] = coco.categories;
  const categories = [{ ...person, id: 7, name: 'rider' }, person];
  await writeFile(file('categories', ANNOTATIONS), JSON.stringify({ ...coco, categories }));

  const input = { root: file('data'), others: [file('crowded'), file('categories')], steps: 130 };
  const { stdout, stderr } = await runChild('overfit.cjs', { input });
  if (stdout === '') throw new Error(stderr);
  ran = JSON.parse(stdout);
}, 120_000);

test('a network that knows its few people by heart gets a high AP, and got none before', () => {
  expect(ran.before.stats.AP).toBeLessThan(0.05);
  expect(ran.accuracy).toBeGreaterThan(0.85);
  // Quarters of a heatmap pixel are coarse at 16x16: the finer thresholds of OKS are out of reach.
  expect(ran.plain.stats.AP50).toBeGreaterThan(0.85);
  expect(ran.plain.stats.AP).toBeGreaterThan(0.3);
});

test('one result for each labelled person, in image pixels, scored, evaluated as coco-eval does', () => {
  const labelled = coco.annotations.filter(({ num_keypoints }) => num_keypoints > 0);
  expect(ran.plain.results).toHaveLength(labelled.length);
  ran.plain.results.forEach(({ image_id, category_id, keypoints, score }, i) => {
    expect([image_id, category_id]).toEqual([labelled[i].image_id, labelled[i].category_id]);
    const errors = labelled[i].keypoints.flatMap((value, j) =>
      j % 3 === 0 && labelled[i].keypoints[j + 2] > 0
        ? [Math.hypot(value - keypoints[j], labelled[i].keypoints[j + 1] - keypoints[j + 1])]
        : [],
    );
    // A heatmap pixel is about 8 image pixels here.
    expect(errors.sort((a, b) => a - b)[errors.length >> 1]).toBeLessThan(6);
    const scores = keypoints.filter((value, j) => j % 3 === 2 && value > 0.2);
    expect(score).toBeCloseTo(scores.reduce((a, b) => a + b) / scores.length, 6);
  });
  expect(ran.plain.stats).toMatchObject(evaluateKeypoints(coco, ran.plain.results).stats);
});

test('the flip test changes the predictions of a network that was never shown mirrored people', () => {
  expect(ran.flipped.results).toHaveLength(ran.plain.results.length);
  expect(ran.flipped.results).not.toEqual(ran.plain.results);
});

test('crowds, people without labelled keypoints, other categories and the batch size do not change the predictions', async () => {
  for (const [i, name] of ['crowded', 'categories'].entries()) {
    const variant = ran.variants[i];
    expect(variant.results).toHaveLength(ran.plain.results.length);
    variant.results.forEach(({ keypoints, score, ...ids }, i) => {
      const { image_id, category_id, center, scale } = ran.plain.results[i];
      expect(ids).toEqual({ image_id, category_id, center, scale });
      keypoints.forEach((value, j) => expect(value).toBeCloseTo(ran.plain.results[i].keypoints[j], 3));
      expect(score).toBeCloseTo(ran.plain.results[i].score, 4);
    });
    const annotated: CocoGroundTruth = JSON.parse(await readFile(file(name, ANNOTATIONS), 'utf8'));
    expect(variant.stats).toMatchObject(evaluateKeypoints(annotated, variant.results).stats);
    expect(variant.stats.AP).toBeGreaterThan(0.3);
  }
});

test('evaluate() leaves no tensor', () => {
  expect([ran.before, ran.plain, ran.flipped, ...ran.variants].map(({ leaked }) => leaked)).toEqual([0, 0, 0, 0, 0]);
});
