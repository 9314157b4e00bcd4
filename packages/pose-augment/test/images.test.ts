import fc from 'fast-check';
import {
  AugmentError,
  IMAGENET_PIXELS,
  INCEPTION_PIXELS,
  normalizeImage,
  padImage,
  resizeBicubic,
  RTPOSE_PIXELS,
  shrunkMatrix,
  SSD_PIXELS,
  transformPoint,
  VGG_PIXELS,
  warpNormalized,
} from '../src';
import { imageByFormula } from './golden';
import { anyMatrix } from './warp-cases';

describe('normalizeImage(image, normalization, into)', () => {
  const image = imageByFormula('formula', 7, 5);

  test.each(Object.entries({ IMAGENET_PIXELS, INCEPTION_PIXELS, RTPOSE_PIXELS, SSD_PIXELS, VGG_PIXELS }))(
    '%s: the formula, and what warpNormalized gives',
    (_, normalization) => {
      const { divisor, mean, std, reverseChannels } = normalization;
      const expected = Array.from(image.data, (__, i) => {
        const c = i % 3;
        const level = image.data[reverseChannels ? i - c + 2 - c : i];
        return Math.fround((level / divisor - mean[c]) / std[c]);
      });
      expect(Array.from(normalizeImage(image, normalization))).toEqual(expected);
      expect(Array.from(warpNormalized(image, [1, 0, 0, 0, 1, 0], [7, 5], normalization))).toEqual(expected);
    },
  );

  test("is ImageNet's by default, and fills into", () => {
    const into = new Float32Array(7 * 5 * 3);
    expect(normalizeImage(image, {}, into)).toBe(into);
    expect(into).toEqual(normalizeImage(image, IMAGENET_PIXELS));
  });

  test('refuses a divisor of 0 and a short into', () => {
    expect(() => normalizeImage(image, { divisor: 0 })).toThrow('Expected a positive number for divisor');
    expect(() => normalizeImage(image, {}, new Float32Array(3))).toThrow('Expected room for 105 floats in into');
  });
});

describe('resizeBicubic(image, size)', () => {
  test('keeps a constant image constant, and the same size as it is', () => {
    const side = fc.integer({ min: 1, max: 40 });
    fc.assert(
      fc.property(side, side, side, side, fc.nat(255), (width, height, newWidth, newHeight, level) => {
        const image = { data: new Uint8Array(width * height * 3).fill(level), width, height, channels: 3 } as const;
        const resized = resizeBicubic(image, [newWidth, newHeight]);
        expect(resized).toMatchObject({ width: newWidth, height: newHeight, channels: 3 });
        expect(resized.data).toEqual(new Uint8Array(newWidth * newHeight * 3).fill(level));
      }),
    );
    const image = imageByFormula('formula', 5, 4);
    expect(resizeBicubic(image, [5, 4])).toBe(image);
  });

  test('gives what the kernel says for one axis: double, and limited to bytes', () => {
    const row = {
      data: Uint8Array.from([0, 0, 0, 0, 0, 0, 255, 255, 255, 255, 255, 255]),
      width: 4,
      height: 1,
    } as const;
    const { data } = resizeBicubic({ ...row, channels: 3 }, [8, 1]);
    // Weights at a quarter: -9/128, 111/128, 29/128, -3/128; at the ends of the row without those outside.
    const levels = Array.from(data).filter((_, i) => i % 3 === 0);
    expect(levels).toEqual([0, 0, 0, Math.round((255 * (29 - 3)) / 128), Math.round((255 * 102) / 128), 255, 255, 255]);
  });

  test('refuses sizes that are none', () => {
    expect(() => resizeBicubic(imageByFormula('formula', 5, 4), [5, 0])).toThrow(AugmentError);
  });
});

describe('padImage(image, size, place, color)', () => {
  test('puts the image into its place', () => {
    const image = imageByFormula('formula', 3, 2);
    const padded = padImage(image, [5, 6], [1, 3], [9, 8, 7]);
    for (let i = 0; i < padded.data.length; i++) {
      const [x, y] = [(Math.floor(i / 3) % 5) - 1, Math.floor(i / 15) - 3];
      const inside = x >= 0 && x < 3 && y >= 0 && y < 2;
      expect(padded.data[i]).toBe(inside ? image.data[(y * 3 + x) * 3 + (i % 3)] : 9 - (i % 3));
    }
  });

  test('refuses places where the image does not fit', () => {
    for (const place of [[3, 0] as const, [0, -1] as const, [0.5, 0] as const]) {
      expect(() => padImage(imageByFormula('formula', 3, 2), [5, 5], place)).toThrow(`received [${place.join(', ')}]`);
    }
  });
});

describe('shrunkMatrix(matrix, factor)', () => {
  test('takes a pixel of the smaller image to where the pixels that it stands for are taken', () => {
    const factor = fc.constantFrom(1, 2, 4, 8);
    fc.assert(
      fc.property(anyMatrix, factor, factor, fc.nat(30), fc.nat(30), (matrix, fx, fy, x, y) => {
        const center = [x * fx + (fx - 1) / 2, y * fy + (fy - 1) / 2] as const;
        const [u, v] = transformPoint([x, y], shrunkMatrix(matrix, [fx, fy]));
        const [wantedU, wantedV] = transformPoint(center, matrix);
        expect(u).toBeCloseTo(wantedU, 9);
        expect(v).toBeCloseTo(wantedV, 9);
      }),
    );
  });

  test('refuses factors that are not positive', () => {
    expect(() => shrunkMatrix([1, 0, 0, 0, 1, 0], [2, 0])).toThrow('Expected a positive number for factor[1]');
  });
});
