import fc from 'fast-check';
import { DecodeError, decodeHeatmaps, refineDark, refineUdp } from '../../src';

const [width, height] = [24, 32];
const shape = { size: [width, height], keypoints: 1 } as const;

const gaussian = (cx: number, cy: number) =>
  Float32Array.from({ length: width * height }, (_, i) =>
    Math.exp(-(((i % width) - cx) ** 2 + (Math.floor(i / width) - cy) ** 2) / 8),
  );
const peak = (heatmaps: Float32Array) => decodeHeatmaps(heatmaps, { ...shape, refine: 'none' });

describe.each([
  ['refineDark', refineDark, 6],
  ['refineUdp', refineUdp, 6],
] as const)('%s(points, heatmaps, options, into)', (_, refine, margin) => {
  test('finds the centre of a Gaussian within a fiftieth of a pixel, away from the border', () => {
    const along = (size: number) => fc.double({ min: margin, max: size - 1 - margin, noNaN: true });
    fc.assert(
      fc.property(along(width), along(height), (cx, cy) => {
        const heatmaps = gaussian(cx, cy);
        const [x, y, score] = refine(peak(heatmaps), heatmaps, shape);
        expect(Math.abs(x - cx)).toBeLessThan(0.02);
        expect(Math.abs(y - cy)).toBeLessThan(0.02);
        expect(score).toBe(peak(heatmaps)[2]);
      }),
      { numRuns: 50 },
    );
  });

  test('treats each person and keypoint by itself, in both layouts and in place', () => {
    const maps = [gaussian(8.3, 9.4), gaussian(12.6, 20.2), gaussian(15.5, 11.1), new Float32Array(width * height)];
    const alone = maps.map((map) => Array.from(refine(peak(map), map, shape)));
    expect(alone[3]).toEqual([0, 0, 0]);
    for (const layout of ['hwk', 'khw'] as const) {
      const both = { ...shape, keypoints: 2, batch: 2, layout };
      const heatmaps = Float32Array.from({ length: 4 * width * height }, (_, i) => {
        const [person, rest] = [Math.floor(i / (2 * width * height)), i % (2 * width * height)];
        const [k, pixel] = layout === 'hwk' ? [rest % 2, rest >> 1] : [Math.floor(rest / width / height), rest % (width * height)]; // prettier-ignore
        return maps[2 * person + k][pixel];
      });
      const points = decodeHeatmaps(heatmaps, { ...both, refine: 'none' });
      expect(refine(points, heatmaps, both, points)).toBe(points);
      expect(Array.from(points)).toEqual(alone.flat());
    }
  });

  test('keeps the place of a peak that its valley swallows, and of an even map', () => {
    const valley = new Float32Array(width * height).fill(-9);
    valley[16 * width + 12] = 0.5;
    expect(Array.from(refine(peak(valley), valley, shape))).toEqual([12, 16, 0.5]);
    const even = new Float32Array(49).fill(1);
    const small = { size: [7, 7], keypoints: 1 } as const;
    expect(Array.from(refine(Float32Array.of(3, 3, 1), even, { ...small, blurKernelSize: 1 }))).toEqual([3, 3, 1]);
  });

  test('refuses points of other maps, moved points, and kernels without a middle', () => {
    const heatmaps = gaussian(12, 16);
    expect(() => refine(new Float32Array(6), heatmaps, shape)).toThrow(
      'Expected 3 numbers in points (1 triplets) but found 6',
    );
    expect(() => refine(Float32Array.of(12.25, 16, 1), heatmaps, shape)).toThrow(
      "as decodeHeatmaps with refine 'none' gives, but point 0 is (12.25, 16)",
    );
    expect(() => refine(Float32Array.of(24, 16, 1), heatmaps, shape)).toThrow(DecodeError);
    expect(() => refine(peak(heatmaps), heatmaps, { ...shape, blurKernelSize: 10 })).toThrow('kernel but received 10');
    expect(() => refine(peak(heatmaps), heatmaps.subarray(1), shape)).toThrow('but found 767');
    expect(() => refine(peak(heatmaps), heatmaps, shape, new Float32Array(2))).toThrow('Expected room for 3 floats');
  });
});

