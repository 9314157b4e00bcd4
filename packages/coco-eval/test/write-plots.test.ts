import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as poseViz from '@pose/pose-viz';
import { correctionsChart } from '../src/command/plots/corrections-chart';
import { errorKindsChart, oksLossChart } from '../src/command/plots/error-charts';
import { drawErrorExample } from '../src/command/plots/draw-error-example';
import { drawnSkeleton } from '../src/command/plots/drawn-skeleton';
import { errorExamples } from '../src/command/plots/error-examples';
import { flipPairsOfNames } from '../src/command/plots/flip-pairs-of-names';
import { loadPoseViz } from '../src/command/plots/load-pose-viz';
import { PlotsError } from '../src/command/plots/plots-error';
import { precisionRecallChart } from '../src/command/plots/precision-recall-chart';
import { writePlots } from '../src/command/plots/write-plots';
import { analyzeKeypointErrors, COCO_FLIP_PAIRS, evaluateKeypoints } from '../src/index';
import { FLIP_PAIRS, randomScene, SIGMAS } from './error-scenes';
import { evaluationCases } from './golden';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'coco-eval-plots-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const [{ gt: groundTruth, dt: detections, params }] = evaluationCases('keypoints').filter(({ name }) =>
  name.endsWith('crowdpose-14'),
);
const options = { sigmas: params.sigmas, flipPairs: [[0, 1], [2, 3]] as const }; // prettier-ignore
const evaluation = evaluateKeypoints(groundTruth, detections, { sigmas: params.sigmas });
const analysis = analyzeKeypointErrors(groundTruth, detections, options);

/** Width and height of a PNG file. */
function pngSize(file: string): [number, number] {
  const bytes = readFileSync(file);
  expect(bytes.subarray(0, 8)).toEqual(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]));
  return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
}

test('writePlots makes the folder and writes the pictures of a keypoint evaluation into it, and nothing else', async () => {
  const into = join(folder, 'new', 'plots');
  const files = await writePlots(into, { evaluation, keypoints: { groundTruth, detections, options } });
  const names = ['precision-recall', 'corrections', 'error-kinds', 'oks-loss', 'error-examples'].map(
    (name) => `${name}.png`,
  );
  expect(files).toEqual(names.map((name) => join(into, name)));
  expect(readdirSync(into).sort()).toEqual([...names].sort());
  expect(files.map((file) => pngSize(file)[0])).toEqual([760, 760, 760, 760, 990]);
});

test('writePlots of boxes writes the one picture that applies to them', async () => {
  const into = join(folder, 'boxes');
  expect(await writePlots(into, { evaluation })).toEqual([join(into, 'precision-recall.png')]);
  expect(readdirSync(into)).toEqual(['precision-recall.png']);
});

test('writePlots says where it cannot write', async () => {
  const file = join(folder, 'a-file');
  writeFileSync(file, '');
  const failed = writePlots(join(file, 'plots'), { evaluation });
  await expect(failed).rejects.toThrow(PlotsError);
  await expect(failed).rejects.toThrow(/^--plots: .*a-file.plots: ENOTDIR/);
});

test('without pose-viz, the error says how to get it; other failures of loading stay what they are', async () => {
  const absent: string = '@pose/not-installed';
  const failed = loadPoseViz(() => import(absent) as ReturnType<typeof loadPoseViz>);
  await expect(failed).rejects.toMatchObject({
    name: 'PlotsError',
    message: '--plots needs @pose/pose-viz: npm install @pose/pose-viz',
  });
  const broken = new SyntaxError('broken');
  await expect(loadPoseViz(() => Promise.reject(broken))).rejects.toBe(broken);
});

test('the precision-recall chart has a line for each threshold, with its AP, up to the recall that is reached', () => {
  const { series, title } = precisionRecallChart(evaluation, 'OKS');
  expect(title).toContain('OKS');
  expect(series.map(({ name }) => name.slice(0, 4))).toEqual(['0.50', '0.55', '0.60', '0.65', '0.70', '0.75', '0.80', '0.85', '0.90', '0.95']); // prettier-ignore
  expect(series[0].name).toBe(`0.50: AP ${evaluation.stats.AP50.toFixed(3)}`);
  expect(new Set(series.map(({ color }) => String(color))).size).toBe(10);
  series.forEach(({ points }) => {
    expect(points.map(([recall]) => recall)).toEqual(evaluation.params.recThrs);
    const shown = points.filter(([, precision]) => precision !== null);
    expect(shown.filter(([, precision]) => precision === 0).length).toBeLessThanOrEqual(1);
  });
});

test('the corrections chart names each step with its AP and draws the mean of its curves', () => {
  const { series, areas } = correctionsChart(analysis.corrections);
  expect(areas).toBe(true);
  expect(series.map(({ name }) => name)).toEqual(
    [
      'as it is',
      '+ miss',
      '+ swap',
      '+ inversion',
      '+ jitter',
      '+ score',
      '+ false positives',
      '+ false negatives',
    ].map((name, i) => `${name}: ${analysis.corrections[i].ap.toFixed(3)}`),
  );
  const { curves } = analysis.corrections[0];
  const mean = curves.reduce((sum, { precision }) => sum + precision[10], 0) / curves.length;
  expect(series[0].points[10]).toEqual([curves[0].recall[10], mean]);
  expect(correctionsChart([{ corrected: 'none', ap: -1, curves: [] }]).series).toEqual([]);
});

