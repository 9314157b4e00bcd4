import fc from 'fast-check';
import { DecodeError, decodeSimcc } from '../../src';

const sigma = [4.9, 5.66] as const;
const line = (length: number, at: number, s: number, amplitude = 1) =>
  Float32Array.from({ length }, (_, i) => amplitude * Math.exp(-((i - at) ** 2) / (2 * s * s)));

describe('decodeSimcc({ x, y }, options, into)', () => {
  test('finds the nearest place of the line; with dark the centre, within a fiftieth of a pixel', () => {
    // The kernels reach 14 and 17 places far.
    const along = (length: number) => fc.double({ min: 40, max: length - 40, noNaN: true });
    fc.assert(
      fc.property(along(192), along(256), (cx, cy) => {
        const [x, y] = [line(192, cx, sigma[0]), line(256, cy, sigma[1], 0.5)];
        const [plainX, plainY, score] = decodeSimcc({ x, y }, { keypoints: 1 });
        expect(Math.abs(plainX - cx / 2)).toBeLessThanOrEqual(0.25 + 1e-6);
        expect(Math.abs(plainY - cy / 2)).toBeLessThanOrEqual(0.25 + 1e-6);
        expect(score).toBe(Math.max(...y));
        const [darkX, darkY] = decodeSimcc({ x, y }, { keypoints: 1, dark: { sigma } });
        expect(Math.abs(darkX - cx / 2)).toBeLessThan(0.02);
        expect(Math.abs(darkY - cy / 2)).toBeLessThan(0.02);
      }),
    );
  });

  test('takes each keypoint of each person from its own lines, the first of equal maxima', () => {
    const x = Float32Array.of(0, 1, 1, /**/ 3, 2, 1, /**/ 0, 0, 5, /**/ -1, -2, -3);
    const y = Float32Array.of(0, 0.5, /**/ 9, 0, /**/ 2, 2, /**/ 1, 2);
    const into = new Float32Array(12);
    expect(decodeSimcc({ x, y }, { keypoints: 2, batch: 2, splitRatio: 1 }, into)).toBe(into);
    expect(Array.from(into)).toEqual([1, 1, 0.5, /**/ 0, 0, 3, /**/ 2, 0, 2, /**/ -1, -1, -1]);
  });

  test('keeps the place of a maximum that its valley swallows', () => {
    const valley = new Float32Array(64).fill(-9);
    valley[20] = 1;
    const [x, y] = decodeSimcc({ x: valley, y: valley }, { keypoints: 1, splitRatio: 1, dark: { sigma } });
    expect([x, y]).toEqual([20, 20]);
  });

  test('refuses lines that do not fit or are not finite, and arguments that are none', () => {
    const [x, y] = [new Float32Array(12), new Float32Array(9)];
    expect(() => decodeSimcc({ x, y }, { keypoints: 2 })).toThrow(
      'Expected 2 lines of one length in y but found 9 values',
    );
    expect(() => decodeSimcc({ x, y: y.subarray(0, 0) }, { keypoints: 3 })).toThrow('in y but found 0 values');
    expect(() => decodeSimcc({ x, y }, { keypoints: 0 })).toThrow(
      'Expected a positive integer for keypoints but received 0',
    );
    expect(() => decodeSimcc({ x, y }, { keypoints: 3, splitRatio: 0 })).toThrow('for splitRatio but received 0');
    expect(() => decodeSimcc({ x, y }, { keypoints: 3, dark: { sigma: [0, 1] } })).toThrow(
      'for dark.sigma but received 0',
    );
    for (const [value, found] of [
      [NaN, 'NaN'],
      [Infinity, 'Infinity at place 1'],
    ] as const) {
      // prettier-ignore
      y[4] = value;
      expect(() => decodeSimcc({ x, y }, { keypoints: 3 })).toThrow(DecodeError);
      expect(() => decodeSimcc({ x, y }, { keypoints: 3 })).toThrow(
        `Expected finite lines but line 1 of y holds ${found}`,
      );
    }
  });
});
