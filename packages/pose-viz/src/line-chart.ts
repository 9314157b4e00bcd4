import { placeLegend, seriesColor } from './chart-legend';
import { drawHeading, FRAME, GRID, PAPER, SOFT } from './chart-style';
import { drawText, LINE_HEIGHT, fitText, textWidth } from './draw-text';
import type { Color, Image } from './image';
import { checkColor, checkSize, createImage } from './image';
import { fillDisc, fillRect, strokeLine } from './stroke';
import type { Axis } from './ticks';
import { linearAxis, logAxis, logTickLabels, tickLabels } from './ticks';
import { VizError } from './viz-error';

/** [x, y]; a y of null or NaN is a gap in the line. */
export type ChartPoint = readonly [number, number | null];

export interface ChartSeries {
  name: string;
  points: readonly ChartPoint[];
  /** [red, green, blue], 0..255; by default told apart by its place. */
  color?: Color;
}

export interface LineChartOptions {
  title: string;
  xLabel: string;
  yLabel: string;
  series: readonly ChartSeries[];
  /** Pixels; default 760, at least 200. */
  width?: number;
  /** Pixels; default 420, at least 150. */
  height?: number;
  /** Logarithmic y axis. */
  logY?: boolean;
}

/** Differences and ratios of such values are still finite; what is larger counts as infinite. */
const LARGEST = 1e150;

/** Points are marked one by one up to this many in a series. */
const MARKED = 40;

/** Lines of more points than this are thinner. */
const DENSE = 500;

/**
 * A line chart with nice ticks, a grid and a legend, dark on white. A y that is null is a gap; so is one that the
 * axis cannot show (NaN, an infinity, or y <= 0 on a logarithmic axis: a diverged loss), and a note under the chart
 * says how many of those there were. A series of one point is a dot; without any point the axes stand alone.
 *
 * @returns a new picture
 * @throws VizError when a size is too small, an x is not finite, or a colour is none
 */
export function lineChart(options: LineChartOptions): Image {
  const { title, xLabel, yLabel, series, width = 760, height = 420, logY = false } = options;
  checkSize([width, height], 'lineChart: [width, height]');
  if (width < 200 || height < 150) {
    throw new VizError(`lineChart: expected a size of at least 200x150, found ${width}x${height}`);
  }
  const { x: xs, y: ys, refused } = shownValues(series, logY);
  const chart = createImage(width, height, PAPER);
  const scale = width >= 640 && height >= 320 ? 2 : 1;
  const line = LINE_HEIGHT * scale;
  const pad = 6 * scale;
  const write = (text: string, x: number, y: number, color: Color): void =>
    drawText(chart, text, x, y, { color, scale });

  // From the top: title, legend, y label, plot, x ticks, x label and note.
  const legend = placeLegend(series, scale, width - 2 * pad);
  const top = pad + (line + pad) + (legend.height > 0 ? legend.height + pad : 0) + line + 1.5 * pad;
  const bottom = height - pad - line - pad - line - pad;
  const yAxis = makeYAxis(ys, logY, Math.max(2, Math.floor((bottom - top) / ((logY ? 2 : 3) * line))));
  const yTickLabels = logY ? logTickLabels(yAxis.ticks) : tickLabels(yAxis.ticks);
  const left = pad + Math.max(...yTickLabels.map((label) => textWidth(label, scale))) + pad;
  const right = width - 3 * pad;
  const xAxis = makeXAxis(xs, right - left, scale);
  const px = (x: number): number => left + ((x - xAxis.low) / (xAxis.high - xAxis.low)) * (right - left);
  const height01 = (y: number): number =>
    logY ? Math.log(y / yAxis.low) / Math.log(yAxis.high / yAxis.low) : (y - yAxis.low) / (yAxis.high - yAxis.low);
  const py = (y: number): number => bottom - height01(y) * (bottom - top);

  drawHeading(chart, fitText(title, scale, width - 2 * pad - 1), pad, pad, scale);
  legend.draw(chart, pad, pad + line + pad);
  write(yLabel, pad, top - line - 1.5 * pad, SOFT);
  yAxis.ticks.forEach((tick, i) => {
    const y = Math.round(py(tick));
    fillRect(chart, left, y, right + 1, y + 1, GRID, 1);
    write(yTickLabels[i], left - pad - textWidth(yTickLabels[i], scale), y - Math.floor(3.5 * scale), SOFT);
  });
  const xTickLabels = tickLabels(xAxis.ticks);
  xAxis.ticks.forEach((tick, i) => {
    const x = Math.round(px(tick));
    fillRect(chart, x, top, x + 1, bottom, GRID, 1);
    write(xTickLabels[i], x - textWidth(xTickLabels[i], scale) / 2, bottom + pad, SOFT);
  });
  fillRect(chart, left, bottom, right + 1, bottom + 1, FRAME, 1);
  fillRect(chart, left, top, left + 1, bottom, FRAME, 1);
  const footer = bottom + pad + line + pad;
  write(xLabel, right - textWidth(xLabel, scale), footer, SOFT);
  if (refused > 0) {
    const why = logY ? 'not finite or not above 0' : 'not finite';
    const note = `${refused} point${refused === 1 ? '' : 's'} not shown (${why})`;
    write(fitText(note, scale, right - pad - textWidth(xLabel, scale) - 2 * pad), pad, footer, SOFT);
  }

  series.forEach((one, s) => {
    const { points, color = seriesColor(s) } = one;
    const marked = points.length <= MARKED;
    const radius = (points.length <= DENSE ? 0.9 : 0.55) * scale;
    points.forEach(([x, y], i) => {
      if (!isShown(y, logY)) return;
      const here = [px(x), py(y)] as const;
      const [nextX, nextY] = points[i + 1] ?? [0, null];
      const joined = isShown(nextY, logY);
      if (joined) strokeLine(chart, here, [px(nextX), py(nextY)], radius, color, 1);
      const alone = !joined && !(i > 0 && isShown(points[i - 1][1], logY));
      if (marked || alone) fillDisc(chart, here[0], here[1], (alone ? 2.4 : 1.9) * scale, color, 1);
    });
  });
  return chart;
}

