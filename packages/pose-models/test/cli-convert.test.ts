import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCheckpoint, type Checkpoint } from '../src';

const BIN = join(__dirname, '..', 'bin', 'pose-models.cjs');
const FIXTURES = join(__dirname, 'fixtures/checkpoints');
const SLIM = join(FIXTURES, 'slim-zip.pth');
const { options } = JSON.parse(readFileSync(join(FIXTURES, 'slim.json'), 'utf8')) as { options: object };
/** What makes `createModel` give the network that the slim checkpoint is of. */
const NETWORK = ['--model', 'pose_resnet18', '--options', JSON.stringify(options)];

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'pose-models-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const convert = (...args: string[]) => execFileSync(process.execPath, [BIN, 'convert', ...args], { encoding: 'utf8' });
const read = (file: string) => readCheckpoint(readFileSync(file));
const values = ({ tensors }: Checkpoint) =>
  new Map(
    [...tensors].filter(([key]) => !key.endsWith('num_batches_tracked')).map(([key, tensor]) => [key, tensor.read()]),
  );

test('PyTorch to TensorFlow.js and back: the same values', () => {
  const out = join(folder, 'model');
  const report = JSON.parse(convert(SLIM, out, ...NETWORK, '--json')) as Record<string, unknown>;
  expect(report).toMatchObject({
    model: 'pose_resnet18',
    scheme: 'as published',
    missing: [],
    unexpected: [],
    misshapen: [],
  });
  expect(report['written']).toEqual([join(out, 'model.json'), join(out, 'weights.bin')]);
  expect(readdirSync(out).sort()).toEqual(['model.json', 'weights.bin']);

  const back = join(folder, 'back.safetensors');
  expect(convert(out, back)).toBe(`wrote ${back}\n`);
  expect(values(read(back))).toEqual(values(read(SLIM)));
  expect(readdirSync(folder).sort()).toEqual(['back.safetensors', 'model']);
});

test('--partial loads what fits, draws the rest, and tells both', () => {
  const out = join(folder, 'model.safetensors');
  const text = convert(SLIM, out, ...NETWORK, '--keypoints', '5', '--partial');
  expect(text).toContain('loaded 105 tensors (keys as published)');
  expect(text).toContain('of another shape: final_layer.weight, expected (5, 2, 1, 1), found (3, 2, 1, 1)');
  const tensors = values(read(out));
  expect(tensors.get('conv1.weight')).toEqual(values(read(SLIM)).get('conv1.weight'));
  expect(tensors.get('final_layer.weight')?.some((value) => value !== 0)).toBe(true);
});

test.each<[string, (path: (name: string) => string) => string[], string]>([
  ['weights of no named network', (path) => [SLIM, path('out')], `Expected --model, the name of the network that ${SLIM} holds`], // prettier-ignore
  ['an unknown network', (path) => [SLIM, path('out'), '--model', 'alexnet'], 'Expected a model name (pose_resnet18,'],
  ['weights of another network', (path) => [SLIM, path('out'), '--model', 'pose_resnet18'], 'of another shape: conv1.weight (2, 3, 7, 7) for (64, 3, 7, 7)'], // prettier-ignore
  ['a file that is not there', (path) => [path('none.pth'), path('out'), '--model', 'pose_resnet18'], 'none.pth: cannot be read: ENOENT'], // prettier-ignore
  ['a file of another kind', (path) => [path('text.pth'), path('out'), '--model', 'pose_resnet18'], "text.pth: Expected PyTorch's weights (torch.save or safetensors), found"], // prettier-ignore
  ['a folder without a model', (path) => [path(''), path('out.safetensors')], 'model.json: cannot be read: ENOENT'],
  ['a model.json of something else', (path) => [path('other.json'), path('out.safetensors')], 'other.json: expected modelTopology and weightsManifest'], // prettier-ignore
  ['a result that is there already', (path) => [SLIM, path('text.pth'), ...NETWORK], 'text.pth: expected a path where nothing is yet, found a file'], // prettier-ignore
  ['a result in a folder that is not there', (path) => [SLIM, path('none/out.safetensors'), ...NETWORK], 'out.safetensors: cannot be written: ENOENT'], // prettier-ignore
  ['a result under a file', (path) => [SLIM, path('text.pth/out'), ...NETWORK], 'out: cannot be written: '],
  ['options that are no object', (path) => [SLIM, path('out'), '--model', 'pose_resnet18', '--options', 'null'], 'Expected a JSON object for --options, found null'], // prettier-ignore
  ['options that are not JSON', (path) => [SLIM, path('out'), '--model', 'pose_resnet18', '--options', '{width}'], 'Expected JSON for --options, found {width}'], // prettier-ignore
  ['an option that the model has not', (path) => [SLIM, path('out'), '--model', 'pose_resnet18', '--options', '{"depth":3}'], 'Expected options of pose_resnet18 ('], // prettier-ignore
])('pose-models convert refuses %s in one line and writes nothing', (_, args, message) => {
  writeFileSync(join(folder, 'text.pth'), 'not a checkpoint');
  writeFileSync(join(folder, 'other.json'), '{}');
  const all = [BIN, 'convert', ...args((name) => join(folder, name))];
  const { status, stdout, stderr } = spawnSync(process.execPath, all, { encoding: 'utf8' });
  expect(stderr).toContain(message);
  expect(stderr).toMatch(/^pose-models: .*\n$/);
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(readdirSync(folder).sort()).toEqual(['other.json', 'text.pth']);
  expect(existsSync(join(folder, 'out'))).toBe(false);
});
