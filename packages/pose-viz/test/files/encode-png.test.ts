import { PNG } from 'pngjs';
import { VizError } from '../../src';
import { encodePng } from '../../src/node';
import type { Image } from '../../src';

test('encodePng() is read back by pngjs, pixel by pixel', () => {
  // A view into a larger buffer: the offset counts.
  const all = Uint8Array.from({ length: 5 + 7 * 5 * 3 }, (_, i) => (i * 97) % 256);
  const image: Image = { data: all.subarray(5), width: 7, height: 5, channels: 3 };
  const png = PNG.sync.read(Buffer.from(encodePng(image)));
  expect([png.width, png.height]).toEqual([7, 5]);
  const rgba = Array.from({ length: 35 }, (_, p) => [...image.data.subarray(3 * p, 3 * p + 3), 255]).flat();
  expect(Array.from(png.data)).toEqual(rgba);
});

test('encodePng() writes 8-bit RGB', () => {
  const bytes = encodePng({ data: new Uint8Array(12), width: 2, height: 2, channels: 3 });
  expect([bytes[24], bytes[25]]).toEqual([8, 2]);
});

test('encodePng() throws on a bad image', () => {
  expect(() => encodePng({ data: new Uint8Array(11), width: 2, height: 2, channels: 3 })).toThrow(VizError);
});
