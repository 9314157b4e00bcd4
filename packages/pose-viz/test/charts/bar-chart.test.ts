import { barChart, VizError } from '../../src';
import type { BarSeries, Color, Image } from '../../src';
import { SERIES_COLORS } from '../../src/charts/chart-legend';

const chart = (bars: string[], series: BarSeries[], width = 700): Image =>
  barChart({ title: 'T', xLabel: 'x', bars, series, width });

/** Pixels of exactly a colour below the legend, by row: the first and the last column and how many there are. */
function rowsOf(image: Image, [r, g, b]: Color): { y: number; first: number; last: number; count: number }[] {
  return Array.from({ length: image.height }, (_, y) => y).flatMap((y) => {
    const columns = Array.from({ length: image.width }, (_, x) => x).filter((x) => {
      const at = 3 * (y * image.width + x);
      return image.data[at] === r && image.data[at + 1] === g && image.data[at + 2] === b;
    });
    // Bars are longer than what a legend draws of a colour.
    return columns.length < 40
      ? []
      : [{ y, first: columns[0], last: columns[columns.length - 1], count: columns.length }];
  });
}

const lengths = (image: Image, color: Color): number[] => [...new Set(rowsOf(image, color).map(({ count }) => count))];

test('barChart() draws bars as long as their values, one below the other', () => {
  const image = chart(['a', 'b', 'c'], [{ name: 's', values: [4, 8, 2] }]);
  const [a, b, c] = lengths(image, SERIES_COLORS[0]);
  expect(Math.abs(b - 2 * a)).toBeLessThanOrEqual(2);
  expect(Math.abs(a - 2 * c)).toBeLessThanOrEqual(2);
  const rows = rowsOf(image, SERIES_COLORS[0]);
  expect(new Set(rows.map(({ first }) => first)).size).toBe(1);
  expect(rows.every(({ first, last, count }) => last - first + 1 === count)).toBe(true);
});

test('barChart() stacks series without a gap, in the colours given', () => {
  const colors: Color[] = [[200, 10, 10], [10, 200, 10]]; // prettier-ignore
  const image = chart(
    ['a'],
    [
      { name: 'one', values: [3], color: colors[0] },
      { name: 'two', values: [2], color: colors[1] },
    ],
  );
  const [one] = rowsOf(image, colors[0]);
  const [two] = rowsOf(image, colors[1]);
  expect(two.first).toBe(one.last + 1);
  expect(Math.abs(one.count / two.count - 1.5)).toBeLessThan(0.02);
});

test('barChart() grows with its bars and fits names and sums into its width', () => {
  const heights = [1, 2, 9].map((count) => chart(Array(count).fill('a bar'), [{ name: 's', values: Array(count).fill(1) }]).height); // prettier-ignore
  expect(heights[2] - heights[1]).toBe(7 * (heights[1] - heights[0]));
  const image = chart(
    ['a name that is far too long for any chart, and goes on'],
    [{ name: 's', values: [1234567.8] }],
    300,
  );
  const dark = Array.from({ length: image.height }, (_, y) => image.data[3 * (y * image.width + image.width - 1)]);
  expect(dark.every((value) => value === 255)).toBe(true);
  expect(lengths(image, SERIES_COLORS[0])[0]).toBeGreaterThan(60);
});

test('barChart() takes values of 0, no bars and no series', () => {
  expect(lengths(chart(['a', 'b'], [{ name: 's', values: [0, 0] }]), SERIES_COLORS[0])).toEqual([]);
  expect(chart([], [{ name: 's', values: [] }]).width).toBe(700);
  expect(chart(['a'], []).width).toBe(700);
});

test('barChart() throws on what it cannot draw', () => {
  expect(() => chart(['a'], [], 200)).toThrow(
    new VizError('barChart: expected a width of at least 300 pixels, found 200'),
  );
  expect(() => chart(['a', 'b'], [{ name: 's', values: [1] }])).toThrow("expected 2 values of series 's', found 1");
  for (const value of [-1, NaN, Infinity]) {
    expect(() => chart(['a'], [{ name: 's', values: [value] }])).toThrow(
      `expected a value of at least 0 for bar 'a' of series 's', found ${value}`,
    );
  }
  expect(() => chart(['a'], [{ name: 's', values: [1], color: [0, 0, 300] }])).toThrow(VizError);
});
