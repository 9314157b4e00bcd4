import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { deflateSync, crc32 } from 'node:zlib';
import fc from 'fast-check';
import sharp from 'sharp';
import { DatasetError } from '../../src/dataset-error';
import { readImage, type ReadImageOptions } from '../../src/image/read-image';
import { turboJpeg } from '../../src/image/turbo-jpeg';
import { temporaryFolder } from '../temporary-folder';
import { jpegFiles, texture } from './encoded-image';

const at = temporaryFolder();

async function read(encoded: Uint8Array, options?: ReadImageOptions) {
  await writeFile(at('image'), encoded);
  return readImage(at('image'), options);
}

describe('into', () => {
  test.each(['jpeg', 'png'] as const)('is used for a %s when it is large enough', async (format) => {
    const encoded = await texture(20, 10).toFormat(format).toBuffer();
    const alone = await read(encoded);
    const into = new Uint8Array(700);
    const image = await read(encoded, { into });
    expect(image.data.buffer).toBe(into.buffer);
    expect(image.data).toHaveLength(600);
    expect([...image.data]).toEqual([...alone.data]);
    expect([...into.subarray(600)]).toEqual(Array(100).fill(0));
    expect((await read(encoded, { into: new Uint8Array(599) })).data).toHaveLength(600);
  });

  test('may be a part of a buffer', async () => {
    const encoded = await texture(20, 10).jpeg().toBuffer();
    const memory = new Uint8Array(1000);
    const image = await read(encoded, { into: memory.subarray(101, 901) });
    expect([image.data.byteOffset, image.data.length]).toEqual([101, 600]);
    expect([...memory.subarray(0, 101), ...memory.subarray(701)]).toEqual(Array(400).fill(0));
    expect([...image.data]).toEqual([...(await read(encoded)).data]);
  });

  test('is as large as the turned image, not as both', async () => {
    const encoded = await texture(20, 10).withMetadata({ orientation: 6 }).jpeg().toBuffer();
    const into = new Uint8Array(600);
    const image = await read(encoded, { into, orientation: 'exif' });
    expect(image.data.buffer).toBe(into.buffer);
  });
});

describe('orientation', () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])('"exif" turns an image of orientation %d as sharp does', async (orientation) => {
    for (const format of ['jpeg', 'png'] as const) {
      const encoded = await texture(21, 10).withMetadata({ orientation }).toFormat(format).toBuffer();
      const expected = await sharp(encoded, { ignoreIcc: true })
        .autoOrient()
        .raw()
        .toBuffer({ resolveWithObject: true });
      const image = await read(encoded, { orientation: 'exif' });
      expect([image.width, image.height]).toEqual([expected.info.width, expected.info.height]);
      expect(image.wholeSize).toEqual([image.width, image.height]);
      expect([...image.data]).toEqual([...expected.data]);
      const stored = await read(encoded);
      expect([stored.width, stored.height]).toEqual([21, 10]);
    }
  });
});

describe('region', () => {
  test('of an image that is turned, all is returned', async () => {
    const encoded = await texture(40, 30).withMetadata({ orientation: 6 }).jpeg().toBuffer();
    const image = await read(encoded, { orientation: 'exif', region: [3, 3, 5, 5] });
    expect(image).toMatchObject({ width: 30, height: 40, offset: [0, 0], wholeSize: [30, 40] });
  });

  test('a region is at least the pixels that it touches, as they are in the whole image', async () => {
    const place = fc.integer({ min: -30, max: 150 }).map((n) => n / 2);
    const length = fc.integer({ min: 1, max: 200 }).map((n) => n / 2);
    await fc.assert(
      fc.asyncProperty(jpegFiles(70), place, place, length, length, async ({ encode }, x, y, width, height) => {
        const whole = await read(await encode());
        const part = await readImage(at('image'), { region: [x, y, width, height] });
        expect(part.wholeSize).toEqual([whole.width, whole.height]);
        const [left, top] = part.offset;
        for (let row = 0; row < part.height; row++) {
          const start = ((top + row) * whole.width + left) * 3;
          const expected = whole.data.subarray(start, start + part.width * 3);
          expect(Buffer.compare(part.data.subarray(row * part.width * 3, (row + 1) * part.width * 3), expected)).toBe(
            0,
          );
        }
        expect(left).toBeLessThanOrEqual(Math.max(0, x));
        expect(top).toBeLessThanOrEqual(Math.max(0, y));
        expect(left + part.width).toBeGreaterThanOrEqual(Math.min(whole.width, x + width));
        expect(top + part.height).toBeGreaterThanOrEqual(Math.min(whole.height, y + height));
      }),
      { numRuns: 60 },
    );
  });

  test('a JPEG is decoded no further where libjpeg-turbo does it', async () => {
    const { width, height, offset } = await read(await texture(100, 90).jpeg().toBuffer(), {
      region: [30.5, 7, 9, 20.2],
    });
    const expected = turboJpeg() ? [10, 21, 30, 7] : [100, 90, 0, 0];
    expect([width, height, ...offset]).toEqual(expected);
  });

  test('a file that ends too early is refused though the region is there', async () => {
    const jpeg = await texture(100, 90).jpeg().toBuffer();
    for (const length of [jpeg.length - 1, jpeg.length - 2, Math.floor(jpeg.length / 2)]) {
      const whole = await read(jpeg.subarray(0, length)).catch((error: unknown) => error);
      const part = await read(jpeg.subarray(0, length), { region: [0, 0, 9, 9] }).catch((error: unknown) => error);
      expect(part instanceof DatasetError).toBe(whole instanceof DatasetError);
    }
    await expect(read(jpeg.subarray(0, jpeg.length >> 1), { region: [0, 0, 9, 9] })).rejects.toThrow(DatasetError);
  });
});

