import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { VizError } from '../../src';
import { encodeJpeg, writeJpeg } from '../../src/node';
import { loadSharp } from '../../src/files/encode-jpeg';
import { createImage } from '../../src/picture/image';
import { strokeLine } from '../../src/surface/stroke';

/** A thin blue line on grey: what halved colour would blur. */
const image = createImage(40, 30, [120, 120, 120]);
strokeLine(image, [5, 5], [35, 24], 1, [40, 150, 255], 1);

test('encodeJpeg() is read back by sharp with the picture’s size and nearly its pixels, colour at full resolution', async () => {
  const bytes = await encodeJpeg(image);
  const { format, chromaSubsampling } = await sharp(bytes).metadata();
  expect([format, chromaSubsampling]).toEqual(['jpeg', '4:4:4']);
  const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
  expect([info.width, info.height, info.channels]).toEqual([40, 30, 3]);
  const error = data.reduce((sum, value, i) => sum + Math.abs(value - image.data[i]), 0) / data.length;
  expect(error).toBeLessThan(1.5);
});

test('encodeJpeg() with a lower quality makes a smaller file', async () => {
  const sizes = [10, 92, 100].map(async (quality) => (await encodeJpeg(image, { quality })).length);
  const [low, usual, high] = await Promise.all(sizes);
  expect(low).toBeLessThan(usual);
  expect(usual).toBeLessThan(high);
});

test.each([0, 101, 50.5, NaN])('encodeJpeg() refuses a quality of %p', async (quality) => {
  const message = `encodeJpeg: expected a whole number of 1..100 as options.quality, found ${quality}`;
  await expect(encodeJpeg(image, { quality })).rejects.toThrow(new VizError(message));
});

test('writeJpeg() writes the file, and nothing beside it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'pose-viz-'));
  try {
    await writeJpeg(join(folder, 'a.jpg'), image, { quality: 60 });
    expect(await readdir(folder)).toEqual(['a.jpg']);
    expect((await readFile(join(folder, 'a.jpg'))).equals(await encodeJpeg(image, { quality: 60 }))).toBe(true);
    await expect(writeJpeg(join(folder, 'no', 'a.jpg'), image)).rejects.toThrow(
      /^writeJpeg: cannot write .*a\.jpg: ENOENT/,
    );
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('without sharp, the error says how to get it; other failures of loading stay what they are', async () => {
  const absent: string = '@pose/not-installed';
  const failed = loadSharp(() => import(absent) as ReturnType<typeof loadSharp>);
  await expect(failed).rejects.toMatchObject({
    name: 'VizError',
    message: expect.stringMatching(/npm install sharp$/),
  });
  const broken = new SyntaxError('broken');
  await expect(loadSharp(() => Promise.reject(broken))).rejects.toBe(broken);
});
