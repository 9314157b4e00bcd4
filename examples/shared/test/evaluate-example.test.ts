import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { createModel, saveTorchWeights } from '@pose/pose-models';
import { useEngine } from '@pose/tfjs-engine';
import { runExample } from './run-example';

const POSE_MODELS = resolve(__dirname, '../../../packages/pose-models/bin/pose-models.cjs');
const COLUMNS = ['AP', 'AP50', 'AP75', 'APM', 'APL', 'AR', 'AR50', 'AR75', 'ARM', 'ARL', 'PCK'];
/** Of the network that is trained here. */
const NETWORK = [
  '--network',
  'pose_resnet18',
  '--input',
  '64x64',
  '--options',
  '{"width":8,"deconvFilters":[16,16,16]}',
];

let folder: string;
let run: string;
let torch: string;
/** What the training run logged at its end, on the people that it was trained on. */
let logged: Record<string, number>;
let SAME: string[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'evaluate-'));
  run = join(folder, 'run');
  torch = join(folder, 'weights.safetensors');
  SAME = ['--data', `${run}-data`, '--val-split', 'train2017', '--batch', '8', '--no-flip-test'];
  const data = ['--synthetic', '--synthetic-train', '4', '--synthetic-val', '1', '--val-split', 'train2017'];
  const slim = ['--backbone', 'resnet18', '--width', '8', '--deconv', '16', '--input', '64x64', '--sigma', '1'];
  const plain = ['--flip', '0', '--scale-factor', '0', '--rotation', '0', '--no-flip-test', '--evaluate-every', '0'];
  const long = ['--epochs', '90', '--batch', '8', '--lr', '1e-2', '--lr-step', '70'];
  const args = [...data, ...slim, ...plain, ...long, '--out', run];
  const { code, stderr } = await runExample('train-simplebaseline/train.ts', args);
  if (code !== 0) throw new Error(stderr);
  const log = (await readFile(join(run, 'log.jsonl'), 'utf8')).trim().split('\n');
  logged = JSON.parse(log.at(-1) as string).stats;
  await promisify(execFile)(process.execPath, [POSE_MODELS, 'convert', join(run, 'checkpoints/last'), torch]);
}, 400_000);
afterAll(() => rm(folder, { recursive: true }));

const evaluate = (...args: string[]) => runExample('evaluate/evaluate.ts', args);

test('a checkpoint has the numbers that its run logged, and --json prints one object', async () => {
  const out = join(folder, 'checkpoint');
  const given = ['--checkpoint', join(run, 'checkpoints/last'), ...SAME, '--compile', 'onnx'];
  const ended = await evaluate(...given, '--json', '--out', out);
  expect(ended).toMatchObject({ code: 0, stderr: expect.stringContaining('\nevaluate ') });
  expect(ended.stderr).not.toContain('op by op');
  const { stats, samples, poses, network, input, files } = JSON.parse(ended.stdout);
  expect(logged['AP']).toBeGreaterThan(0.02);
  expect(Object.keys(stats)).toEqual(COLUMNS);
  expect(stats).toEqual(logged);
  const results = JSON.parse(await readFile(files.results, 'utf8'));
  expect({ network, input, samples, poses }).toEqual({
    network: 'pose_resnet18',
    input: '64x64',
    samples: results.length,
    poses: results.length,
  });
  const report = await readFile(files.report, 'utf8');
  expect(report).toContain('Error by keypoint');
  expect(report).toContain('<td>left_ankle</td>');
  expect(report).toContain('Lowest OKS');
  expect((await readdir(out)).sort()).toEqual(['predictions-worst.png', 'predictions.png', 'report.html', 'results.json']); // prettier-ignore
}, 60_000);

test('the same weights out of a file of PyTorch have the same numbers, printed as pycocotools prints them', async () => {
  const out = join(folder, 'torch');
  const { code, stdout } = await evaluate('--weights', torch, ...NETWORK, ...SAME, '--out', out);
  expect(code).toBe(0);
  const lines = stdout.trimEnd().split('\n');
  expect(lines[0]).toBe(
    ` Average Precision  (AP) @[ IoU=0.50:0.95 | area=   all | maxDets= 20 ] = ${logged['AP'].toFixed(3)}`,
  );
  const printed = lines.slice(0, 10).map((line) => Number(line.split(' = ')[1]));
  expect(printed).toEqual(COLUMNS.slice(0, 10).map((name) => expect.closeTo(logged[name], 3)));
  expect(lines.slice(10)).toEqual([`results: ${join(out, 'results.json')}`, `report: ${join(out, 'report.html')}`]);
}, 60_000);

