import fc from 'fast-check';
import { DecodeError, decodeSoftArgMax } from '../../src';

const [width, height] = [24, 32];
const shape = { size: [width, height], keypoints: 1 } as const;
const gaussian = (cx: number, cy: number, peak = 1) =>
  Float32Array.from(
    { length: width * height },
    (_, i) => peak * Math.exp(-(((i % width) - cx) ** 2 + (Math.floor(i / width) - cy) ** 2) / 8),
  );

describe('decodeSoftArgMax(heatmaps, options, into)', () => {
  test('finds the centre of a Gaussian within a hundredth of a pixel, however high it is', () => {
    const along = (size: number) => fc.double({ min: 4, max: size - 5, noNaN: true });
    const peaks = fc.constantFrom(0.01, 0.3, 1, 255);
    fc.assert(
      fc.property(along(width), along(height), peaks, (cx, cy, peak) => {
        const [x, y, score] = decodeSoftArgMax(gaussian(cx, cy, peak), shape);
        expect(Math.abs(x - cx)).toBeLessThan(0.01);
        expect(Math.abs(y - cy)).toBeLessThan(0.01);
        expect(score).toBe(Math.max(...gaussian(cx, cy, peak)));
      }),
    );
  });

  test('is not drawn away by a second peak', () => {
    const [one, other] = [gaussian(6.3, 8.6), gaussian(17, 24, 0.9)];
    const [x, y] = decodeSoftArgMax(
      one.map((value, i) => Math.max(value, other[i])),
      shape,
    );
    expect([x, y].map((value) => Math.round(10 * value) / 10)).toEqual([6.3, 8.6]);
  });

  test('keeps a point on the border, where one side of the window is missing, on it', () => {
    const [x, y] = decodeSoftArgMax(gaussian(0, 12.4), shape);
    expect(x).toBe(0);
    expect(y).toBeCloseTo(12.4, 2);
  });

  test('is the mean of the window by hand', () => {
    const map = Float32Array.of(0, 0.5, 0, 0, 1, 0.5, 0, 0, 0);
    const weight = (value: number) => Math.exp(2 * (value - 1));
    const sum = weight(1) + 2 * weight(0.5) + 6 * weight(0);
    const [x, y, score] = decodeSoftArgMax(map, { size: [3, 3], keypoints: 1, radius: 1, beta: 2 });
    expect(x).toBeCloseTo(1 + (weight(0.5) - weight(0)) / sum, 6);
    expect(y).toBeCloseTo(1 - (weight(0.5) - weight(0)) / sum, 6);
    expect(score).toBe(1);
  });

  test('refuses windows and weights that are none, and maps that are not finite', () => {
    const map = gaussian(5, 5);
    expect(() => decodeSoftArgMax(map, { ...shape, radius: -1 })).toThrow(
      'Expected a whole number of pixels for radius but received -1',
    );
    expect(() => decodeSoftArgMax(map, { ...shape, beta: 0 })).toThrow('for beta but received 0');
    map[3] = NaN;
    expect(() => decodeSoftArgMax(map, shape)).toThrow(DecodeError);
  });
});
