import { cp, mkdir, symlink, writeFile } from 'node:fs/promises';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import fc from 'fast-check';
import sharp from 'sharp';
import { decodeWithSharp } from '../../src/image/decode-with-sharp';
import { jpegHeader } from '../../src/image/jpeg-header';
import { turboJpeg } from '../../src/image/turbo-jpeg';
import { temporaryFolder } from '../temporary-folder';
import { jpegFiles, texture } from './encoded-image';

const at = temporaryFolder();
const decode = turboJpeg();
const whereThereIsOne = decode ? test : test.skip;

const whereItShouldBe = process.platform === 'linux' && ['x64', 'arm64'].includes(process.arch) ? test : test.skip;

whereItShouldBe('libjpeg-turbo is there on Linux with x64 or arm64', () => {
  expect(decode).toBeDefined();
});

whereThereIsOne('libjpeg-turbo and sharp decode to the same pixels', async () => {
  await fc.assert(
    fc.asyncProperty(jpegFiles(80), async ({ encode }) => {
      const jpeg = await encode();
      const expected = await decodeWithSharp(jpeg);
      const image = await decode!(jpeg, jpegHeader(jpeg)!);
      expect([image?.width, image?.height]).toEqual([expected.width, expected.height]);
      expect(Buffer.compare(image!.data, expected.data)).toBe(0);
    }),
    { numRuns: 80 },
  );
});

whereThereIsOne('a region has the pixels of the whole image', async () => {
  const share = fc.integer({ min: 0, max: 1000 }).map((n) => n / 1000);
  await fc.assert(
    fc.asyncProperty(jpegFiles(120), share, share, share, share, async ({ encode }, ...shares) => {
      const jpeg = await encode();
      const header = jpegHeader(jpeg)!;
      const whole = (await decode!(jpeg, header))!;
      const x = Math.floor(shares[0] * (whole.width - 1));
      const y = Math.floor(shares[1] * (whole.height - 1));
      const width = 1 + Math.floor(shares[2] * (whole.width - x - 1));
      const height = 1 + Math.floor(shares[3] * (whole.height - y - 1));
      const part = (await decode!(jpeg, header, { region: [x, y, width, height] }))!;
      expect([part.width, part.height]).toEqual([width, height]);
      for (let row = 0; row < height; row++) {
        const start = ((y + row) * whole.width + x) * 3;
        const expected = whole.data.subarray(start, start + width * 3);
        const found = part.data.subarray(row * width * 3, (row + 1) * width * 3);
        if (Buffer.compare(found, expected) !== 0) throw new Error(`row ${row} of ${[x, y, width, height].join()}`);
      }
    }),
    { numRuns: 80 },
  );
});

whereThereIsOne('damage, repeated scans, or another size than the header has: not decoded', async () => {
  const jpeg = await texture(40, 30).jpeg().toBuffer();
  const header = jpegHeader(jpeg)!;
  await expect(decode!(jpeg.subarray(0, jpeg.length - 30), header)).resolves.toBeUndefined();
  await expect(decode!(jpeg, { ...header, width: 39 })).resolves.toBeUndefined();
  await expect(decode!(Buffer.from('text'), header)).resolves.toBeUndefined();

  const progressive = await texture(40, 30).jpeg({ progressive: true }).toBuffer();
  await expect(decode!(progressive, header)).resolves.toBeDefined();
  const scan = progressive.lastIndexOf(Buffer.from([0xff, 0xda]));
  const last = progressive.subarray(scan, progressive.length - 2);
  const repeated = Buffer.concat([progressive.subarray(0, scan), ...Array<Buffer>(200).fill(last), EOI]);
  await expect(decode!(repeated, header)).resolves.toBeUndefined();
});

whereThereIsOne('many images at once in the main thread', async () => {
  const files = await Promise.all([1, 2, 3, 4, 5, 6].map((seed) => texture(200, 150, seed).jpeg().toBuffer()));
  const images = await Promise.all(files.flatMap((jpeg) => [0, 1, 2].map(() => decode!(jpeg, jpegHeader(jpeg)!))));
  for (const [i, image] of images.entries()) {
    const expected = await decodeWithSharp(files[Math.floor(i / 3)]);
    expect(Buffer.compare(image!.data, expected.data)).toBe(0);
  }
});

test('without its optional dependencies the built package decodes with sharp alone', async () => {
  const jpeg = await texture(50, 40).jpeg().toBuffer();
  await writeFile(at('image.jpg'), jpeg);
  await mkdir(at('node_modules'));
  await cp(path.resolve(__dirname, '../../dist/index.cjs'), at('index.cjs'));
  await symlink(path.resolve(__dirname, '../../node_modules/sharp'), at('node_modules/sharp'));
  const program = `
    for (const name of ['koffi', '@julusian/jpeg-turbo']) {
      try { require.resolve(name); console.log('there is ' + name); } catch {}
    }
    require('./index.cjs').readImage('image.jpg', { region: [30, 30, 2, 2] })
      .then(({ data, width, offset }) => console.log(width, offset[0], Buffer.from(data).toString('base64')))`;
  await writeFile(at('program.cjs'), program);
  const output = execFileSync(process.execPath, ['program.cjs'], { cwd: at('.'), env: {}, encoding: 'utf8' });
  const pixels = await sharp(jpeg).raw().toBuffer();
  expect(output).toBe(`50 0 ${pixels.toString('base64')}\n`);
});

const EOI = Buffer.from([0xff, 0xd9]);
