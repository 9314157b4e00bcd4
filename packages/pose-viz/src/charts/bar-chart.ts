import { placeLegend, seriesColor } from './chart-legend';
import { drawHeading, FRAME, GRID, INK, PAPER, SOFT } from './chart-style';
import { drawText, fitText, LINE_HEIGHT, textWidth } from '../draw/draw-text';
import type { Color, Image } from '../picture/image';
import { checkColor, createImage } from '../picture/image';
import { fillRect } from '../surface/stroke';
import { linearAxis, tickLabels } from './ticks';
import { VizError } from '../viz-error';

export interface BarSeries {
  name: string;
  /** One for each bar, at least 0. */
  values: readonly number[];
  /** [red, green, blue], 0..255; by default told apart by its place. */
  color?: Color;
}

export interface BarChartOptions {
  title: string;
  /** Of the axis of the values. */
  xLabel: string;
  /** Names of the bars, from the top down. */
  bars: readonly string[];
  /** Parts of each bar, from the left on; a legend names them where they are several. */
  series: readonly BarSeries[];
  /** Pixels; default 760, at least 300. The height follows from the number of bars. */
  width?: number;
}

/**
 * A chart of horizontal bars from 0 on, dark on white: one for each name, stacked of the series' values, with the sum
 * at its end (as many decimals as give the longest three digits).
 *
 * @returns a new picture
 * @throws VizError when the width is too small, a series has another number of values than there are bars, a value is
 *         negative or not finite, or a colour is none
 */
export function barChart({ title, xLabel, bars, series, width = 760 }: BarChartOptions): Image {
  if (!Number.isInteger(width) || width < 300) {
    throw new VizError(`barChart: expected a width of at least 300 pixels, found ${width}`);
  }
  const totals = sumsOf(bars, series);
  const scale = width >= 640 ? 2 : 1;
  const line = LINE_HEIGHT * scale;
  const pad = 6 * scale;
  const row = line + 2 * scale;
  const names = bars.map((name) => fitText(name, scale, width / 3));
  const longest = Math.max(0, ...totals);
  const decimals = longest > 0 ? Math.min(9, Math.max(0, 2 - Math.floor(Math.log10(longest)))) : 0;
  const sums = totals.map((total) => total.toFixed(decimals));
  const widest = (texts: readonly string[]): number => Math.max(0, ...texts.map((text) => textWidth(text, scale)));

  // From the top: title, legend, bars, x ticks, x label.
  const legend = placeLegend(series.length > 1 ? series : [], scale, width - 2 * pad);
  const top = pad + (line + pad) + (legend.height > 0 ? legend.height + pad : 0);
  const bottom = top + bars.length * row + pad;
  const chart = createImage(width, bottom + pad + line + pad + line + pad, PAPER);
  const write = (text: string, x: number, y: number, color: Color): void =>
    drawText(chart, text, x, y, { color, scale });

  const left = pad + widest(names) + pad;
  const right = width - 2 * pad - widest(sums);
  const axis = linearAxis(0, longest, 6, { extend: true });
  const most = axis.ticks[axis.ticks.length - 1];
  const px = (value: number): number => Math.round(left + (value / most) * (right - left));

  drawHeading(chart, fitText(title, scale, width - 2 * pad - 1), pad, pad, scale);
  legend.draw(chart, pad, pad + line + pad);
  const labels = tickLabels(axis.ticks);
  axis.ticks.forEach((tick, i) => {
    if (tick < 0) return;
    fillRect(chart, px(tick), top, px(tick) + 1, bottom, GRID, 1);
    write(labels[i], px(tick) - textWidth(labels[i], scale) / 2, bottom + pad, SOFT);
  });
  bars.forEach((_, b) => {
    const y = top + b * row + 2 * scale;
    write(names[b], left - pad - textWidth(names[b], scale), y + scale, INK);
    let sum = 0;
    series.forEach(({ values, color }, s) => {
      const from = px(sum);
      sum += values[b];
      fillRect(chart, from, y, px(sum), y + line, color ?? seriesColor(s), 1);
    });
    write(sums[b], px(sum) + pad / 2, y + scale, SOFT);
  });
  fillRect(chart, left, top, left + 1, bottom, FRAME, 1);
  write(xLabel, right - textWidth(xLabel, scale), bottom + pad + line + pad, SOFT);
  return chart;
}

function sumsOf(bars: readonly string[], series: readonly BarSeries[]): number[] {
  for (const { name, values, color } of series) {
    if (color !== undefined) checkColor(color, `barChart: color of series '${name}'`);
    if (values.length !== bars.length) {
      throw new VizError(`barChart: expected ${bars.length} values of series '${name}', found ${values.length}`);
    }
    values.forEach((value, b) => {
      if (!(value >= 0 && value < Infinity)) {
        throw new VizError(
          `barChart: expected a value of at least 0 for bar '${bars[b]}' of series '${name}', found ${value}`,
        );
      }
    });
  }
  return bars.map((_, b) => series.reduce((sum, { values }) => sum + values[b], 0));
}