/** Both rules as their formulas read, for maps that are not blurred. */
function plainStep(kind: 'dark' | 'udp', map: Float32Array, size: number, x: number, y: number): number[] {
  if (kind === 'dark' && [x, y].some((at) => at < 2 || at > size - 3)) return [0, 0];
  const clip = (at: number) => Math.max(0, Math.min(size - 1, at));
  const L = (i: number, j: number) => {
    const value = map[clip(y + j) * size + clip(x + i)];
    return Math.log(kind === 'dark' ? Math.max(value, 1e-10) : Math.min(Math.max(value, 0.001), 50));
  };
  const gradient = [(L(1, 0) - L(-1, 0)) / 2, (L(0, 1) - L(0, -1)) / 2];
  const hessian =
    kind === 'dark'
      ? [
          [(L(2, 0) - 2 * L(0, 0) + L(-2, 0)) / 4, (L(1, 1) - L(1, -1) - L(-1, 1) + L(-1, -1)) / 4],
          [(L(1, 1) - L(1, -1) - L(-1, 1) + L(-1, -1)) / 4, (L(0, 2) - 2 * L(0, 0) + L(0, -2)) / 4],
        ]
      : [
          [L(1, 0) - 2 * L(0, 0) + L(-1, 0) + 2 ** -23, 0],
          [0, L(0, 1) - 2 * L(0, 0) + L(0, -1) + 2 ** -23],
        ];
  if (kind === 'udp') {
    const mixed = L(1, 1) - L(1, 0) - L(0, 1) + 2 * L(0, 0) - L(-1, 0) - L(0, -1) + L(-1, -1);
    hessian[0][1] = hessian[1][0] = mixed / 2;
  }
  const [[a, b], [, d]] = hessian;
  const determinant = a * d - b * b;
  if (determinant === 0) return [0, 0];
  return [(b * gradient[1] - d * gradient[0]) / determinant, (b * gradient[0] - a * gradient[1]) / determinant];
}

test.each([
  ['refineDark', refineDark, 'dark'],
  ['refineUdp', refineUdp, 'udp'],
] as const)('%s equals its plain twin on maps that are not blurred', (_, refine, kind) => {
  const levels = fc.array(fc.constantFrom(-1, 0, 0.0005, 0.25, 0.5, 1, 7, 60, 90), { minLength: 36, maxLength: 36 });
  const place = fc.integer({ min: 0, max: 5 });
  fc.assert(
    fc.property(levels, place, place, (values, x, y) => {
      const map = Float32Array.from(values);
      map[y * 6 + x] = 100;
      const options = { size: [6, 6], keypoints: 1, blurKernelSize: 1 } as const;
      const [refinedX, refinedY] = refine(Float32Array.of(x, y, 100), map, options);
      const [dx, dy] = plainStep(kind, map, 6, x, y);
      expect(Math.abs(refinedX - x - dx)).toBeLessThanOrEqual(1e-6 * (10 + Math.abs(dx)));
      expect(Math.abs(refinedY - y - dy)).toBeLessThanOrEqual(1e-6 * (10 + Math.abs(dy)));
    }),
    { numRuns: 300 },
  );
});

test('refineDark leaves points at the border, refineUdp moves them too', () => {
  const heatmaps = gaussian(1.3, 16.3);
  expect(Array.from(refineDark(peak(heatmaps), heatmaps, shape).subarray(0, 2))).toEqual([1, 16]);
  const [x, y] = refineUdp(peak(heatmaps), heatmaps, shape);
  expect(x).not.toBe(1);
  expect(y).toBeCloseTo(16.3, 1);
});
