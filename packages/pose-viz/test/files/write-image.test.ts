import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { VizError } from '../../src';
import { encodeJpeg, encodePng, writeImage } from '../../src/node';
import { createImage } from '../../src/picture/image';

const image = createImage(8, 6, [200, 30, 60]);
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pose-viz-'));
});
afterAll(() => rm(folder, { recursive: true }));

test.each([
  ['a.png', encodePng],
  ['a.jpg', encodeJpeg],
  ['a.b.JPEG', encodeJpeg],
])('writeImage() writes %s in the format of its name', async (name, encode) => {
  await writeImage(join(folder, name), image);
  expect((await readFile(join(folder, name))).equals(await encode(image))).toBe(true);
});

test.each(['c.webp', 'png', 'c.png.tmp'])('writeImage() refuses %s, and writes nothing', async (name) => {
  const before = await readdir(folder);
  const file = join(folder, name);
  const message = `writeImage: expected a file name that ends in .png, .jpg or .jpeg, found ${file}`;
  await expect(writeImage(file, image)).rejects.toThrow(new VizError(message));
  expect(await readdir(folder)).toEqual(before);
});
