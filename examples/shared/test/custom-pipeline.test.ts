import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runExample } from './run-example';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pipeline-'));
});
afterAll(() => rm(folder, { recursive: true }));

test('the pipeline by hand learns, decodes and prints COCO AP', async () => {
  const args = ['--images', '10', '--epochs', '4', '--out', join(folder, 'data')];
  const { code, stdout } = await runExample('custom-pipeline/pipeline.ts', args);
  expect(code).toBe(0);
  const losses = [...stdout.matchAll(/^epoch \d: loss (\d\.\d{3}e-\d)$/gm)].map(([, loss]) => Number(loss));
  expect(losses).toHaveLength(4);
  expect(losses[3]).toBeLessThan(losses[0]);
  expect(stdout.match(/^ Average (Precision|Recall) .* = -?\d\.\d{3}$/gm)).toHaveLength(10);
}, 60_000);
