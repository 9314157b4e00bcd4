import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { listModels } from '../src';

const BIN = join(__dirname, '..', 'bin', 'pose-models.cjs');
const run = (...args: string[]): string => execFileSync(process.execPath, [BIN, ...args], { encoding: 'utf8' });

test('pose-models list --json prints the registry', () => {
  expect(JSON.parse(run('list', '--json'))).toEqual(listModels());
});

test('pose-models list prints a header and a line per model', () => {
  const lines = run('list').trim().split('\n');
  expect(lines).toHaveLength(1 + listModels().length);
  expect(lines[0]).toMatch(/^Model +Parameters +Input +Multiply-adds +Published +Source$/);
  expect(lines.find((line) => line.startsWith('litehrnet_18 '))).toMatch(
    /^litehrnet_18 +1,163,169 +256x192 +0\.24 G +AP 0\.648 +HRNet\/Lite-HRNet: \S+$/,
  );
});

test('pose-models summary <name> --input 256x192 --json prints the totals', () => {
  expect(JSON.parse(run('summary', 'pose_resnet18', '--input', '256x192', '--json'))).toEqual({
    name: 'pose_resnet18',
    input: '256x192',
    params: 15_387_857,
    trainable: 15_376_721,
    macs: 2_897_215_488,
  });
});

test("pose-models summary <name> takes the model's own input unless told", () => {
  expect(JSON.parse(run('summary', 'pose_hourglass_52', '--json'))).toMatchObject({
    input: '256x256',
    params: 94_907_537,
  });
});

test('pose-models summary <name> prints the table', () => {
  const lines = run('summary', 'pose_resnet152', '--input', '128x96').split('\n');
  expect(lines.find((line) => line.startsWith('image '))).toMatch(/\(N, 128, 96, 3\)/);
  expect(lines.find((line) => line.startsWith('Parameters'))).toMatch(/68,788,433$/);
});

test.each([
  [['summary', 'resnet'], 'pose-models: Expected a model name (pose_resnet18,'],
  [
    ['summary', 'pose_resnet18', '--input', '256'],
    'pose-models: Expected --input HEIGHTxWIDTH such as 256x192, found 256',
  ],
  [
    ['summary', 'pose_resnet18', '--input', '250x192'],
    'pose-models: Expected inputSize [width, height] of positive multiples of 32, found [192, 250]',
  ],
])('pose-models %j fails with one line', (args, message) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...args], { encoding: 'utf8' });
  expect(status).toBe(1);
  expect(stdout).toBe('');
  expect(stderr).toContain(message);
});
