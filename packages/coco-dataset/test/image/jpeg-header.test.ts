import fc from 'fast-check';
import sharp from 'sharp';
import { jpegHeader } from '../../src/image/jpeg-header';

const picture = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#4080c0' } });

test('jpegHeader(bytes) is what sharp reads of the header', async () => {
  const size = fc.integer({ min: 1, max: 70 });
  await fc.assert(
    fc.asyncProperty(
      size,
      size,
      fc.record({ progressive: fc.boolean(), chromaSubsampling: fc.constantFrom('4:2:0', '4:4:4') }),
      fc.constantFrom('srgb', 'b-w', 'cmyk'),
      fc.option(fc.integer({ min: 1, max: 8 })),
      async (width, height, options, colourspace, orientation) => {
        let image = picture(width, height).toColourspace(colourspace).jpeg(options);
        if (orientation) image = image.withMetadata({ orientation });
        const jpeg = await image.toBuffer();
        const expected = await sharp(jpeg).metadata();
        const unit = expected.chromaSubsampling?.startsWith('4:2:0') ? 16 : 8;
        expect(jpegHeader(jpeg)).toMatchObject({
          width,
          height,
          components: expected.channels,
          orientation: expected.orientation ?? 1,
          unit: [unit, unit],
        });
      },
    ),
    { numRuns: 40 },
  );
});

test('blocks are counted for each component', async () => {
  const of = async (chromaSubsampling: string) =>
    jpegHeader(await picture(33, 17).jpeg({ chromaSubsampling }).toBuffer());
  expect(await of('4:4:4')).toMatchObject({ blocks: 3 * 5 * 3 });
  expect(await of('4:2:0')).toMatchObject({ blocks: 5 * 3 + 2 * 3 * 2 });
});

test('fill bytes before a marker are part of the format', async () => {
  const jpeg = await picture(8, 8).jpeg().toBuffer();
  const filled = Buffer.concat([jpeg.subarray(0, 2), Buffer.from([0xff, 0xff]), jpeg.subarray(2)]);
  expect(jpegHeader(filled)).toEqual(jpegHeader(jpeg));
});

test('what is no sound beginning of a JPEG is undefined', async () => {
  const jpeg = await picture(8, 8).jpeg().toBuffer();
  const scan = jpeg.indexOf(Buffer.from([0xff, 0xda]));
  const scanHeader = scan + 2 + jpeg.readUInt16BE(scan + 2);
  for (let length = 0; length < scanHeader; length++) expect(jpegHeader(jpeg.subarray(0, length))).toBeUndefined();
  expect(jpegHeader(jpeg.subarray(0, scanHeader))).toBeDefined();

  const frame = jpeg.indexOf(Buffer.from([0xff, 0xc0]));
  const changed = (at: number, value: number) => {
    const copy = Buffer.from(jpeg);
    copy[at] = value;
    return jpegHeader(copy);
  };
  expect(changed(frame + 1, 0xc3)).toBeUndefined(); // lossless
  expect(changed(frame + 4, 12)).toBeUndefined(); // 12 bits
  expect(changed(frame + 6, 0)).toBeUndefined(); // height 0, which comes after the first scan
  expect(changed(frame + 11, 0x01)).toBeUndefined(); // no samples across
  expect(changed(frame, 0)).toBeUndefined();
  expect(jpegHeader(Buffer.concat([jpeg.subarray(0, scan), jpeg.subarray(frame)]))).toBeUndefined(); // two frames
});

test('exif of any content is read without error', () => {
  const exif = Buffer.from('Exif\0\0');
  fc.assert(
    fc.property(fc.constantFrom('II*\0', 'MM\0*', ''), fc.uint8Array({ maxLength: 60 }), (order, content) => {
      const segment = Buffer.concat([exif, Buffer.from(order, 'latin1'), content]);
      const length = Buffer.from([0, segment.length + 2]);
      const app1 = Buffer.concat([Buffer.from([0xff, 0xe1]), length, segment]);
      expect([1, 2, 3, 4, 5, 6, 7, 8]).toContain(jpegHeader(Buffer.concat([SOI, app1, FRAME_AND_SCAN]))?.orientation);
    }),
  );
});

const SOI = Buffer.from([0xff, 0xd8]);
const FRAME_AND_SCAN = Buffer.from([
  ...[0xff, 0xc0, 0, 11, 8, 0, 8, 0, 8, 1, 1, 0x11, 0],
  ...[0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0],
]);