describe('shrink', () => {
  test.each([2, 4, 8] as const)(
    '%d divides the size, rounded up, and keeps the mean of smooth pictures',
    async (shrink) => {
      const { data: smooth } = await texture(9, 7)
        .resize(83, 61)
        .toColourspace('srgb')
        .raw()
        .toBuffer({ resolveWithObject: true });
      const jpeg = await sharp(smooth, { raw: { width: 83, height: 61, channels: 3 } })
        .jpeg({ quality: 95 })
        .toBuffer();
      const image = await read(jpeg, { shrink, region: [0, 0, 9, 9] });
      expect(image).toMatchObject({ offset: [0, 0], wholeSize: [83, 61], shrink: turboJpeg() ? shrink : 1 });
      expect([image.width, image.height]).toEqual([Math.ceil(83 / image.shrink), Math.ceil(61 / image.shrink)]);
      expect(Math.abs(mean(image.data, 1) - mean((await read(jpeg)).data, 1))).toBeLessThan(4);
    },
  );

  test('files of other formats are not shrunk', async () => {
    expect(await read(await texture(16, 16).png().toBuffer(), { shrink: 8 })).toMatchObject({ width: 16, shrink: 1 });
  });

  test('dense saturated colours change their mean: no reduction keeps to one grey level', async () => {
    if (!turboJpeg()) return;
    const side = 400;
    const colour = (x: number, y: number) => ((x * 7 + y * 3) % 23 < 6 ? [0, 255, 0] : [255, 0, 0]);
    const pixels = Uint8Array.from(
      Array.from({ length: side * side }, (_, i) => colour(i % side, Math.floor(i / side))).flat(),
    );
    const jpeg = await sharp(pixels, { raw: { width: side, height: side, channels: 3 } })
      .jpeg({ quality: 90 })
      .toBuffer();
    const blue = [mean((await read(jpeg)).data, 2), mean((await read(jpeg, { shrink: 2 })).data, 2)];
    expect(blue[0] - blue[1]).toBeGreaterThan(5);
  });
});

