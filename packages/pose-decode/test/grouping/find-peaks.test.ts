import fc from 'fast-check';
import { DecodeError, findPeaks, type PeakOptions } from '../../src';
import { cubic } from './plain-cubic';

// jest looks globals up in a sandbox, which is slow in loops.
const { floor } = Math;

/** The plain twin: cells per keypoint as the definition reads; positions of equal value in an enlarged patch are all given. */
function plainPeaks(map: (x: number, y: number) => number, [width, height]: readonly [number, number], stride: number) {
  const peaks: { score: number; places: [number, number][] }[] = [];
  const span = (at: number, size: number) =>
    Array.from({ length: 5 }, (_, i) => at - 2 + i).filter((i) => i >= 0 && i < size);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const around = [[x - 1, y], [x + 1, y], [x, y - 1], [x, y + 1]] // prettier-ignore
        .filter(([i, j]) => i >= 0 && i < width && j >= 0 && j < height);
      if (!(map(x, y) > 0.1) || around.some(([i, j]) => map(i, j) > map(x, y))) continue;
      const [columns, rows] = [span(x, width), span(y, height)];
      const patch = rows.map((j) => columns.map((i) => map(i, j)));
      const enlarged = rows.flatMap((_, j) =>
        columns.flatMap((_, i) =>
          Array.from({ length: stride * stride }, (_, s): [number, number, number] => {
            const [ex, ey] = [stride * i + (s % stride), stride * j + Math.floor(s / stride)];
            const value = cubic(patch, (ex + 0.5) / stride - 0.5, (ey + 0.5) / stride - 0.5);
            return [stride * columns[0] + ex, stride * rows[0] + ey, value];
          }),
        ),
      );
      const score = Math.max(...enlarged.map(([, , value]) => value));
      const places = enlarged
        .filter(([, , value]) => value > score - 1e-9)
        .map(([ex, ey]): [number, number] => [ex, ey]);
      peaks.push({ score, places });
    }
  }
  return peaks;
}

