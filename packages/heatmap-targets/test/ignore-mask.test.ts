import fc from 'fast-check';
import { ignoreMask, TargetError } from '../src';
import { decimal } from './arbitraries';

describe('ignoreMask(mask, options, into)', () => {
  const size = fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }));
  const matrices = fc.tuple(
    decimal(-2, 2),
    decimal(-2, 2),
    decimal(-6, 12),
    decimal(-2, 2),
    decimal(-2, 2),
    decimal(-6, 12),
  );
  const masks = size.chain(([width, height]) =>
    fc.tuple(
      fc.constant([width, height] as const),
      fc.uint8Array({ minLength: width * height, maxLength: width * height, max: 1 }),
    ),
  );

  test('equals its plain twin, and what was in into does not matter', () => {
    const sides = fc.constantFrom('counted' as const, 'ignored' as const);
    fc.assert(
      fc.property(masks, size, matrices, sides, ([imageSize, mask], heatmapSize, matrix, outside) => {
        const options = { imageSize, heatmapSize, matrix, outside };
        const rows = Array.from({ length: imageSize[1] }, (_, y) =>
          Array.from(mask.subarray(y * imageSize[0], (y + 1) * imageSize[0])),
        );
        const plain = Array.from({ length: heatmapSize[0] * heatmapSize[1] }, (_, cell) => {
          const [column, row] = [cell % heatmapSize[0], Math.floor(cell / heatmapSize[0])];
          const x = Math.round(matrix[0] * column + matrix[1] * row + matrix[2]);
          const y = Math.round(matrix[3] * column + matrix[4] * row + matrix[5]);
          return 1 - (rows[y]?.[x] ?? (outside === 'counted' ? 0 : 1));
        });
        const into = new Float32Array(plain.length).fill(NaN);
        expect(Array.from(ignoreMask(mask, options))).toEqual(plain);
        expect(ignoreMask(mask, options, into)).toBe(into);
        expect(Array.from(into)).toEqual(plain);
      }),
    );
  });

  const options = { imageSize: [4, 2], heatmapSize: [3, 1], matrix: [2, 0, 0, 0, 1, 0] } as const;

  test('counts cells outside of the image unless they are to be ignored', () => {
    const mask = Uint8Array.from([0, 0, 255, 0, 0, 0, 0, 0]);
    expect(Array.from(ignoreMask(mask, options))).toEqual([1, 0, 1]);
    expect(Array.from(ignoreMask(mask, { ...options, outside: 'ignored' }))).toEqual([1, 0, 0]);
    expect(Array.from(ignoreMask(mask, { ...options, matrix: [1e308, 0, -1e308, 0, 1e308, 0] }))).toEqual([1, 1, 1]);
  });

  test('refuses what does not fit, and says what', () => {
    const mask = new Uint8Array(8);
    expect(() => ignoreMask(mask.subarray(1), options)).toThrow(
      new TargetError('Expected a mask of 4x2 = 8 pixels but received 7'),
    );
    expect(() => ignoreMask(mask, { ...options, matrix: [1, 0, NaN, 0, 1, 0] })).toThrow(
      'Expected six finite numbers for matrix but received [1, 0, NaN, 0, 1, 0]',
    );
    expect(() => ignoreMask(mask, { ...options, matrix: [1, 0, 0, 0, 1] })).toThrow(TargetError);
    expect(() => ignoreMask(mask, { ...options, imageSize: [0, 2] })).toThrow('for imageSize but received [0, 2]');
    expect(() => ignoreMask(mask, { ...options, outside: 'mirrored' as 'counted' })).toThrow(TargetError);
    expect(() => ignoreMask(mask, options, new Float32Array(4))).toThrow('room for 3 numbers in into but found 4');
  });
});
