import fc from 'fast-check';
import { type Affine, AugmentError, cropFootprint, cutRegion, invertAffine, transformPoint } from '../src';
import { imageByFormula } from './golden';
import { anyMatrix, anySize } from './warp-cases';

describe('cropFootprint(matrix, size, imageSize, options)', () => {
  test('is the rectangle around the taps of all pixels, no larger', () => {
    fc.assert(
      fc.property(anyMatrix, anySize, fc.boolean(), fc.boolean(), (matrix, size, flip, nearest) => {
        const inverse = invertAffine(matrix);
        const [columns, rows] = [new Set<number>(), new Set<number>()];
        for (let i = 0; i < size[0] * size[1]; i++) {
          const [x, y] = transformPoint([i % size[0], Math.floor(i / size[0])], inverse);
          for (const step of nearest ? [0.5] : [0, 1]) {
            columns.add(Math.floor(x + step));
            rows.add(Math.floor(y + step));
          }
        }
        const visible = (places: Set<number>, length: number): [number, number] => [
          Math.max(Math.min(...places), 0),
          Math.min(Math.max(...places), length - 1),
        ];
        const [[left, right], [top, bottom]] = [visible(columns, 41), visible(rows, 30)];
        const found = cropFootprint(matrix, size, [41, 30], { flip, interpolation: nearest ? 'nearest' : 'bilinear' });
        if (left > right || top > bottom) expect(found).toBeUndefined();
        else expect(found).toEqual([flip ? 40 - right : left, top, right - left + 1, bottom - top + 1]);
      }),
    );
  });

  test("grows with the footprints of 'area', and follows the borders that repeat the image", () => {
    const outside: Affine = [1, 0, 15, 0, 1, 0]; // source columns -15 to -6
    expect(cropFootprint(outside, [9, 5], [40, 30])).toBeUndefined();
    expect(cropFootprint(outside, [9, 5], [40, 30], { border: 'replicate' })).toEqual([0, 0, 1, 6]);
    expect(cropFootprint(outside, [9, 5], [40, 30], { border: 'reflect101' })).toEqual([0, 0, 16, 6]);
    expect(cropFootprint([1, 0, 100, 0, 1, 0], [9, 5], [40, 30], { border: 'reflect101' })).toEqual([0, 0, 40, 6]);
    const fourth: Affine = [0.25, 0, -2, 0, 0.25, -2];
    expect(cropFootprint(fourth, [2, 2], [40, 30])).toEqual([8, 8, 6, 6]);
    expect(cropFootprint(fourth, [2, 2], [40, 30], { interpolation: 'area' })).toEqual([5, 5, 11, 11]);
  });

  test('refuses sizes that are none and matrices that cannot be inverted', () => {
    expect(() => cropFootprint([1, 0, 0, 0, 1, 0], [4, 4], [0, 3])).toThrow('two positive integers, for imageSize');
    expect(() => cropFootprint([0, 0, 0, 0, 1, 0], [4, 4], [3, 3])).toThrow(AugmentError);
  });
});

describe('cutRegion(image, box)', () => {
  test('copies the pixels and knows where they were', () => {
    const image = imageByFormula('formula', 6, 5);
    const part = cutRegion(image, [2, 1, 3, 2]);
    expect(part).toMatchObject({ width: 3, height: 2, region: { x: 2, y: 1, fullWidth: 6, fullHeight: 5 } });
    const rows = [1, 2].map((y) => Array.from(image.data.subarray((y * 6 + 2) * 3, (y * 6 + 5) * 3)));
    expect(Array.from(part.data)).toEqual(rows.flat());
  });

  test('refuses boxes that are not whole or not inside', () => {
    const image = imageByFormula('formula', 6, 5);
    for (const box of [[0, 0, 7, 1] as const, [-1, 0, 2, 2] as const, [0.5, 0, 2, 2] as const, [0, 0, 0, 1] as const]) {
      expect(() => cutRegion(image, box)).toThrow(
        `Expected a box of whole pixels inside of the 6x5 image but received [${box.join(', ')}]`,
      );
    }
  });
});
