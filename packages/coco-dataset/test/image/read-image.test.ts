import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import sharp from 'sharp';
import { DatasetError } from '../../src/dataset-error';
import { readImage } from '../../src/image/read-image';
import { temporaryFolder } from '../temporary-folder';

const at = temporaryFolder();
const width = 24;
const height = 16;
const pixels = Uint8Array.from({ length: width * height * 3 }, (_, i) => (i * 37 + (i >> 4)) & 255);
const source = () => sharp(pixels, { raw: { width, height, channels: 3 } });

async function read(encoded: Uint8Array) {
  await writeFile(at('image'), encoded);
  return readImage(at('image'));
}

test('readImage(file) is RGB, row by row', async () => {
  const image = await read(await source().png().toBuffer());
  expect({ ...image, data: [...image.data] }).toEqual({
    width,
    height,
    channels: 3,
    data: [...pixels],
    offset: [0, 0],
    shrink: 1,
    wholeSize: [width, height],
  });
  expect(Buffer.isBuffer(image.data)).toBe(false);
});

test('a JPEG is near its original', async () => {
  const { data } = await read(
    await sharp({ create: { width, height, channels: 3, background: { r: 200, g: 50, b: 20 } } })
      .jpeg()
      .toBuffer(),
  );
  expect(data).toHaveLength(width * height * 3);
  [200, 50, 20].forEach((value, c) => expect(Math.abs(data[c] - value)).toBeLessThanOrEqual(3));
});

test('greyscale is repeated to three channels', async () => {
  const grey = pixels.subarray(0, width * height);
  const encoded = await sharp(grey, { raw: { width, height, channels: 1 } })
    .toColourspace('b-w')
    .png()
    .toBuffer();
  expect((await sharp(encoded).metadata()).channels).toBe(1);
  const { data } = await read(encoded);
  expect([...data]).toEqual([...grey].flatMap((value) => [value, value, value]));
});

test('CMYK becomes RGB', async () => {
  const encoded = await sharp({ create: { width, height, channels: 3, background: { r: 200, g: 50, b: 20 } } })
    .toColourspace('cmyk')
    .jpeg({ quality: 100 })
    .toBuffer();
  expect((await sharp(encoded).metadata()).space).toBe('cmyk');
  const { data, channels } = await read(encoded);
  expect([channels, data.length]).toEqual([3, width * height * 3]);
  // Print cannot show every colour: (200, 50, 20) comes back as (204, 41, 0).
  [200, 50, 20].forEach((value, c) => expect(Math.abs(data[c] - value)).toBeLessThanOrEqual(25));
});

test.each([
  ['rgb16', 3],
  ['grey16', 1],
] as const)('16 bits (%s) become 8', async (colourspace, channels) => {
  const deep = Uint16Array.from({ length: width * height * channels }, (_, i) => (i * 5003) & 65535);
  const encoded = await sharp(deep, { raw: { width, height, channels } }).toColourspace(colourspace).png().toBuffer();
  expect((await sharp(encoded).metadata()).depth).toBe('ushort');
  const { data } = await read(encoded);
  expect(data).toHaveLength(width * height * 3);
  for (let i = 0; i < data.length; i++) {
    const exact = deep[channels === 3 ? i : Math.floor(i / 3)] / 257;
    expect(Math.abs(data[i] - exact)).toBeLessThanOrEqual(1);
  }
});

test('alpha is cut off, the stored colours stay', async () => {
  const rgba = Uint8Array.from([255, 0, 0, 0, 0, 255, 0, 128, 10, 20, 30, 255, 1, 2, 3, 4]);
  const encoded = await sharp(rgba, { raw: { width: 2, height: 2, channels: 4 } })
    .png()
    .toBuffer();
  expect([...(await read(encoded)).data]).toEqual([255, 0, 0, 0, 255, 0, 10, 20, 30, 1, 2, 3]);
});

test('the EXIF orientation is not applied', async () => {
  const turned = await source().withMetadata({ orientation: 6 }).png().toBuffer();
  expect((await sharp(turned).metadata()).orientation).toBe(6);
  const image = await read(turned);
  expect([image.width, image.height]).toEqual([width, height]);
  expect([...image.data]).toEqual([...pixels]);
});

