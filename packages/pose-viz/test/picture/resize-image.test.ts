import fc from 'fast-check';
import { resizeImage, VizError } from '../../src';
import type { Image } from '../../src';
import { createImage } from '../../src/picture/image';

/** Each output pixel from all input pixels, weighted by triangles over their distance. */
function twin(image: Image, [width, height]: [number, number]): number[] {
  const weights = (from: number, to: number, i: number): number[] => {
    const support = Math.max(1, from / to);
    const raw = Array.from({ length: from }, (_, j) =>
      Math.max(0, 1 - Math.abs(j + 0.5 - ((i + 0.5) * from) / to) / support),
    );
    const sum = raw.reduce((a, b) => a + b, 0);
    return raw.map((w) => w / sum);
  };
  const out: number[] = [];
  for (let y = 0; y < height; y++) {
    const wy = weights(image.height, height, y);
    for (let x = 0; x < width; x++) {
      const wx = weights(image.width, width, x);
      for (let c = 0; c < 3; c++) {
        let sum = 0;
        wy.forEach((v, j) => wx.forEach((u, i) => (sum += u * v * image.data[3 * (j * image.width + i) + c])));
        out.push(sum);
      }
    }
  }
  return out;
}

test('resizeImage(image, size) equals the plain definition, growing and shrinking', () => {
  const side = fc.integer({ min: 1, max: 9 });
  fc.assert(
    fc.property(
      side,
      side,
      side,
      side,
      fc.infiniteStream(fc.integer({ min: 0, max: 255 })),
      (w, h, toW, toH, bytes) => {
        const image: Image = { data: Uint8Array.from(bytes.take(w * h * 3)), width: w, height: h, channels: 3 };
        const resized = resizeImage(image, [toW, toH]);
        expect([resized.width, resized.height]).toEqual([toW, toH]);
        const expected = twin(image, [toW, toH]);
        resized.data.forEach((v, i) => expect(Math.abs(v - expected[i])).toBeLessThan(0.501));
      },
    ),
  );
});

test('resizeImage(image, its own size) is an equal copy', () => {
  const image = createImage(5, 4, [0, 0, 0]);
  image.data.forEach((_, i) => (image.data[i] = (i * 37) % 256));
  const copy = resizeImage(image, [5, 4]);
  expect(copy).toEqual(image);
  expect(copy.data).not.toBe(image.data);
});

test('resizeImage() throws on a bad size', () => {
  expect(() => resizeImage(createImage(2, 2, [0, 0, 0]), [0, 4])).toThrow(VizError);
});
