import { writeFile } from 'node:fs/promises';
import sharp from 'sharp';
import { DatasetError } from '../../src/dataset-error';
import { readImageHeader } from '../../src/image/image-header';
import { temporaryFolder } from '../temporary-folder';

const at = temporaryFolder();
const picture = () => sharp({ create: { width: 30, height: 20, channels: 3, background: '#4080c0' } });

async function header(encoded: Uint8Array) {
  await writeFile(at('image'), encoded);
  return readImageHeader(at('image'));
}

test.each(['jpeg', 'png', 'webp', 'tiff', 'gif'] as const)('readImageHeader(file) of a %s', async (format) => {
  const encoded = await picture().toFormat(format).toBuffer();
  expect(await header(encoded)).toEqual({ width: 30, height: 20, format, orientation: 1 });
});

test.each(['jpeg', 'png', 'webp', 'tiff'] as const)(
  'the orientation of a %s is told, the size is as stored',
  async (format) => {
    const encoded = await picture().withMetadata({ orientation: 6 }).toFormat(format).toBuffer();
    expect(await header(encoded)).toEqual({ width: 30, height: 20, format, orientation: 6 });
  },
);

test('the pixels are not looked at', async () => {
  const jpeg = await picture().jpeg().toBuffer();
  expect(await header(jpeg.subarray(0, jpeg.length - 8))).toMatchObject({ width: 30, height: 20 });
});

test('metadata of more than 64 KiB may come first', async () => {
  const jpeg = await picture().jpeg().toBuffer();
  const comment = Buffer.alloc(2 ** 16 + 1, 'x');
  comment.set([0xff, 0xfe, 0xff, 0xff]);
  const encoded = Buffer.concat([jpeg.subarray(0, 2), comment, comment, jpeg.subarray(2)]);
  expect(await header(encoded)).toEqual({ width: 30, height: 20, format: 'jpeg', orientation: 1 });
});

test('what is no image of pixels is an error', async () => {
  await expect(header(Buffer.from('<html>'))).rejects.toThrow(DatasetError);
  await expect(header(Buffer.from('<svg width="9" height="9"/>'))).rejects.toThrow(
    new DatasetError(`${at('image')}: expected an image of pixels, found a drawing (svg). Convert it to PNG`),
  );
  await expect(header(Buffer.from([0xff, 0xd8, 0xff]))).rejects.toThrow(/expected a whole image, but decoding 3 bytes/);
});