test('the error charts have a bar for each keypoint, in per cent', () => {
  const names = drawnSkeleton(groundTruth, 14).keypoints;
  const kinds = errorKindsChart(analysis, names);
  expect(kinds.bars).toEqual(['all keypoints', ...names]);
  expect(kinds.series.map(({ name }) => name)).toEqual(['jitter', 'inversion', 'swap', 'miss']);
  const wrong = kinds.series.reduce((sum, { values }) => sum + values[0], 0);
  expect(wrong).toBeCloseTo(100 * (1 - analysis.overall.shares.good), 9);
  expect(kinds.series[3].values[4]).toBeCloseTo(100 * analysis.perKeypoint[3].shares.miss, 9);
  const loss = oksLossChart(analysis, names);
  expect(loss.bars).toEqual(names);
  expect(loss.series[0].values).toEqual(analysis.perJointOksLoss.map(({ oksLoss }) => 100 * oksLoss));
});

test('the skeleton has the names and limbs of the ground truth; numbers where it names none, and no limbs beyond it', () => {
  const withCategories = (...categories: { id: number }[]) => ({ images: [], annotations: [], categories });
  const named = { id: 2, keypoints: ['nose', 'tail'], skeleton: [[2, 1]] };
  expect(drawnSkeleton(withCategories({ id: 1 }, named), 2)).toEqual({ keypoints: ['nose', 'tail'], limbs: [[1, 0]] });
  const numbered = { keypoints: ['keypoint 0', 'keypoint 1', 'keypoint 2'], limbs: [] };
  expect(drawnSkeleton(withCategories({ id: 1 }, named), 3)).toEqual(numbered);
  expect(drawnSkeleton(withCategories({ ...named, skeleton: [[1, 2], [2, 3]] } as typeof named), 2).limbs).toEqual([]); // prettier-ignore
});

test('examples of a kind are the detections with the most of it, then the highest score', () => {
  let ties = 0;
  for (let seed = 1; seed <= 20; seed++) {
    const scene = randomScene(seed);
    const found = analyzeKeypointErrors(scene.groundTruth, scene.detections, {
      sigmas: SIGMAS,
      flipPairs: FLIP_PAIRS,
      allowEmpty: true,
    });
    const examples = errorExamples('miss', found, scene.detections, 3);
    const missed = found.detections.map(({ kinds }) => kinds.filter((kind) => kind === 'miss').length);
    const most = missed.filter((count) => count > 0).sort((a, b) => b - a);
    expect(examples.map(({ count }) => count)).toEqual(most.slice(0, 3));
    const scores = examples.map(({ analyzed }) => scene.detections[analyzed.detection].score);
    for (let i = 1; i < examples.length; i++) {
      if (examples[i].count < examples[i - 1].count) continue;
      ties++;
      expect(scores[i]).toBeLessThanOrEqual(scores[i - 1]);
    }
  }
  expect(ties).toBeGreaterThan(5);
});

test('an example is drawn with a yellow line from where the keypoint was found to where it is', () => {
  const place = (x: number) => ({ image_id: 1, category_id: 1, keypoints: [x, 0, 2, 0, 100, 2, 100, 100, 2] });
  const person = { ...place(0), id: 1, num_keypoints: 3, area: 10_000, bbox: [0, 0, 100, 100], iscrowd: 0 };
  const truth = { images: [{ id: 1 }], categories: [{ id: 1 }], annotations: [person] };
  const found = [{ ...place(100), score: 1 }];
  const far = analyzeKeypointErrors(truth, found, { sigmas: [0.1, 0.1, 0.1] });
  const [example] = errorExamples('miss', far, found, 1);
  const { data, width } = drawErrorExample(poseViz, example, truth, found[0], drawnSkeleton(truth, 3));
  const yellow = Array.from({ length: data.length / 3 }, (_, i) => i).filter((i) => data[3 * i] === 255 && data[3 * i + 1] === 225); // prettier-ignore
  const [xs, ys] = [yellow.map((i) => i % width), yellow.map((i) => Math.floor(i / width))];
  expect(Math.max(...xs) - Math.min(...xs)).toBeGreaterThan(0.8 * width);
  expect(Math.max(...ys)).toBeLessThan(0.15 * width);
});

test('flipPairsOfNames finds COCO’s pairs by their names, and none where names tell no side', () => {
  const sides = ['eye', 'ear', 'shoulder', 'elbow', 'wrist', 'hip', 'knee', 'ankle'];
  const coco = ['nose', ...sides.flatMap((name) => [`left_${name}`, `right_${name}`])];
  expect(flipPairsOfNames(coco)).toEqual(COCO_FLIP_PAIRS);
  expect(flipPairsOfNames(['rightPaw', 'nose', 'leftPaw'])).toEqual([[2, 0]]);
  expect(flipPairsOfNames(['head', 'left_hand', 'tail', 'keypoint 3'])).toEqual([]);
});
