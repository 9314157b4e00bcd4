import { expectClose } from '@pose/golden-cases';
import fc from 'fast-check';
import {
  type Affine,
  AugmentError,
  cropFootprint,
  cutRegion,
  type Image,
  type ImageRegion,
  invertAffine,
  mirrorImage,
  transformPoint,
  warpAffine,
} from '../src';
import { affineOf, imageByFormula, parity } from './golden';
import { mirrored, plainWarp } from './plain-warp';
import { anyMatrix, anyOptions, anySize, exactMatrix } from './warp-cases';

interface Inputs {
  image: 'formula' | 'smooth';
  width: number;
  height: number;
  matrix: number[][];
  output_size: [number, number];
}
interface Expected {
  idx: number[];
  cv4: number[];
  cv5: number[];
  cv5_sum: number[];
}

parity<Inputs, Expected>('warp', ({ inputs, expected, check, tolerance }) => {
  const image = imageByFormula(inputs.image, inputs.width, inputs.height);
  const { data } = warpAffine(image, affineOf(inputs.matrix), inputs.output_size);
  const samples = expected.idx.flatMap((i) => Array.from(data.subarray(3 * i, 3 * i + 3)));
  check('cv5', samples, expected.cv5);
  const sums = [0, 0, 0];
  for (let i = 0; i < data.length; i++) sums[i % 3] += data[i];
  check('cv5_sum', sums, expected.cv5_sum);
  // SPEC.md, section 3: float64 and OpenCV's float32 differ in less than 0.2 % of the pixels.
  const different = samples.filter((level, i) => level !== expected.cv5[i]).length;
  expect(different).toBeLessThanOrEqual(Math.max(1, 0.002 * samples.length));
  expectClose(samples, expected.cv4, tolerance.exact_float_against_cv4 ?? tolerance.default, 'cv4');
});

const grey = (...levels: number[]): Image => ({
  data: Uint8Array.from(levels.flatMap((v) => [v, v, v])),
  width: levels.length,
  height: 1,
  channels: 3,
});

const identity: Affine = [1, 0, 0, 0, 1, 0];

