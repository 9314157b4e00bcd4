import fc from 'fast-check';
import { createImage } from '../../src/picture/image';
import type { Image } from '../../src';
import { fillDisc, fillRect, strokeCircle, strokeLine } from '../../src/surface/stroke';

const WHITE = [255, 255, 255] as const;
const red = (image: Image): number[] => Array.from(image.data).filter((_, i) => i % 3 === 0);

/** The definition, for each pixel of the image: distance to the nearest of the segment's points. */
function twin(size: number, [x0, y0]: number[], [x1, y1]: number[], radius: number, alpha: number): number[] {
  const length = Math.hypot(x1 - x0, y1 - y0);
  return Array.from({ length: size * size }, (_, i) => {
    const [x, y] = [i % size, Math.floor(i / size)];
    const [ux, uy] = length > 0 ? [(x1 - x0) / length, (y1 - y0) / length] : [0, 0];
    const along = Math.min(length, Math.max(0, (x - x0) * ux + (y - y0) * uy));
    const distance = Math.sqrt((x - x0 - along * ux) ** 2 + (y - y0 - along * uy) ** 2);
    return 255 * alpha * Math.min(1, Math.max(0, radius + 0.5 - distance));
  });
}

test('fillDisc() covers pixels by their distance from the centre', () => {
  const image = createImage(5, 5, [0, 0, 0]);
  fillDisc(image, 2, 2, 1.5, WHITE, 1);
  const corner = Math.round(255 * (2 - Math.SQRT2)); // distance sqrt(2): coverage 1.5 + 0.5 - 1.414
  expect(red(image)).toEqual(
    [
      [0, 0, 0, 0, 0],
      [0, corner, 255, corner, 0],
      [0, 255, 255, 255, 0],
      [0, corner, 255, corner, 0],
      [0, 0, 0, 0, 0],
    ].flat(),
  );
});

test('fillDisc() is close to the area that a disc has', () => {
  const image = createImage(21, 21, [0, 0, 0]);
  fillDisc(image, 10.3, 9.8, 6, WHITE, 1);
  const area = red(image).reduce((sum, v) => sum + v / 255, 0);
  expect(Math.abs(area / (Math.PI * 36) - 1)).toBeLessThan(0.01);
});

test('strokeLine() equals the plain definition, on and off the image', () => {
  const coordinate = fc.double({ min: -12, max: 28, noNaN: true });
  const point = fc.tuple(coordinate, coordinate);
  const radius = fc.double({ min: 0.3, max: 5, noNaN: true });
  fc.assert(
    fc.property(point, point, radius, fc.double({ min: 0.1, max: 1, noNaN: true }), (a, b, r, alpha) => {
      const image = createImage(16, 16, [0, 0, 0]);
      strokeLine(image, a, b, r, WHITE, alpha);
      const expected = twin(16, a, b, r, alpha);
      red(image).forEach((value, i) => expect(Math.abs(value - expected[i])).toBeLessThanOrEqual(0.5 + 1e-6));
    }),
    { numRuns: 200 },
  );
});

test('strokeLine() with a dash leaves its gaps out', () => {
  const image = createImage(24, 1, [0, 0, 0]);
  strokeLine(image, [0, 0], [23, 0], 1, WHITE, 1, { on: 4, off: 4 });
  const lit = red(image).map((v) => (v > 200 ? '#' : v < 50 ? '.' : '+'));
  expect(lit.join('')).toBe('+###+...+###+...+###+...');
});

test('strokeCircle() is hollow', () => {
  const image = createImage(15, 15, [10, 20, 30]);
  strokeCircle(image, 7, 7, 5, 0.75, WHITE, 1);
  const at = (x: number, y: number): number[] =>
    Array.from(image.data.subarray(3 * (15 * y + x), 3 * (15 * y + x) + 3));
  expect(at(7, 7)).toEqual([10, 20, 30]);
  expect(at(12, 7)).toEqual([255, 255, 255]);
  expect(at(7, 2)).toEqual([255, 255, 255]);
  expect(at(14, 7)).toEqual([10, 20, 30]);
});

test('fillRect() is clipped, and blends by alpha', () => {
  const image = createImage(3, 3, [100, 100, 100]);
  fillRect(image, -5, 1, 2, 99, [200, 200, 200], 0.5);
  expect(red(image)).toEqual([100, 100, 100, 150, 150, 100, 150, 150, 100]);
});

test('coordinates far outside leave the image as it was, at once', () => {
  const image = createImage(4, 4, [7, 7, 7]);
  strokeLine(image, [1e9, 1e9], [2e9, 1e9], 3, WHITE, 1);
  fillDisc(image, -1e9, 0, 3, WHITE, 1);
  expect(red(image)).toEqual(Array(16).fill(7));
});
