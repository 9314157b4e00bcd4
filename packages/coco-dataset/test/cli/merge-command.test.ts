import { readFile, writeFile } from 'node:fs/promises';
import { temporaryFolder } from '../temporary-folder';
import { tinyCoco } from '../tiny-coco';
import { cocoDataset } from './run-cli';

const at = temporaryFolder();

beforeEach(async () => {
  await writeFile(at('a.json'), JSON.stringify(tinyCoco()));
  await writeFile(at('b.json'), JSON.stringify(tinyCoco()));
});

test('coco-dataset merge <files> --renumber -o <output> joins files', async () => {
  const { code, stdout } = await cocoDataset('merge', at('a.json'), at('b.json'), '--renumber', '-o', at('out.json'));
  expect([code, stdout]).toEqual([0, `${at('out.json')}: 4 images, 8 annotations of 2 files\n`]);
  const { stdout: stats } = await cocoDataset('stats', at('out.json'), '--json');
  expect(JSON.parse(stats)).toMatchObject({ images: 4, people: 6, withKeypoints: 4, crowd: 2 });
});

test('--json prints one object', async () => {
  const inputs = [at('a.json'), at('b.json')];
  const { stdout } = await cocoDataset('merge', ...inputs, '--renumber', '-o', at('out.json'), '--json');
  expect(JSON.parse(stdout)).toEqual({ inputs, output: at('out.json'), images: 4, annotations: 8 });
});

test('ids that clash are refused', async () => {
  const { code, stderr } = await cocoDataset('merge', at('a.json'), at('b.json'), '-o', at('out.json'));
  expect(code).toBe(1);
  expect(stderr).toContain(`${at('b.json')}: images[0].id: expected an id that no other file uses, found 7`);
  await expect(readFile(at('out.json'))).rejects.toThrow('ENOENT');
});

test('the output is required', async () => {
  const { code, stderr } = await cocoDataset('merge', at('a.json'), at('b.json'));
  expect([code, stderr]).toEqual([1, "error: required option '-o, --output <output.json>' not specified\n"]);
});
