import fc from 'fast-check';
import { DecodeError, decodeDark, decodeUdp } from '../../src';
import { gaussianKernel } from '../../src/heatmaps/gaussian-blur';

const [width, height] = [24, 32];
const shape = { size: [width, height], keypoints: 1 } as const;

const gaussian = (cx: number, cy: number) =>
  Float32Array.from({ length: width * height }, (_, i) =>
    Math.exp(-(((i % width) - cx) ** 2 + (Math.floor(i / width) - cy) ** 2) / 8),
  );

describe.each([
  ['decodeDark', decodeDark, 6],
  ['decodeUdp', decodeUdp, 6],
] as const)('%s(heatmaps, options, into)', (_, decode, margin) => {
  test('finds the centre of a Gaussian within a fiftieth of a pixel, away from the border', () => {
    const along = (size: number) => fc.double({ min: margin, max: size - 1 - margin, noNaN: true });
    fc.assert(
      fc.property(along(width), along(height), (cx, cy) => {
        const heatmaps = gaussian(cx, cy);
        const [x, y, score] = decode(heatmaps, shape);
        expect(Math.abs(x - cx)).toBeLessThan(0.02);
        expect(Math.abs(y - cy)).toBeLessThan(0.02);
        expect(score).toBe(Math.max(...heatmaps));
      }),
      { numRuns: 50 },
    );
  });

  test('treats each person and keypoint by itself, in both layouts, and writes into the given array', () => {
    const maps = [gaussian(8.3, 9.4), gaussian(12.6, 20.2), gaussian(15.5, 11.1), new Float32Array(width * height)];
    const alone = maps.map((map) => Array.from(decode(map, shape)));
    expect(alone[3]).toEqual([0, 0, 0]);
    for (const layout of ['hwk', 'khw'] as const) {
      const both = { ...shape, keypoints: 2, batch: 2, layout };
      const heatmaps = Float32Array.from({ length: 4 * width * height }, (_, i) => {
        const [person, rest] = [Math.floor(i / (2 * width * height)), i % (2 * width * height)];
        const [k, pixel] = layout === 'hwk' ? [rest % 2, rest >> 1] : [Math.floor(rest / width / height), rest % (width * height)]; // prettier-ignore
        return maps[2 * person + k][pixel];
      });
      const into = new Float32Array(12);
      expect(decode(heatmaps, both, into)).toBe(into);
      expect(Array.from(into)).toEqual(alone.flat());
    }
  });

  test('keeps the place of a peak that its valley swallows, and of an even map', () => {
    const valley = new Float32Array(width * height).fill(-9);
    valley[16 * width + 12] = 0.5;
    expect(Array.from(decode(valley, shape))).toEqual([12, 16, 0.5]);
    const even = new Float32Array(49).fill(1);
    const small = { size: [7, 7], keypoints: 1 } as const;
    expect(Array.from(decode(even, { ...small, blurKernelSize: 1 }))).toEqual([0, 0, 1]);
  });

  test('refuses maps that are not finite or do not fit, and kernels without a middle', () => {
    const heatmaps = gaussian(12, 16);
    expect(() => decode(heatmaps, { ...shape, blurKernelSize: 10 })).toThrow('kernel but received 10');
    expect(() => decode(heatmaps.subarray(1), shape)).toThrow('but found 767');
    expect(() => decode(heatmaps, shape, new Float32Array(2))).toThrow('Expected room for 3 floats');
    heatmaps[700] = NaN;
    expect(() => decode(heatmaps, shape)).toThrow(DecodeError);
    expect(() => decode(heatmaps, shape)).toThrow('the map of keypoint 0, batch element 0, holds NaN');
  });
});

/** Both rules as their formulas read. */
function plainStep(kind: 'dark' | 'udp', map: ArrayLike<number>, size: number, x: number, y: number): number[] {
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

/** A map blurred, zeros outside, and scaled to its old maximum, pixel by pixel; none where that is blurred away. */
function modulated(map: Float32Array, size: number, kernelSize: number): number[] | undefined {
  const kernel = gaussianKernel(kernelSize);
  const reach = (kernelSize - 1) / 2;
  const inside = (at: number) => at >= 0 && at < size;
  const blurred = Array.from(map, (_, pixel) => {
    let sum = 0;
    for (let j = -reach; j <= reach; j++) {
      for (let i = -reach; i <= reach; i++) {
        const [x, y] = [(pixel % size) + i, Math.floor(pixel / size) + j];
        if (inside(x) && inside(y)) sum += kernel[i + reach] * kernel[j + reach] * map[y * size + x];
      }
    }
    return sum;
  });
  const factor = Math.max(...map) / Math.max(...blurred);
  return factor > 0 && factor < Infinity ? blurred.map((value) => value * factor) : undefined;
}

test.each([
  ['decodeDark', decodeDark, 'dark'],
  ['decodeUdp', decodeUdp, 'udp'],
] as const)('%s equals its plain twin, also where its limits matter', (_, decode, kind) => {
  const size = 8;
  const level = fc.constantFrom(-1, 0, 1e-11, 0.0005, 0.002, 0.25, 0.5, 1, 7, 60, 90);
  const levels = fc.array(level, { minLength: size * size, maxLength: size * size });
  const place = fc.integer({ min: 0, max: size - 1 });
  const kernel = fc.constantFrom(1, 3, 5, 11);
  fc.assert(
    fc.property(levels, place, place, fc.constantFrom(0.004, 0.9, 100), kernel, (values, x, y, maximum, kernelSize) => {
      const map = Float32Array.from(values, (value) => Math.min(value, maximum * 0.9));
      map[y * size + x] = maximum;
      const expected = modulated(map, size, kernelSize);
      fc.pre(expected !== undefined);
      const [gotX, gotY] = decode(map, { size: [size, size], keypoints: 1, blurKernelSize: kernelSize });
      const [dx, dy] = plainStep(kind, expected, size, x, y);
      // Where the Hessian nearly has no inverse, rounding decides.
      fc.pre(Math.hypot(dx, dy) < 100);
      expect(Math.abs(gotX - x - dx)).toBeLessThanOrEqual(1e-4 * (1 + Math.abs(dx)));
      expect(Math.abs(gotY - y - dy)).toBeLessThanOrEqual(1e-4 * (1 + Math.abs(dy)));
    }),
    { numRuns: 1000 },
  );
});

test('decodeDark leaves points at the border, decodeUdp moves them too', () => {
  const heatmaps = gaussian(1.3, 16.3);
  expect(Array.from(decodeDark(heatmaps, shape).subarray(0, 2))).toEqual([1, 16]);
  const [x, y] = decodeUdp(heatmaps, shape);
  expect(x).not.toBe(1);
  expect(y).toBeCloseTo(16.3, 1);
});
