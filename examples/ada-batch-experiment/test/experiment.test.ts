import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Result } from '../results';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ada-batch-'));
});
afterAll(() => rm(folder, { recursive: true }));

const TINY = ['--people', '9', '--val-people', '2', '--epochs', '1', '--input', '32x32', '--width', '8', '--jobs', '2'];

function experiment(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const command = ['--import', 'tsx', 'experiment.ts', ...TINY, '--out', folder, ...args];
  return new Promise((done) => {
    execFile(process.execPath, command, { cwd: resolve(__dirname, '..') }, (error, stdout, stderr) =>
      done({ code: error ? Number(error.code ?? -1) : 0, stdout, stderr }),
    );
  });
}

test('the experiment trains each arm once, keeps the results, and goes on from them', async () => {
  const first = await experiment('--seeds', '1');
  expect(first).toMatchObject({ code: 0, stderr: expect.stringContaining('ada-batch-corrupted, seed 1: AP ') });
  expect(first.stdout).toMatch(/^\| training \| mean AP \| seed 1 \|\n(\|.*\|\n){5}$/);
  const { results } = JSON.parse(await readFile(join(folder, 'results.json'), 'utf8')) as { results: Result[] };
  expect(results.map(({ arm }) => arm).sort()).toEqual([
    'ada-batch-corrupted',
    'plain-clean',
    'plain-corrupted',
    'small-loss-corrupted',
  ]);
  for (const { loss } of results) expect(loss).toBeGreaterThan(0);
  const lossOf = (name: string) => results.find(({ arm }) => arm === name)?.loss;
  expect(lossOf('plain-corrupted')).not.toBe(lossOf('plain-clean'));

  expect(await experiment('--seeds', '1')).toEqual({ code: 0, stdout: first.stdout, stderr: '' });
  const other = await experiment('--lr', '1e-3');
  expect(other).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/results.json: expected results of .*"lr":0.001/),
  });
}, 120_000);