describe('limits', () => {
  test('the default admits 108 megapixels and refuses what no camera takes', async () => {
    const declared = async (width: number, height: number) => {
      const error: unknown = await read(png(width, height)).catch((reason: unknown) => reason);
      return (error as Error).message;
    };
    expect(await declared(65500, 65500)).toBe(
      `${at('image')}: expected an image of at most 134217728 pixels, found one that declares 65500x65500 = ` +
        `4290250000. Raise maxPixels if that is its size, else take it out of the annotations`,
    );
    expect(await declared(12000, 9000)).toContain('expected a whole image, but decoding');
  });

  test('a small file that declares a huge image is refused, with no memory taken', async () => {
    const jpeg = await texture(16, 16).jpeg().toBuffer();
    const frame = jpeg.indexOf(Buffer.from([0xff, 0xc0]));
    const before = process.memoryUsage.rss();
    jpeg.writeUInt16BE(65500, frame + 5);
    jpeg.writeUInt16BE(65500, frame + 7);
    await expect(read(jpeg)).rejects.toThrow('found one that declares 65500x65500 = 4290250000');
    jpeg.writeUInt16BE(11000, frame + 5);
    jpeg.writeUInt16BE(11000, frame + 7);
    await expect(read(jpeg)).rejects.toThrow(
      new RegExp(`decoding ${jpeg.length} bytes failed: they are too few for the 11000x11000 pixels declared`),
    );
    await expect(read(png(65500, 65500))).rejects.toThrow('65500x65500');
    expect(process.memoryUsage.rss() - before).toBeLessThan(2 ** 27);
  });

  test.each(['jpeg', 'png', 'webp'] as const)('maxPixels holds for a %s, up to its last pixel', async (format) => {
    const encoded = await texture(20, 10).toFormat(format).toBuffer();
    await expect(read(encoded, { maxPixels: 200 })).resolves.toMatchObject({ width: 20 });
    await expect(read(encoded, { maxPixels: 199 })).rejects.toThrow(
      'at most 199 pixels, found one that declares 20x10',
    );
  });

  test('maxBytes', async () => {
    const encoded = await texture(20, 10).png().toBuffer();
    await expect(read(encoded, { maxBytes: encoded.length })).resolves.toMatchObject({ width: 20 });
    await expect(read(encoded, { maxBytes: encoded.length - 1 })).rejects.toThrow('Raise maxBytes');
  });
});

test.each<[object, string]>([
  [{ maxPixels: 0 }, 'maxPixels: expected a positive whole number, found 0'],
  [{ maxBytes: NaN }, 'maxBytes: expected a positive whole number, found NaN'],
  [{ shrink: 3 }, 'shrink: expected 1, 2, 4 or 8, found 3'],
  [{ orientation: 'up' }, 'orientation: expected "stored" or "exif", found up'],
  [{ region: [0, 0, 0, 5] }, 'region: expected [x, y, width, height] with a positive size, found 0,0,0,5'],
  [{ region: [0, NaN, 5, 5] }, 'region: expected [x, y, width, height] with a positive size, found 0,NaN,5,5'],
  [{ into: [1, 2] }, 'into: expected a Uint8Array, found 1,2'],
])('%j is an error', async (options, message) => {
  await expect(read(await texture(8, 8).jpeg().toBuffer(), options)).rejects.toThrow(new DatasetError(message));
});

test('worker threads of one process decode to the same bytes as the main thread', async () => {
  const names = ['a.jpg', 'b.png', 'c.jpg', 'd.webp', 'e.jpg'];
  for (const [i, name] of names.entries()) await texture(90 + i, 70 - i, i + 1).toFile(at(name));
  const files = names.map(at);
  const expected = [];
  for (const file of files) expected.push(Buffer.from((await readImage(file)).data).toString('base64'));
  const all = await Promise.all([0, 1, 2, 3].map(() => readInWorker(files)));
  for (const images of all) expect(images).toEqual([...expected, ...expected, ...expected]);
});

/** Reads the files three times with the built package in a worker thread, into the same memory. */
function readInWorker(files: string[]): Promise<string[]> {
  const code = `
    const { parentPort, workerData } = require('node:worker_threads');
    const { readImage } = require(workerData.package);
    (async () => {
      const into = new Uint8Array(100 * 100 * 3);
      const images = [];
      for (let i = 0; i < 3; i++) {
        for (const file of workerData.files) {
          images.push(Buffer.from((await readImage(file, { into })).data).toString('base64'));
        }
      }
      parentPort.postMessage(images);
    })();`;
  return new Promise((resolve, reject) => {
    const worker = new Worker(code, {
      eval: true,
      workerData: { files, package: path.resolve(__dirname, '../..') },
    });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

function mean(data: Uint8Array, channel: number): number {
  let sum = 0;
  for (let i = channel; i < data.length; i += 3) sum += data[i];
  return sum / (data.length / 3);
}

/** A PNG file that declares this size and holds one row of nothing. */
function png(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const content = Buffer.concat([Buffer.from(type), data]);
    const bytes = Buffer.alloc(content.length + 8);
    bytes.writeUInt32BE(data.length, 0);
    content.copy(bytes, 4);
    bytes.writeUInt32BE(crc32(content), bytes.length - 4);
    return bytes;
  };
  const header = Buffer.from([...Array<number>(8).fill(0), 8, 2, 0, 0, 0]);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(width * 3 + 1))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