function isShown(y: number | null, logY: boolean): y is number {
  return y !== null && Math.abs(y) <= LARGEST && (!logY || y >= 1 / LARGEST);
}

function shownValues(series: readonly ChartSeries[], logY: boolean): { x: number[]; y: number[]; refused: number } {
  const x: number[] = [];
  const y: number[] = [];
  let refused = 0;
  series.forEach(({ name, points, color }) => {
    if (color !== undefined) checkColor(color, `lineChart: color of series '${name}'`);
    points.forEach((point, i) => {
      if (!(Math.abs(point[0]) <= LARGEST)) {
        throw new VizError(`lineChart: expected a finite x for point ${i} of series '${name}', found ${point[0]}`);
      }
      x.push(point[0]);
      if (isShown(point[1], logY)) y.push(point[1]);
      else if (point[1] !== null) refused += 1;
    });
  });
  return { x, y, refused };
}

/** Least and largest; not by spreading, which fails on long series. */
function extent(values: readonly number[], otherwise: [number, number]): [number, number] {
  if (values.length === 0) return otherwise;
  return values.reduce(([low, high], v) => [Math.min(low, v), Math.max(high, v)], [Infinity, -Infinity]);
}

function makeYAxis(values: readonly number[], logY: boolean, count: number): Axis {
  const [low, high] = extent(values, logY ? [0.1, 1] : [0, 1]);
  return logY ? logAxis(low, high, count) : linearAxis(low, high, count, { extend: true });
}

/** As many ticks as their labels have room for. */
function makeXAxis(values: readonly number[], room: number, scale: number): Axis {
  const [low, high] = extent(values, [0, 1]);
  const whole = values.every(Number.isInteger) && values.length > 0;
  let axis = linearAxis(low, high, 12, { whole });
  for (let count = 11; count >= 2; count--) {
    const widest = Math.max(...tickLabels(axis.ticks).map((label) => textWidth(label, scale)));
    if (axis.ticks.length * (widest + 10 * scale) <= room) break;
    axis = linearAxis(low, high, count, { whole });
  }
  return axis;
}
