import fc from 'fast-check';
import { DatasetError } from '../../src/dataset-error';
import { rasterizeRegions } from '../../src/regions/rasterize-regions';
import type { Region } from '../../src/regions/region';

const polygons = (...list: number[][]): Region => ({ kind: 'polygons', polygons: list });

/** The mask as rows of text. */
function drawn(mask: Uint8Array, width: number): string[] {
  return Array.from({ length: mask.length / width }, (_, y) =>
    [...mask.subarray(y * width, (y + 1) * width)].map((value) => (value === 1 ? '#' : '.')).join(''),
  );
}

/** Pixel by pixel: inside where an odd number of edges crosses the row of the pixel's centre, not to the right of it. */
function slowPolygon(polygon: readonly number[], [width, height]: readonly [number, number]): Uint8Array {
  const corners = Array.from({ length: polygon.length / 2 }, (_, i) => [polygon[2 * i], polygon[2 * i + 1]]);
  return Uint8Array.from({ length: width * height }, (_, p) => {
    const [x, y] = [(p % width) + 0.5, Math.floor(p / width) + 0.5];
    const crossed = corners.filter(([x1, y1], i) => {
      const [x2, y2] = corners[(i + 1) % corners.length];
      const spans = (y1 <= y && y2 > y) || (y2 <= y && y1 > y);
      return spans && x1 + ((y - y1) * (x2 - x1)) / (y2 - y1) <= x;
    });
    return crossed.length % 2;
  });
}

test('rasterizeRegions(regions, size) fills pixels whose centre is inside', () => {
  expect(drawn(rasterizeRegions([{ kind: 'box', box: [1, 1, 3, 2] }], [6, 4]), 6)).toEqual([
    '......',
    '.###..',
    '.###..',
    '......',
  ]);
  // From a quarter past the centre of column 1 to just past that of column 3.
  expect(drawn(rasterizeRegions([{ kind: 'box', box: [1.75, 0.5, 1.8, 2] }], [6, 4]), 6)).toEqual([
    '..##..',
    '..##..',
    '......',
    '......',
  ]);
  expect(drawn(rasterizeRegions([polygons([0, 0, 4, 0, 0, 4])], [5, 4]), 5)).toEqual([
    '###..',
    '##...',
    '#....',
    '.....',
  ]);
});

test('regions are cut off at the border and add up', () => {
  const regions: Region[] = [
    { kind: 'box', box: [-5, -5, 6, 6] },
    { kind: 'box', box: [0, 0, 2, 1] },
    { kind: 'mask', size: [4, 3], runs: [8, 2, 2] },
    { kind: 'box', box: [3, -2, 90, 3] },
  ];
  expect(drawn(rasterizeRegions(regions, [4, 3]), 4)).toEqual(['##.#', '....', '..#.']);
});

test('a polygon that crosses itself is filled by the even-odd rule', () => {
  const twice = [0, 0, 4, 0, 4, 4, 0, 4, 0, 0, 4, 0, 4, 4, 0, 4];
  expect(rasterizeRegions([polygons(twice)], [4, 4]).every((value) => value === 0)).toBe(true);
  expect(rasterizeRegions([polygons(twice.slice(0, 8), twice.slice(8))], [4, 4]).every((value) => value === 1)).toBe(
    true,
  );
});

test('rasterizeRegions(regions, size, into) writes all of into', () => {
  const into = new Uint8Array(12).fill(7);
  expect(rasterizeRegions([{ kind: 'box', box: [0, 0, 1, 1] }], [4, 3], into)).toBe(into);
  expect(drawn(into, 4)).toEqual(['#...', '....', '....']);
});

test.each<[string, () => unknown, string]>([
  [
    'a size of part of a pixel',
    () => rasterizeRegions([], [4, 2.5]),
    'size: expected [width, height] in whole pixels above 0, found [4, 2.5]',
  ],
  [
    'a buffer of another length',
    () => rasterizeRegions([], [4, 3], new Uint8Array(4)),
    'into: expected 4 x 3 = 12 values, found 4',
  ],
  [
    'a mask of another image',
    () => rasterizeRegions([{ kind: 'mask', size: [3, 4], runs: [12] }], [4, 3]),
    'size: expected 3x4 (width x height), the size of the run-length mask, found 4x3',
  ],
  [
    'NaN',
    () => rasterizeRegions([polygons([0, 0, 4, NaN, 2, 2])], [4, 3]),
    'polygon[3]: expected a finite number, found NaN',
  ],
])('%s is refused', (_, run, message) => {
  expect(run).toThrow(new DatasetError(message));
});

test('polygons are filled as pixel by pixel', () => {
  // Multiples of 1/4 put corners and crossings on pixel centres, others near them.
  const coordinate = fc.oneof(
    fc.integer({ min: -12, max: 60 }).map((n) => n / 4),
    fc.integer({ min: -3000, max: 15000 }).map((n) => n / 1000),
  );
  const polygon = fc.array(fc.tuple(coordinate, coordinate), { maxLength: 9 }).map((corners) => corners.flat());
  const side = fc.integer({ min: 1, max: 14 });
  fc.assert(
    fc.property(fc.array(polygon, { maxLength: 3 }), side, side, (list, width, height) => {
      const expected = new Uint8Array(width * height);
      for (const each of list) slowPolygon(each, [width, height]).forEach((value, p) => (expected[p] |= value));
      expect(rasterizeRegions([polygons(...list)], [width, height])).toEqual(expected);
    }),
    { numRuns: 1000 },
  );
});

test('run-length masks are drawn down the columns', () => {
  const runs = fc.array(fc.nat(6), { maxLength: 12 });
  fc.assert(
    fc.property(runs, fc.integer({ min: 1, max: 8 }), (drawnRuns, height) => {
      const total = drawnRuns.reduce((sum, run) => sum + run, 0);
      const width = Math.max(1, Math.ceil(total / height));
      const all = [...drawnRuns, width * height - total];
      const columns = all.flatMap((run, i) => new Array<number>(run).fill(i % 2));
      const expected = Uint8Array.from(columns, (_, p) => columns[(p % width) * height + Math.floor(p / width)]);
      expect(rasterizeRegions([{ kind: 'mask', size: [width, height], runs: all }], [width, height])).toEqual(expected);
    }),
  );
});
