import fc from 'fast-check';
import { type Affine, AugmentError, type Image, invertAffine, transformPoint, warpAffine } from '../src';
import { expectClose } from '@pose/golden-cases';
import { affineOf, imageByFormula, parity } from './golden';

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
  check(
    'cv5_sum',
    [0, 1, 2].map((c) => data.reduce((sum, v, i) => (i % 3 === c ? sum + v : sum), 0)),
    expected.cv5_sum,
  );
  expectClose(samples, expected.cv4, tolerance.exact_float_against_cv4 ?? tolerance.default, 'cv4');
});

/** The plain twin: four taps by name, one pixel at a time. */
function plainWarp(image: Image, matrix: Affine, [width, height]: readonly [number, number]): Uint8Array {
  const tap = (x: number, y: number, c: number) =>
    x >= 0 && y >= 0 && x < image.width && y < image.height ? image.data[(y * image.width + x) * 3 + c] : 0;
  const halfToEven = (value: number) => {
    const rounded = Math.round(value);
    return rounded - value === 0.5 && rounded % 2 === 1 ? rounded - 1 : rounded;
  };
  const out = new Uint8Array(width * height * 3);
  for (let i = 0; i < out.length; i++) {
    const [pixel, c] = [Math.floor(i / 3), i % 3];
    const [x, y] = transformPoint([pixel % width, Math.floor(pixel / width)], invertAffine(matrix));
    const [left, top] = [Math.floor(x), Math.floor(y)];
    const [u, v] = [x - left, y - top];
    const upper = tap(left, top, c) * (1 - u) + tap(left + 1, top, c) * u;
    const lower = tap(left, top + 1, c) * (1 - u) + tap(left + 1, top + 1, c) * u;
    out[i] = halfToEven(upper * (1 - v) + lower * v);
  }
  return out;
}

describe('warpAffine(image, matrix, size, into)', () => {
  const image = imageByFormula('formula', 13, 9);

  test('equals its plain twin, exactly where fractions are sixteenths, within one level elsewhere', () => {
    const sixteenths = fc.integer({ min: -300, max: 300 }).map((n) => n / 16);
    // Of thousandths, for fc.double mostly draws numbers next to zero, which make no matrix that can be inverted.
    const real = fc.integer({ min: -2000, max: 2000 }).map((n) => n / 1000);
    const unit = fc.constantFrom(-2, -1, -0.5, 0.5, 1, 2);
    const size = fc.tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 20 }));
    const source = fc.tuple(fc.integer({ min: 1, max: 13 }), fc.integer({ min: 1, max: 9 }));
    fc.assert(
      fc.property(source, unit, unit, sixteenths, sixteenths, size, ([w, h], a, e, c, f, to) => {
        const small = imageByFormula('formula', w, h);
        expect(Array.from(warpAffine(small, [a, 0, c, 0, e, f], to).data)).toEqual(
          Array.from(plainWarp(small, [a, 0, c, 0, e, f], to)),
        );
      }),
    );
    fc.assert(
      fc.property(fc.tuple(real, real, sixteenths, real, real, sixteenths), size, (matrix, to) => {
        fc.pre(Math.abs(matrix[0] * matrix[4] - matrix[1] * matrix[3]) > 1e-3);
        expectClose(warpAffine(image, matrix, to).data, Array.from(plainWarp(image, matrix, to)), [1, 0], 'pixel');
      }),
    );
  });

  test('copies with the identity, shifts by whole pixels, and is black outside', () => {
    expect(warpAffine(image, [1, 0, 0, 0, 1, 0], [13, 9])).toEqual(image);
    const { data } = warpAffine(image, [1, 0, 2, 0, 1, 0], [4, 1]);
    expect(Array.from(data)).toEqual([0, 0, 0, 0, 0, 0, ...image.data.subarray(0, 6)]);
  });

  test('rounds an exact half to even', () => {
    const grey = (...levels: number[]): Image => ({
      data: Uint8Array.from(levels.flatMap((v) => [v, v, v])),
      width: levels.length,
      height: 1,
      channels: 3,
    });
    expect(warpAffine(grey(10, 11, 12), [1, 0, -0.5, 0, 1, 0], [2, 1]).data).toEqual(grey(10, 12).data);
  });

  test('writes over what into holds', () => {
    const into = new Uint8Array(12).fill(99);
    const result = warpAffine(image, [1, 0, 3, 0, 1, 0], [4, 1], {}, into);
    expect(result.data).toBe(into);
    expect(Array.from(into)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, ...image.data.subarray(0, 3)]);
  });

  test('stays black for a region far away, however far', () => {
    for (const shift of [1e6, 1e12, 1e300]) {
      expect(warpAffine(image, [1e-3, 0, shift, 0, 1e-3, shift], [5, 5]).data.every((v) => v === 0)).toBe(true);
    }
  });

  test('refuses images, sizes and rooms that do not fit together', () => {
    const identity: Affine = [1, 0, 0, 0, 1, 0];
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
  });
});
