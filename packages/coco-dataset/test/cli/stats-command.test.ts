import { writeFile } from 'node:fs/promises';
import { cocoStats } from '../../src/coco-stats';
import { readCocoKeypoints } from '../../src/read-coco-keypoints';
import { temporaryFolder } from '../temporary-folder';
import { tinyCoco } from '../tiny-coco';
import { cocoDataset } from './run-cli';

const at = temporaryFolder();

test('coco-dataset stats <file> --json prints one object', async () => {
  await writeFile(at('coco.json'), JSON.stringify(tinyCoco()));
  const { code, stdout } = await cocoDataset('stats', at('coco.json'), '--json');
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual(cocoStats(await readCocoKeypoints(at('coco.json'))));
});

test('coco-dataset stats <file> prints a table', async () => {
  await writeFile(at('coco.json'), JSON.stringify(tinyCoco()));
  const { code, stdout } = await cocoDataset('stats', at('coco.json'));
  expect(code).toBe(0);
  expect(stdout).toMatch(/^people +3$/m);
  expect(stdout).toMatch(/^ {2}nose +0 +2 +0$/m);
  expect(stdout).toMatch(/^ {2}width +20\.0 +25\.0 +30\.0 +35\.0 +40\.0$/m);
});

test('bad data is one line on standard error, and exit status 1', async () => {
  const { code, stdout, stderr } = await cocoDataset('stats', at('none.json'));
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toBe(`coco-dataset: ${at('none.json')}: expected a COCO annotation file, but there is no such file\n`);
});

test('--help names the commands', async () => {
  const { stdout } = await cocoDataset('--help');
  for (const command of ['stats', 'validate', 'subset', 'merge', 'convert']) {
    expect(stdout).toMatch(new RegExp(`^  ${command} \\[options\\] <`, 'm'));
    expect((await cocoDataset(command, '--help')).stdout).toContain('--json');
  }
});

test('an unknown option is refused', async () => {
  const { code, stderr } = await cocoDataset('stats', 'x.json', '--yaml');
  expect(code).toBe(1);
  expect(stderr).toContain("unknown option '--yaml'");
});