test('an embedded colour profile is not applied', async () => {
  const withProfile = await source().withIccProfile('p3').png().toBuffer();
  const withoutProfile = withoutPngChunk(withProfile, 'iCCP');
  const decoded = async (encoded: Buffer) => [...(await sharp(encoded).raw().toBuffer())];
  expect(await decoded(withProfile)).not.toEqual(await decoded(withoutProfile));
  expect([...(await read(withProfile)).data]).toEqual(await decoded(withoutProfile));
});

test('a file that changes is read anew', async () => {
  await read(await source().png().toBuffer());
  const { data } = await read(await source().negate().png().toBuffer());
  expect(data[0]).toBe(255 - pixels[0]);
});

test('stray bytes between JPEG markers are tolerated', async () => {
  const jpeg = await source().jpeg().toBuffer();
  const stray = Buffer.concat([jpeg.subarray(0, 2), Buffer.from([0, 0, 0]), jpeg.subarray(2)]);
  await expect(sharp(stray, { failOn: 'warning' }).raw().toBuffer()).rejects.toThrow('extraneous bytes');
  expect([...(await read(stray)).data]).toEqual([...(await read(jpeg)).data]);
});

test.each(['jpeg', 'png'] as const)('a truncated %s is an error', async (format) => {
  const noise = sharp({
    create: {
      width: 90,
      height: 70,
      channels: 3,
      background: 'black',
      noise: { type: 'gaussian', mean: 128, sigma: 60 },
    },
  });
  const whole = await noise.toFormat(format).toBuffer();
  await expect(read(whole)).resolves.toMatchObject({ width: 90, height: 70 });
  for (const share of [0.01, 0.5, 0.95]) {
    const error = await read(whole.subarray(0, Math.floor(share * whole.length))).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(DatasetError);
    expect((error as Error).message).toMatch(
      new RegExp(`^${at('image')}: expected a whole image, but decoding \\d+ bytes failed: .+\\. Fetch the file again`),
    );
  }
});

test('a file that is no image is an error', async () => {
  await expect(read(Buffer.from('<html>not found</html>'))).rejects.toThrow(DatasetError);
  await expect(read(Buffer.from('<html>not found</html>'))).rejects.toThrow('unsupported image format');
});

test('an empty file is an error', async () => {
  await expect(read(Buffer.alloc(0))).rejects.toThrow(
    new DatasetError(`${at('image')}: expected an image, found an empty file. Fetch it again`),
  );
});

test('a missing file is an error', async () => {
  await expect(readImage(at('none.jpg'))).rejects.toMatchObject({
    name: 'DatasetError',
    message: `${at('none.jpg')}: expected an image, but there is no such file. Check the image folder, or fetch the file again`,
  });
  await expect(readImage(at('.'))).rejects.toThrow(/expected an image, but it cannot be read: it is a folder/);
});

test('libvips is limited to one thread in worker threads, and left alone in the main thread', async () => {
  await writeFile(at('image'), await source().png().toBuffer());
  const before = sharp.concurrency();
  sharp.concurrency(3);
  try {
    await readImage(at('image'));
    expect(sharp.concurrency()).toBe(3);
    expect(await readInWorker(at('image'))).toEqual({ concurrency: 1, width, first: pixels[0] });
  } finally {
    sharp.concurrency(before);
  }
});

/** Reads an image with the built package in a worker thread. */
function readInWorker(file: string): Promise<unknown> {
  const code = `
    const { parentPort, workerData } = require('node:worker_threads');
    const sharp = require(workerData.sharp);
    require(workerData.package).readImage(workerData.file).then((image) =>
      parentPort.postMessage({ concurrency: sharp.concurrency(), width: image.width, first: image.data[0] }));`;
  const workerData = { file, package: path.resolve(__dirname, '../..'), sharp: require.resolve('sharp') };
  return new Promise((resolve, reject) => {
    const worker = new Worker(code, { eval: true, workerData });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

/** A PNG file less its chunks of one type; a chunk is length, type, data and checksum. */
function withoutPngChunk(png: Buffer, type: string): Buffer {
  const kept = [png.subarray(0, 8)];
  for (let at = 8; at < png.length;) {
    const end = at + 12 + png.readUInt32BE(at);
    if (png.toString('latin1', at + 4, at + 8) !== type) kept.push(png.subarray(at, end));
    at = end;
  }
  return Buffer.concat(kept);
}