describe('findPeaks(heatmaps, options)', () => {
  test('equals its plain twin, at borders, on plateaus, in both layouts, and leaves further maps out', () => {
    const shapes = fc.record({
      size: fc.tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 7 })),
      keypoints: fc.integer({ min: 1, max: 2 }),
      background: fc.integer({ min: 0, max: 1 }),
      stride: fc.integer({ min: 1, max: 4 }),
      layout: fc.constantFrom('hwk' as const, 'khw' as const),
    });
    const cases = shapes.chain((shape) => {
      const length = shape.size[0] * shape.size[1] * (shape.keypoints + shape.background);
      return fc.tuple(
        fc.constant(shape),
        fc.array(fc.integer({ min: -4, max: 8 }), { minLength: length, maxLength: length }),
      );
    });
    fc.assert(
      fc.property(cases, ([{ background, ...shape }, levels]) => {
        const { size, keypoints, stride, layout } = shape;
        const [width, height] = size;
        const maps = keypoints + background;
        const heatmaps = Float32Array.from(levels, (level) => level / 8);
        const { points, starts } = findPeaks(heatmaps, { ...shape, maps });
        expect(starts).toHaveLength(keypoints + 1);
        for (let k = 0; k < keypoints; k++) {
          const map = (x: number, y: number) =>
            heatmaps[layout === 'hwk' ? (y * width + x) * maps + k : (k * height + y) * width + x];
          const expected = plainPeaks(map, size, stride);
          expect(starts[k + 1] - starts[k]).toBe(expected.length);
          expected.forEach(({ score, places }, n) => {
            const [x, y, found] = points.subarray(3 * (starts[k] + n));
            expect(found).toBeCloseTo(score, 6);
            expect(places).toContainEqual([x, y]);
          });
        }
      }),
      { numRuns: 100 },
    );
  });

  const [width, height] = [30, 20];
  const blobs = (...centres: [number, number][]) =>
    Float32Array.from({ length: width * height }, (_, i) =>
      centres.reduce((sum, [x, y]) => {
        const [cx, cy] = [8 * (i % width) + 3.5, 8 * Math.floor(i / width) + 3.5];
        return sum + Math.exp(-((cx - x) ** 2 + (cy - y) ** 2) / (2 * 12 ** 2));
      }, 0),
    );
  const shape: PeakOptions = { size: [width, height], keypoints: 1 };

  test('finds several people in network input pixels within 1.5 of them, a fifth of a cell', () => {
    const inside = fc.tuple(
      fc.double({ min: 20, max: 90, noNaN: true }),
      fc.double({ min: 20, max: 140, noNaN: true }),
    );
    fc.assert(
      fc.property(inside, inside, ([ax, ay], [bx, by]) => {
        const { points } = findPeaks(blobs([ax, ay], [bx + 120, by]), shape);
        expect(points).toHaveLength(6);
        const found = [points.subarray(0, 2), points.subarray(3, 5)].sort((a, b) => a[0] - b[0]);
        expect(Math.hypot(found[0][0] - ax, found[0][1] - ay)).toBeLessThan(1.5);
        expect(Math.hypot(found[1][0] - bx - 120, found[1][1] - by)).toBeLessThan(1.5);
      }),
    );
  });

  test('finds nobody in maps of zeros, and none at or below the threshold', () => {
    const none = findPeaks(new Float32Array(width * height), shape);
    expect([none.points.length, Array.from(none.starts)]).toEqual([0, [0, 0]]);
    const one = new Float32Array(width * height);
    one[100] = 0.5;
    expect(findPeaks(one, { ...shape, peakThreshold: 0.5 }).points).toHaveLength(0);
    expect(findPeaks(one, { ...shape, peakThreshold: 0.49 }).points).toHaveLength(3);
  });

  test('takes the first of equal maxima around a peak', () => {
    const { points } = findPeaks(new Float32Array(9).fill(1), { size: [3, 3], keypoints: 1, stride: 1 });
    expect(Array.from(points)).toEqual(Array.from({ length: 9 }, () => [0, 0, 1]).flat());
  });

  test('keeps the highest peaks of each keypoint, row by row, 127 if nothing else is said', () => {
    // 45 peaks in every other cell of every other row, of two keypoints; the second has them the other way round
    const size = [18, 10] as const;
    const maps = new Float32Array(18 * 10 * 2);
    for (let n = 0; n < 45; n++) {
      const cell = 2 * (n % 9) + 36 * floor(n / 9);
      maps[2 * cell] = 0.2 + n / 100;
      maps[2 * cell + 1] = 0.2 + (44 - n) / 100;
    }
    const options = { size, keypoints: 2, stride: 1 };
    const all = findPeaks(maps, options);
    expect(Array.from(all.starts)).toEqual([0, 45, 90]);
    const { points, starts } = findPeaks(maps, { ...options, maxPeaks: 10 });
    expect(Array.from(starts)).toEqual([0, 10, 20]);
    expect(points).toEqual(Float32Array.from([...all.points.subarray(3 * 35, 3 * 45), ...all.points.subarray(3 * 45, 3 * 55)])); // prettier-ignore

    const flat = findPeaks(new Float32Array(46 * 46 * 18).fill(0.5), { size: [46, 46], keypoints: 18 });
    expect(Array.from(flat.starts)).toEqual(Array.from({ length: 19 }, (_, k) => 127 * k));
    // of equal values the first: two rows of 46 and 35 cells of the third, each moved to the corner of its 5x5 cells
    expect(Array.from(flat.points.subarray(3 * 126, 3 * 127))).toEqual([8 * 32, 0, 0.5]);
  });

  test('names what it cannot work with', () => {
    const maps = blobs([60, 60]);
    const find = (changed: Partial<PeakOptions>) => () => findPeaks(maps, { ...shape, ...changed });
    expect(find({ keypoints: 18, maps: 17 })).toThrow('Expected at least keypoints (18) for maps but received 17');
    expect(find({ maps: 19 })).toThrow('Expected 11400 values in heatmaps (1 x 19 maps of 30x20) but found 600');
    expect(find({ stride: 0.5 })).toThrow('Expected a positive integer for stride but received 0.5');
    expect(find({ maxPeaks: 0 })).toThrow('Expected a positive integer for maxPeaks but received 0');
    expect(find({ peakThreshold: NaN })).toThrow('Expected a finite number for peakThreshold but received NaN');
    for (const value of [NaN, Infinity, -Infinity]) {
      maps[2 * width + 7] = value;
      expect(find({})).toThrow(DecodeError);
      expect(find({})).toThrow(`the map of keypoint 0 holds ${value} at x 7, y 2: has the network diverged?`);
    }
  });
});
