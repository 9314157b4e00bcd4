import { writeFile } from 'node:fs/promises';
import fc from 'fast-check';
import { DatasetError } from '../../src/dataset-error';
import { readImageHeader } from '../../src/image/image-header';
import { readImage, type ReadImageOptions } from '../../src/image/read-image';
import { temporaryFolder } from '../temporary-folder';
import { texture } from './encoded-image';

const at = temporaryFolder();

const files = Promise.all([
  texture(40, 30).jpeg({ quality: 60 }).toBuffer(),
  texture(40, 30).jpeg({ progressive: true, chromaSubsampling: '4:4:4' }).toBuffer(),
  texture(33, 17).withMetadata({ orientation: 6 }).jpeg().toBuffer(),
  texture(30, 30).toColourspace('b-w').jpeg().toBuffer(),
  texture(24, 24).toColourspace('cmyk').jpeg().toBuffer(),
  texture(20, 15).png().toBuffer(),
  texture(20, 15).png({ palette: true, progressive: true }).toBuffer(),
  texture(20, 15).webp({ quality: 50 }).toBuffer(),
  texture(20, 15).webp({ lossless: true }).toBuffer(),
]);

/** Places are drawn in thousandths of the file; one in three lies in its first hundredth, where headers are. */
const place = fc.oneof(
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 99_999 }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 10_000 }) },
);
const change = fc.oneof(
  fc.record({ kind: fc.constant('set' as const), place, value: fc.integer({ min: 0, max: 255 }) }),
  fc.record({ kind: fc.constant('flip' as const), place, value: fc.integer({ min: 0, max: 7 }) }),
  fc.record({ kind: fc.constant('insert' as const), place, value: fc.uint8Array({ minLength: 1, maxLength: 12 }) }),
  fc.record({ kind: fc.constant('remove' as const), place, value: fc.integer({ min: 1, max: 40 }) }),
  fc.record({ kind: fc.constant('marker' as const), place, value: fc.integer({ min: 0xc0, max: 0xff }) }),
  fc.record({ kind: fc.constant('cut' as const), place, value: fc.constant(0) }),
);
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

function changed(bytes: Buffer, { kind, place: share, value }: Change): Buffer {
  const i = Math.floor((share / 100_000) * bytes.length);
  const copy = Buffer.from(bytes);
  if (kind === 'insert') return Buffer.concat([bytes.subarray(0, i), value, bytes.subarray(i)]);
  if (kind === 'remove') return Buffer.concat([bytes.subarray(0, i), bytes.subarray(i + value)]);
  if (kind === 'cut') return copy.subarray(0, i);
  if (i >= copy.length) return copy;
  if (kind === 'set') copy[i] = value;
  if (kind === 'flip') copy[i] ^= 1 << value;
  if (kind === 'marker') Buffer.from([0xff, value]).copy(copy, i);
  return copy;
}

const options: fc.Arbitrary<ReadImageOptions> = fc.record(
  {
    orientation: fc.constantFrom('stored', 'exif'),
    region: fc.tuple(
      fc.integer({ min: -5, max: 45 }),
      fc.integer({ min: -5, max: 35 }),
      fc.integer({ min: 1, max: 50 }),
      fc.integer({ min: 1, max: 50 }),
    ),
    shrink: fc.constantFrom(1, 2, 4, 8),
  },
  { requiredKeys: [] },
);

test('a damaged file gives an image of the size that it declares, or a DatasetError', async () => {
  const whole = await files;
  await fc.assert(
    fc.asyncProperty(
      fc.nat(whole.length - 1),
      fc.array(change, { minLength: 1, maxLength: 4 }),
      options,
      async (which, changes, chosen) => {
        await writeFile(at('image'), changes.reduce(changed, whole[which]));
        const header = await orDatasetError(readImageHeader(at('image')));
        const image = await orDatasetError(readImage(at('image'), { ...chosen, maxPixels: 500_000 }));
        if (image instanceof DatasetError) {
          expect(image.message.startsWith(`${at('image')}: expected `)).toBe(true);
          return;
        }
        expect(header).not.toBeInstanceOf(DatasetError);
        const { width, height, orientation } = header as Exclude<typeof header, DatasetError>;
        const turned = chosen.orientation === 'exif' && orientation >= 5;
        expect(image.wholeSize).toEqual(turned ? [height, width] : [width, height]);
        expect(image.data).toHaveLength(image.width * image.height * 3);
        if (!chosen.region) {
          expect([image.width, image.height]).toEqual(image.wholeSize.map((side) => Math.ceil(side / image.shrink)));
        }
      },
    ),
    { numRuns: fc.readConfigureGlobal().numRuns ?? 400 },
  );
});

test('any bytes are an image or a DatasetError', async () => {
  const beginnings = [
    '',
    '\xff\xd8\xff',
    '\x89PNG\r\n\x1a\n',
    'RIFF\x20\0\0\0WEBPVP8 ',
    'GIF89a',
    'II*\0',
    'MM\0*',
    '<svg ',
  ];
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...beginnings), fc.uint8Array({ maxLength: 100 }), async (beginning, rest) => {
      await writeFile(at('image'), Buffer.concat([Buffer.from(beginning, 'latin1'), rest]));
      await orDatasetError(readImage(at('image'), { maxPixels: 500_000 }));
    }),
    { numRuns: fc.readConfigureGlobal().numRuns ?? 200 },
  );
});

/** Any other error fails the test. */
async function orDatasetError<T>(result: Promise<T>): Promise<T | DatasetError> {
  try {
    return await result;
  } catch (error) {
    if (error instanceof DatasetError) return error;
    throw error;
  }
}
