import { placeLegend, seriesColor } from './chart-legend';
import { drawHeading, FRAME, GRID, PAPER, SOFT } from './chart-style';
import { drawText, LINE_HEIGHT, fitText, textWidth } from '../draw/draw-text';
import type { Color, Image } from '../picture/image';
import { checkSize, createImage } from '../picture/image';
import { fillDisc, fillRect, strokeLine } from '../surface/stroke';
import { isShown, makeXAxis, makeYAxis, shownValues } from './line-chart-axes';
import { logTickLabels, tickLabels } from './ticks';
import { VizError } from '../viz-error';

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
  /** Values that the y axis holds in any case; by default those of the series alone. */
  yRange?: readonly [number, number];
  /** Fills the area under each line, in a pale tint of its colour; earlier series lie over later ones. */
  areas?: boolean;
}

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
 * @throws VizError when a size is too small, an x is not finite, the range is none, or a colour is none
 */
export function lineChart(options: LineChartOptions): Image {
  const { title, xLabel, yLabel, series, width = 760, height = 420, logY = false, yRange, areas = false } = options;
  checkSize([width, height], 'lineChart: [width, height]');
  if (width < 200 || height < 150) {
    throw new VizError(`lineChart: expected a size of at least 200x150, found ${width}x${height}`);
  }
  if (yRange && !(yRange.length === 2 && yRange.every((y) => isShown(y, logY)))) {
    throw new VizError(
      `lineChart: expected a yRange of two numbers that the axis can show, found [${yRange.join(', ')}]`,
    );
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
  const yAxis = makeYAxis(
    yRange ? [...ys, ...yRange] : ys,
    logY,
    Math.max(2, Math.floor((bottom - top) / ((logY ? 2 : 3) * line))),
  );
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

  const drawn = series.map((one, s) => ({ ...one, color: one.color ?? seriesColor(s) }));
  for (const { points, color } of areas ? drawn.reverse() : drawn) {
    const places = points.map(([x, y]) => (isShown(y, logY) ? ([px(x), py(y)] as const) : null));
    const tint = color.map((c) => 255 - 0.4 * (255 - c)) as unknown as Color;
    if (areas) places.forEach((here, i) => fillBelow(chart, here, places[i + 1] ?? null, bottom, tint));
    const marked = points.length <= MARKED && !areas;
    const radius = (points.length <= DENSE ? 0.9 : 0.55) * scale;
    places.forEach((here, i) => {
      if (here === null) return;
      const next = places[i + 1] ?? null;
      if (next !== null) strokeLine(chart, here, next, radius, color, 1);
      const alone = next === null && (places[i - 1] ?? null) === null;
      if (marked || alone) fillDisc(chart, here[0], here[1], (alone ? 2.4 : 1.9) * scale, color, 1);
    });
  }
  return chart;
}

type Place = readonly [number, number] | null;

/** The area between the line from here to the next place and the x axis. */
function fillBelow(chart: Image, here: Place, next: Place, bottom: number, color: Color): void {
  if (here === null || next === null) return;
  const [from, to] = here[0] < next[0] ? [here, next] : [next, here];
  for (let x = Math.round(from[0]); x < Math.round(to[0]); x++) {
    const y = from[1] + ((to[1] - from[1]) * (x - from[0])) / (to[0] - from[0]);
    fillRect(chart, x, Math.round(y), x + 1, bottom, color, 1);
  }
}
