import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { correctionsChart } from '../src/command/plots/corrections-chart';
import { errorKindsChart, oksLossChart } from '../src/command/plots/error-charts';
import { keypointNames } from '../src/command/plots/keypoint-names';
import { loadPoseViz } from '../src/command/plots/load-pose-viz';
import { PlotsError } from '../src/command/plots/plots-error';
import { precisionRecallChart } from '../src/command/plots/precision-recall-chart';
import { writePlots } from '../src/command/plots/write-plots';
import { analyzeKeypointErrors, evaluateKeypoints } from '../src/index';
import { evaluationCases } from './golden';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'coco-eval-plots-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const [{ gt: groundTruth, dt: detections, params }] = evaluationCases().filter(({ name }) =>
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
  const names = ['precision-recall.png', 'corrections.png', 'error-kinds.png', 'oks-loss.png'];
  expect(files).toEqual(names.map((name) => join(into, name)));
  expect(readdirSync(into).sort()).toEqual([...names].sort());
  expect(files.map((file) => pngSize(file)[0])).toEqual([760, 760, 760, 760]);
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
  const names = keypointNames(groundTruth, 14);
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

test('keypoints have the names of the ground truth, or numbers where it has no such list', () => {
  const named = { images: [], annotations: [], categories: [{ id: 1 }, { id: 2, keypoints: ['nose', 'tail'] }] };
  expect(keypointNames(named, 2)).toEqual(['nose', 'tail']);
  expect(keypointNames(named, 3)).toEqual(['keypoint 0', 'keypoint 1', 'keypoint 2']);
});