test('detected boxes: who is found twice is not among the results', async () => {
  const { annotations } = JSON.parse(
    await readFile(join(`${run}-data`, 'annotations/person_keypoints_train2017.json'), 'utf8'),
  ) as { annotations: { image_id: number; category_id: number; bbox: number[] }[] };
  const boxes = annotations.flatMap(({ image_id, category_id, bbox }) =>
    [0.9, 0.8].map((score) => ({ image_id, category_id, bbox, score })),
  );
  const detections = join(folder, 'detections.json');
  await writeFile(detections, JSON.stringify(boxes));
  const checkpoint = ['--checkpoint', join(run, 'checkpoints/best'), '--detections', detections];
  const { stdout } = await evaluate(...checkpoint, ...SAME, '--json', '--out', join(folder, 'detected'));
  const { samples, poses, files } = JSON.parse(stdout);
  expect({ samples, poses }).toEqual({ samples: 2 * annotations.length, poses: annotations.length });
  expect(JSON.parse(await readFile(files.results, 'utf8'))).toHaveLength(poses);
  expect(await readFile(files.report, 'utf8')).not.toContain('Error by keypoint');
}, 60_000);

test('OpenPose takes whole images, and no boxes; one that finds nobody has AP 0', async () => {
  await useEngine({ prefer: 'wasm' });
  const file = join(folder, 'openpose.safetensors');
  await writeFile(file, await saveTorchWeights(createModel('openpose_vgg19', { inputSize: [32, 32], stages: 1, seed: null }))); // prettier-ignore
  const openPose = ['--weights', file, '--network', 'openpose_vgg19', '--input', '32x32', '--options', '{"stages":1}'];
  const out = join(folder, 'openpose');
  const { stdout } = await evaluate(...openPose, ...SAME, '--json', '--out', out);
  const { samples, poses, stats } = JSON.parse(stdout);
  expect({ samples, poses, AP: stats.AP }).toEqual({ samples: 4, poses: 0, AP: 0 });
  expect(await readFile(join(out, 'results.json'), 'utf8')).toBe('[]');
  const refused = await evaluate(...openPose, ...SAME, '--detections', join(folder, 'detections.json'), '--out', out);
  expect(refused.code).toBe(1);
  expect(refused.stderr).toMatch(/\nError: --detections: openpose_vgg19 finds people itself, it takes no boxes\.\n$/);
}, 60_000);

test.each<[string, () => string[], RegExp]>([
  ['no checkpoint', () => ['--checkpoint', join(folder, 'none')], /^PredictorError: No checkpoint at .*model.json/],
  [
    'no file',
    () => ['--weights', join(folder, 'none.pth'), ...NETWORK],
    /^PredictorError: .*none.pth: cannot be read: ENO/,
  ],
  [
    'weights of another network',
    () => ['--weights', torch, '--network', 'pose_resnet34'],
    /^ModelError: .*weights.safetensors: Expected the weights of pose_resnet34 and nothing else, found \d+ missing/,
  ],
  [
    'no such network',
    () => ['--weights', torch, '--network', 'resnet'],
    /^ModelError: Expected a model name .*"resnet"$/,
  ],
  ['a file without a network', () => ['--weights', torch], /^error: --weights <file> and --network <name> belong/],
])(
  '%s: one line says so',
  async (_, args, message) => {
    const { code, stdout, stderr } = await evaluate(...args(), ...SAME, '--out', join(folder, 'failed'));
    expect([code, stdout]).toEqual([1, '']);
    const [, last] = /(?:^|\n\n)([^\n]*)\n$/.exec(stderr) ?? [];
    expect(last).toMatch(message);
  },
  60_000,
);

test("a training run's own report is not overwritten", async () => {
  const { code, stderr } = await evaluate('--checkpoint', join(run, 'checkpoints/last'), ...SAME, '--out', run);
  expect([code, stderr]).toEqual([1, `\nError: ${run} holds a training run and its report. Choose another --out.\n`]);
}, 60_000);
