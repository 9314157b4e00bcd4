import { textWidth } from '../draw/draw-text';
import { checkColor } from '../picture/image';
import type { ChartSeries } from './line-chart';
import type { Axis } from './ticks';
import { linearAxis, logAxis, tickLabels } from './ticks';
import { VizError } from '../viz-error';

/** Differences and ratios of such values are still finite; what is larger counts as infinite. */
const LARGEST = 1e150;

/** Whether the y axis can show it. */
export function isShown(y: number | null, logY: boolean): y is number {
  return y !== null && Math.abs(y) <= LARGEST && (!logY || y >= 1 / LARGEST);
}

/**
 * The values that the axes must hold, and the number of those that cannot be shown.
 *
 * @throws VizError when an x is not finite, or a colour is none
 */
export function shownValues(
  series: readonly ChartSeries[],
  logY: boolean,
): { x: number[]; y: number[]; refused: number } {
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

export function makeYAxis(values: readonly number[], logY: boolean, count: number): Axis {
  const [low, high] = extent(values, logY ? [0.1, 1] : [0, 1]);
  return logY ? logAxis(low, high, count) : linearAxis(low, high, count, { extend: true });
}

/** As many ticks as their labels have room for. */
export function makeXAxis(values: readonly number[], room: number, scale: number): Axis {
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
