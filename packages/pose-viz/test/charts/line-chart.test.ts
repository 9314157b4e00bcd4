import { lineChart, VizError } from '../../src';
import type { ChartPoint, Image, LineChartOptions } from '../../src';
import { SERIES_COLORS } from '../../src/charts/chart-legend';

const chart = (series: readonly (readonly ChartPoint[])[], options: Partial<LineChartOptions> = {}): Image =>
  lineChart({
    title: 'T',
    xLabel: 'x',
    yLabel: 'y',
    series: series.map((points, i) => ({ name: `s${i}`, points })),
    width: 300,
    height: 200,
    ...options,
  });

/** Pixels of exactly a series' colour that are below its legend entry. */
function inked(image: Image, series = 0): [number, number][] {
  const [r, g, b] = SERIES_COLORS[series];
  const found: [number, number][] = [];
  for (let y = 45; y < image.height; y++) {
    for (let x = 0; x < image.width; x++) {
      const i = 3 * (y * image.width + x);
      if (image.data[i] === r && image.data[i + 1] === g && image.data[i + 2] === b) found.push([x, y]);
    }
  }
  return found;
}

const span = (values: number[]): number => Math.max(...values) - Math.min(...values);

test('lineChart() has the size that was asked for, and a default one', () => {
  expect(chart([])).toMatchObject({ width: 300, height: 200, channels: 3 });
  const plain = lineChart({ title: 'T', xLabel: 'x', yLabel: 'y', series: [] });
  expect([plain.width, plain.height, plain.data.length]).toEqual([760, 420, 760 * 420 * 3]);
});

test('lineChart() draws a rising line across the plot, from the lower left to the upper right', () => {
  const pixels = inked(
    chart([
      [
        [0, 0],
        [10, 1],
      ],
    ]),
  );
  const [left, right] = [
    pixels.reduce((a, b) => (b[0] < a[0] ? b : a)),
    pixels.reduce((a, b) => (b[0] > a[0] ? b : a)),
  ];
  expect(right[0] - left[0]).toBeGreaterThan(220);
  expect(left[1] - right[1]).toBeGreaterThan(80);
});

test('lineChart() of one point is a dot', () => {
  const pixels = inked(chart([[[3, 0.4]]]));
  expect(pixels.length).toBeGreaterThan(5);
  expect(span(pixels.map(([x]) => x))).toBeLessThan(8);
  expect(span(pixels.map(([, y]) => y))).toBeLessThan(8);
});

test('lineChart() breaks the line at gaps and keeps isolated points', () => {
  const columns = (points: ChartPoint[]): Set<number> => new Set(inked(chart([points])).map(([x]) => x));
  const points = Array.from({ length: 100 }, (_, x): ChartPoint => [x, 1 + (x % 2)]);
  const whole = columns(points);
  const broken = columns(points.map(([x, y]) => [x, x > 40 && x < 60 && x !== 50 ? NaN : y]));
  expect(span([...whole])).toBe(span([...broken]));
  expect(whole.size - broken.size).toBeGreaterThan(25);
  const middle = (Math.min(...broken) + Math.max(...broken)) / 2;
  expect([...broken].some((x) => Math.abs(x - middle) < 5)).toBe(true);
});

test('lineChart() notes points that it cannot show, but not those that are null', () => {
  const points: ChartPoint[] = [
    [0, 1],
    [1, null],
    [2, 3],
  ];
  const footer = (image: Image): number => image.data.subarray(3 * 300 * 185).filter((v) => v < 200).length;
  const quiet = footer(chart([points]));
  expect(footer(chart([points.map(([x, y]) => [x, y ?? NaN])]))).toBeGreaterThan(quiet + 100);
  expect(footer(chart([points.map(([x, y]) => [x, y ?? Infinity])]))).toBeGreaterThan(quiet + 100);
  expect(footer(chart([points.map(([x, y]) => [x, y ?? 0])], { logY: true }))).toBeGreaterThan(quiet + 100);
  expect(footer(chart([points.map(([x, y]) => [x, y ?? 0])]))).toBe(quiet);
});

test('lineChart() with logY draws an exponential as a straight line', () => {
  const points = Array.from({ length: 101 }, (_, x): ChartPoint => [x, 10 ** (-x / 25)]);
  const pixels = inked(chart([points], { logY: true }));
  const mean = (i: 0 | 1): number => pixels.reduce((sum, p) => sum + p[i], 0) / pixels.length;
  const [mx, my] = [mean(0), mean(1)];
  const slope =
    pixels.reduce((s, [x, y]) => s + (x - mx) * (y - my), 0) / pixels.reduce((s, [x]) => s + (x - mx) ** 2, 0);
  for (const [x, y] of pixels) expect(Math.abs(y - my - slope * (x - mx))).toBeLessThan(2);
});

