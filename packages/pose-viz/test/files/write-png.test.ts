import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { VizError } from '../../src';
import { encodePng, writePng } from '../../src/node';
import type { Image } from '../../src';

const image: Image = { data: Uint8Array.from({ length: 12 }, (_, i) => i * 20), width: 2, height: 2, channels: 3 };
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pose-viz-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('writePng() writes the encoded picture, and nothing beside it', async () => {
  const file = join(folder, 'a.png');
  await writeFile(file, 'an older file');
  await writePng(file, image);
  expect((await readFile(file)).equals(encodePng(image))).toBe(true);
  expect(await readdir(folder)).toEqual(['a.png']);
});

test('writePng() into a folder that is not there throws, with the cause', async () => {
  const failed = writePng(join(folder, 'no', 'a.png'), image);
  await expect(failed).rejects.toThrow(VizError);
  await expect(failed).rejects.toThrow(/^writePng: cannot write .*a\.png: ENOENT/);
  await expect(failed).rejects.toHaveProperty('cause.code', 'ENOENT');
});

test('writePng() that fails at the rename leaves no partial file, and what was there', async () => {
  const file = join(folder, 'a.png');
  await mkdir(file);
  await writeFile(join(file, 'inside'), 'kept');
  await expect(writePng(file, image)).rejects.toThrow(VizError);
  expect(await readdir(folder)).toEqual(['a.png']);
  expect(await readFile(join(file, 'inside'), 'utf8')).toBe('kept');
});

test('writePng() of a bad image leaves the earlier file', async () => {
  const file = join(folder, 'a.png');
  await writeFile(file, 'an older file');
  await expect(writePng(file, { ...image, width: 3 })).rejects.toThrow(VizError);
  expect(await readFile(file, 'utf8')).toBe('an older file');
  expect(await readdir(folder)).toEqual(['a.png']);
});
