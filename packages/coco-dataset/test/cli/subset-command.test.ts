import { readFile, writeFile } from 'node:fs/promises';
import { temporaryFolder } from '../temporary-folder';
import { tinyCoco } from '../tiny-coco';
import { cocoDataset } from './run-cli';

const at = temporaryFolder();

async function subset(...options: string[]) {
  await writeFile(at('coco.json'), JSON.stringify(tinyCoco()));
  return cocoDataset('subset', at('coco.json'), at('out.json'), ...options);
}

async function writtenIds(): Promise<number[]> {
  const { images } = JSON.parse(await readFile(at('out.json'), 'utf8')) as { images: { id: number }[] };
  return images.map(({ id }) => id);
}

test('coco-dataset subset <file> <output> --first writes the first images', async () => {
  const { code, stdout, stderr } = await subset('--first', '1');
  expect([code, stdout, stderr]).toEqual([0, `${at('out.json')}: 1 images, 3 annotations\n`, '']);
  expect(await writtenIds()).toEqual([7]);
});

test('--ids, --ids-file, --share and --with-keypoints choose images', async () => {
  expect((await subset('--ids', '3')).code).toBe(0);
  expect(await writtenIds()).toEqual([3]);
  await writeFile(at('ids.json'), '[\n 3,\n 7\n]\n');
  expect((await subset('--ids-file', at('ids.json'))).code).toBe(0);
  expect(await writtenIds()).toEqual([7, 3]);
  expect((await subset('--share', '0.5', '--seed', '3')).code).toBe(0);
  expect(await writtenIds()).toHaveLength(1);
  expect((await subset('--with-keypoints', '--json')).stdout).toBe(
    `${JSON.stringify({ input: at('coco.json'), output: at('out.json'), images: 2, annotations: 2 }, null, 2)}\n`,
  );
});

test.each([
  [['--first', '0'], 'expected a whole number above 0.'],
  [['--share', '1.5'], 'expected a number above 0, at most 1.'],
  [['--ids', '3,x'], 'expected a whole number.'],
  [['--ids', ','], 'expected ids, such as "139,285".'],
  [['--seed', '1'], 'subset: expected --first, --ids, --ids-file, --share or --with-keypoints, found none'],
  [['--ids', '3', '--ids-file', 'x'], 'subset: expected --ids or --ids-file, found both'],
  [['--ids-file', 'none.txt'], 'none.txt: expected image ids, but it cannot be read: ENOENT'],
  [['--ids', '8'], 'images: expected the ids 8 among 2 images, found 1 of 1 missing'],
])('%j is refused', async (options, message) => {
  const { code, stdout, stderr } = await subset(...options);
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toContain(message);
  expect(stderr.trim().split('\n')).toHaveLength(1);
});

test('a file of ids that holds anything else is refused', async () => {
  await writeFile(at('ids.txt'), '3 seven');
  expect((await subset('--ids-file', at('ids.txt'))).stderr).toBe(
    `coco-dataset: ${at('ids.txt')}: expected image ids, whole numbers separated by commas or white space\n`,
  );
});

test('the input is not overwritten', async () => {
  await writeFile(at('coco.json'), JSON.stringify(tinyCoco()));
  const { code, stderr } = await cocoDataset('subset', at('coco.json'), at('coco.json'), '--first', '1');
  expect(code).toBe(1);
  expect(stderr).toContain('expected another file than the input');
  expect(await readFile(at('coco.json'), 'utf8')).toBe(JSON.stringify(tinyCoco()));
});