test('lineChart() takes constants, empty series, extreme values and long series', () => {
  const long = Array.from({ length: 150_000 }, (_, x): ChartPoint => [x, x]);
  expect(inked(chart([[], [[0, 5], [9, 5]]]), 1).length).toBeGreaterThan(100); // prettier-ignore
  expect(inked(chart([long])).length).toBeGreaterThan(100);
  for (const y of [1e150, -1e150, 1e-200, 1e300, -0]) {
    for (const logY of [false, true]) expect(chart([[[0, y], [1, 2]]], { logY }).width).toBe(300); // prettier-ignore
  }
  const names = Array.from({ length: 20 }, (_, i) => ({ name: `a series with a long name ${i}`, points: [] }));
  expect(lineChart({ title: 'T', xLabel: 'x', yLabel: 'y', series: names }).width).toBe(760);
});

test('lineChart() draws a series in its own colour, in the legend too', () => {
  const points: ChartPoint[] = [[0, 0], [10, 1]]; // prettier-ignore
  const series = [{ name: 's', points, color: [200, 10, 10] as const }];
  const image = lineChart({ title: 'T', xLabel: 'x', yLabel: 'y', series });
  const rows = Array.from({ length: image.height }, (_, y) => y).filter((y) => {
    const row = image.data.subarray(3 * y * image.width, 3 * (y + 1) * image.width);
    return row.some((red, i) => i % 3 === 0 && red === 200 && row[i + 1] === 10 && row[i + 2] === 10);
  });
  expect(Math.min(...rows)).toBeLessThan(60);
  expect(span(rows)).toBeGreaterThan(250);
  expect(() =>
    lineChart({ title: 'T', xLabel: 'x', yLabel: 'y', series: [{ ...series[0], color: [0, 0, -1] }] }),
  ).toThrow("lineChart: color of series 's': expected a colour");
});

test('lineChart() with areas fills under the lines down to the axis, the first series on top', () => {
  const color = [200, 0, 0] as const;
  const flat = (y: number): ChartPoint[] => [[0, y], [10, y]]; // prettier-ignore
  const image = lineChart({
    title: 'T',
    xLabel: 'x',
    yLabel: 'y',
    areas: true,
    series: [
      { name: 'low', points: flat(0.5), color },
      { name: 'high', points: flat(1), color: [0, 0, 200] },
      { name: 'axis', points: [[0, 0], [10, null]] }, // prettier-ignore
    ],
  });
  const column = Array.from({ length: image.height }, (_, y) =>
    image.data.subarray(3 * (y * 760 + 400), 3 * (y * 760 + 401)),
  );
  const rows = (r: number, g: number, b: number) =>
    column.flatMap((pixel, y) => (pixel[0] === r && pixel[1] === g && pixel[2] === b ? [y] : []));
  const [red, blue] = [rows(233, 153, 153), rows(153, 153, 233)];
  expect(Math.min(...red)).toBeGreaterThan(Math.max(...blue));
  expect(Math.abs(red.length - blue.length)).toBeLessThan(10);
  expect(red.length).toBeGreaterThan(100);
});

test('lineChart() with a yRange has an axis that holds it, whatever the values', () => {
  const points: ChartPoint[] = [[0, 0.2], [10, 0.4]]; // prettier-ignore
  const rise = (options: Partial<LineChartOptions>) => span(inked(chart([points], options)).map(([, y]) => y));
  expect(rise({ yRange: [0, 1] }) / rise({})).toBeCloseTo(0.2, 1);
  expect(rise({ yRange: [0.3, 0.3] })).toBe(rise({}));
  expect(() => rise({ yRange: [0, NaN] })).toThrow('expected a yRange of two numbers');
  expect(() => rise({ yRange: [0, 1], logY: true })).toThrow('expected a yRange of two numbers');
});

test('lineChart() throws on sizes and x that it cannot draw', () => {
  expect(() => chart([], { width: 100 })).toThrow(
    new VizError('lineChart: expected a size of at least 200x150, found 100x200'),
  );
  expect(() => chart([], { height: 150.5 })).toThrow(VizError);
  expect(() => chart([[[0, 1], [NaN, 1]]])).toThrow("expected a finite x for point 1 of series 's0', found NaN"); // prettier-ignore
});