describe('warpAffine(image, matrix, size, options, into)', () => {
  const image = imageByFormula('formula', 13, 9);
  const anyImage = fc
    .tuple(fc.integer({ min: 1, max: 13 }), fc.integer({ min: 1, max: 9 }))
    .map(([width, height]) => imageByFormula('formula', width, height));

  test('equals its plain twin exactly where weights are exact', () => {
    fc.assert(
      fc.property(anyImage, exactMatrix, anySize, anyOptions, (small, matrix, size, options) => {
        fc.pre(options.interpolation !== 'area'); // means of levels are not
        expect(Array.from(warpAffine(small, matrix, size, options).data)).toEqual(
          Array.from(plainWarp(small, matrix, size, options)),
        );
      }),
    );
  });

  test('equals its plain twin within one level elsewhere, in one value of a thousand', () => {
    let [different, all] = [0, 0];
    fc.assert(
      fc.property(anyImage, anyMatrix, anySize, anyOptions, (small, matrix, size, options) => {
        fc.pre(options.interpolation !== 'nearest'); // a position next to a half may fall on either side
        const { data } = warpAffine(small, matrix, size, options);
        const expected = Array.from(plainWarp(small, matrix, size, options));
        expectClose(data, expected, [1, 0], 'level');
        different += expected.filter((level, i) => level !== data[i]).length;
        all += data.length;
      }),
    );
    expect(different / all).toBeLessThan(1e-3);
  });

  test("'nearest' equals its plain twin but next to a half", () => {
    let [different, all] = [0, 0];
    fc.assert(
      fc.property(anyImage, anyMatrix, anySize, anyOptions, (small, matrix, size, options) => {
        const { data } = warpAffine(small, matrix, size, { ...options, interpolation: 'nearest' });
        const expected = plainWarp(small, matrix, size, { ...options, interpolation: 'nearest' });
        different += data.filter((level, i) => level !== expected[i]).length;
        all += data.length;
      }),
    );
    expect(different / all).toBeLessThan(1e-3);
  });

  test('copies with the identity, and moves by whole pixels, whatever the interpolation', () => {
    const whole = fc.integer({ min: -15, max: 15 });
    fc.assert(
      fc.property(whole, whole, anyOptions, (x, y, options) => {
        const { data } = warpAffine(image, [1, 0, x, 0, 1, y], [13, 9], { ...options, flip: false });
        for (let i = 0; i < 13 * 9; i++) {
          const [column, row] = [(i % 13) - x, Math.floor(i / 13) - y];
          if (column < 0 || row < 0 || column >= 13 || row >= 9) continue;
          const from = (row * 13 + column) * 3;
          expect(data.subarray(3 * i, 3 * i + 3)).toEqual(image.data.subarray(from, from + 3));
        }
      }),
    );
    expect(warpAffine(image, identity, [13, 9])).toEqual(image);
    const { data } = warpAffine(image, [1, 0, 2, 0, 1, 0], [4, 1]);
    expect(Array.from(data)).toEqual([0, 0, 0, 0, 0, 0, ...image.data.subarray(0, 6)]);
  });

  test('and the matrix turned around give a smooth image back, inside', () => {
    const smooth = imageByFormula('smooth', 60, 50);
    const turn = fc.integer({ min: -3000, max: 3000 }).map((n) => n / 1000);
    const factor = fc.integer({ min: 1000, max: 3000 }).map((n) => n / 1000);
    fc.assert(
      fc.property(turn, factor, (angle, scale) => {
        const [a, d] = [Math.cos(angle) * scale, Math.sin(angle) * scale];
        const matrix: Affine = [a, -d, 120 - a * 30 + d * 25, d, a, 120 - d * 30 - a * 25];
        const there = warpAffine(smooth, matrix, [240, 240]);
        const back = warpAffine(there, invertAffine(matrix), [60, 50]);
        let worst = 0;
        for (let y = 3; y < 47; y++) {
          for (let x = 3; x < 57; x++) {
            const [u, v] = transformPoint([x, y], matrix);
            if (u < 3 || v < 3 || u > 236 || v > 236) continue;
            for (let i = (y * 60 + x) * 3; i < (y * 60 + x) * 3 + 3; i++) {
              worst = Math.max(worst, Math.abs(back.data[i] - smooth.data[i]));
            }
          }
        }
        // Linear interpolation errs by 1/8 of the second derivatives, at most 40 * (7 / 23)^2; there and back, and rounded.
        expect(worst).toBeLessThanOrEqual(4);
      }),
      { numRuns: 20 },
    );
  });

  test('with flip equals a warp of the mirrored image, byte for byte; mirroring twice is nothing', () => {
    expect(mirrorImage(image)).toEqual(mirrored(image));
    expect(mirrorImage(mirrorImage(image))).toEqual(image);
    fc.assert(
      fc.property(anyMatrix, anySize, anyOptions, (matrix, size, options) => {
        const [flipped, copied] = [
          warpAffine(image, matrix, size, { ...options, flip: true }),
          warpAffine(mirrored(image), matrix, size, { ...options, flip: false }),
        ];
        expect(flipped).toEqual(copied);
      }),
    );
    const once = warpAffine(image, identity, [13, 9], { flip: true });
    expect(warpAffine(once, identity, [13, 9], { flip: true })).toEqual(image);
  });

  test('of a part that holds cropFootprint equals that of the full image, byte for byte', () => {
    const full = imageByFormula('formula', 41, 30);
    fc.assert(
      fc.property(anyMatrix, anySize, anyOptions, (matrix, size, options) => {
        const footprint = cropFootprint(matrix, size, [41, 30], options);
        const expected = warpAffine(full, matrix, size, options);
        const part = cutRegion(full, footprint ?? [3, 4, 1, 1]);
        expect(warpAffine(part, matrix, size, options)).toEqual(expected);
      }),
    );
  });

  test('of a part that lacks pixels is refused', () => {
    const part = cutRegion(image, [2, 3, 5, 4]);
    expect(() => warpAffine(part, [1, 0, -2, 0, 1, -3], [5, 4])).toThrow(
      'Expected a region that holds the pixels [2, 3, 6, 5] (x, y, width, height), which the warp reads, but received ' +
        'one of [2, 3, 5, 4]; cropFootprint tells what to cut out',
    );
    expect(warpAffine(part, [1, 0, -2, 0, 1, -3], [4, 3]).data).toEqual(
      warpAffine(image, [1, 0, -2, 0, 1, -3], [4, 3]).data,
    );
    const misplaced: ImageRegion = { ...part, region: { x: 9, y: 3, fullWidth: 13, fullHeight: 9 } };
    expect(() => warpAffine(misplaced, identity, [1, 1])).toThrow(
      'Expected a region of 5x4 pixels inside of its full image but received x 9, y 3 of 13x9',
    );
  });

  test("'area' is the exact mean of blocks, and leaves a constant image alone", () => {
    const blocks = warpAffine(image, [1 / 3, 0, -1 / 3, 0, 1 / 3, -1 / 3], [4, 3], { interpolation: 'area' });
    for (let i = 0; i < 4 * 3 * 3; i++) {
      const [x, y, c] = [(Math.floor(i / 3) % 4) * 3, Math.floor(i / 12) * 3, i % 3];
      let sum = 0;
      for (let k = 0; k < 9; k++) sum += image.data[((y + Math.floor(k / 3)) * 13 + x + (k % 3)) * 3 + c];
      expect(blocks.data[i]).toBe(Math.round(sum / 9));
    }
    const constant: Image = { ...image, data: image.data.map((_, i) => [17, 99, 250][i % 3]) };
    fc.assert(
      fc.property(
        anyMatrix,
        anySize,
        fc.constantFrom('replicate', 'reflect101', 'constant'),
        (matrix, size, border) => {
          const options = { interpolation: 'area', border, borderColor: [17, 99, 250] } as const;
          const { data } = warpAffine(constant, matrix, size, options);
          expect(data.every((level, i) => level === [17, 99, 250][i % 3])).toBe(true);
        },
      ),
    );
  });

  test("'area' is 'bilinear' where the warp enlarges", () => {
    const enlarging = anyMatrix.filter((matrix) => {
      const [a, b, , d, e] = invertAffine(matrix);
      return Math.hypot(a, d) <= 1 && Math.hypot(b, e) <= 1;
    });
    fc.assert(
      fc.property(enlarging, anySize, anyOptions, (matrix, size, options) => {
        const [area, bilinear] = (['area', 'bilinear'] as const).map((interpolation) =>
          warpAffine(image, matrix, size, { ...options, interpolation }),
        );
        expect(area).toEqual(bilinear);
      }),
    );
  });

  test('borders: a colour, the last pixel, the pixels mirrored at it', () => {
    const row = grey(10, 20, 40);
    const levels = (border: 'constant' | 'replicate' | 'reflect101') =>
      Array.from(warpAffine(row, [1, 0, 4, 0, 1, 0], [11, 1], { border, borderColor: [7, 7, 7] }).data).filter(
        (_, i) => i % 3 === 0,
      );
    expect(levels('constant')).toEqual([7, 7, 7, 7, 10, 20, 40, 7, 7, 7, 7]);
    expect(levels('replicate')).toEqual([10, 10, 10, 10, 10, 20, 40, 40, 40, 40, 40]);
    expect(levels('reflect101')).toEqual([10, 20, 40, 20, 10, 20, 40, 20, 10, 20, 40]);
  });

  test('rounds an exact half to even', () => {
    expect(warpAffine(grey(10, 11, 12), [1, 0, -0.5, 0, 1, 0], [2, 1]).data).toEqual(grey(10, 12).data);
  });

  test('writes over what into holds', () => {
    const into = new Uint8Array(12).fill(99);
    const result = warpAffine(image, [1, 0, 3, 0, 1, 0], [4, 1], {}, into);
    expect(result.data).toBe(into);
    expect(Array.from(into)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, ...image.data.subarray(0, 3)]);
  });

  test('shows the border for a region far away, however far', () => {
    for (const shift of [1e6, 1e12, 1e300]) {
      const matrix: Affine = [1e-3, 0, shift, 0, 1e-3, shift];
      expect(warpAffine(image, matrix, [5, 5]).data.every((v) => v === 0)).toBe(true);
      const { data } = warpAffine(image, matrix, [5, 5], { border: 'replicate' });
      expect(data.every((level, i) => level === image.data[i % 3])).toBe(true);
    }
  });

  test('refuses images, sizes, options and rooms that do not fit together', () => {
    expect(() => warpAffine({ ...image, width: 14 }, identity, [4, 4])).toThrow(
      'Expected 378 bytes for a 14x9 RGB image but received 351',
    );
    expect(() => warpAffine({ ...image, channels: 4 as unknown as 3 }, identity, [4, 4])).toThrow(
      'but received 4 channels',
    );
    expect(() => warpAffine(image, identity, [4, 0])).toThrow(AugmentError);
    expect(() => warpAffine(image, identity, [4, 4], {}, new Uint8Array(47))).toThrow(
      'Expected room for 48 bytes in into but found 47',
    );
    expect(() => warpAffine(image, [1, 0, 0, 1, 0, 0], [4, 4])).toThrow('Expected a matrix that can be inverted');
    expect(() => warpAffine(image, identity, [4, 4], { interpolation: 'cubic' as 'area' })).toThrow(
      "Expected 'bilinear', 'nearest', 'area' for interpolation but received 'cubic'",
    );
    expect(() => warpAffine(image, identity, [4, 4], { border: 'wrap' as 'constant' })).toThrow(
      "Expected 'constant', 'replicate', 'reflect101' for border but received 'wrap'",
    );
    expect(() => warpAffine(image, identity, [4, 4], { borderColor: [0, 256, 0] })).toThrow(
      'Expected three grey levels 0..255 for borderColor but received [0, 256, 0]',
    );
    expect(() => warpAffine(image, [1e-6, 0, 0, 0, 1, 0], [4, 4], { interpolation: 'area' })).toThrow(
      "Expected a pixel of an 'area' warp to cover at most 1024 source pixels on a side but it covers 1000000",
    );
    expect(() => warpAffine(image, [1e-300, 0, 1e300, 0, 1, 0], [4, 4])).toThrow(
      "Expected a matrix that takes finite pixels to the crop's corners",
    );
  });
});
