import { checkKeypoints, checkPeople } from './check-arguments';
import type { ToHeatmap } from './heatmap-coordinates';
import { stepsOf, type Size, type Steps } from './heatmap-layout';
import {
  checkWeighting,
  weightOf,
  type HeatmapOptions,
  type HeatmapTargets,
  type PeopleOptions,
} from './heatmap-options';
import type { DrawLine, PeakLine } from './peak-lines';
import { room } from './room';

/** What makes one kind of heatmap differ from another. */
export interface PeakEncoding {
  toHeatmap: ToHeatmap;
  drawLine: DrawLine;
  /** value at the keypoint; default 1 */
  peak?: number;
}

/** Draws a peak at (x, y), heatmap pixels, into a channel; false when it lies too far outside to count. */
export type DrawPeak = (channel: number, x: number, y: number) => boolean;

/** Peaks that overlap in a channel: the larger value counts. */
export function peakPainter(
  maps: Float32Array,
  [width, height]: Size,
  steps: Steps,
  { drawLine, peak = 1 }: Omit<PeakEncoding, 'toHeatmap'>,
): DrawPeak {
  const across: PeakLine = { first: 0, last: 0, values: new Float64Array(width) };
  const down: PeakLine = { first: 0, last: 0, values: new Float64Array(height) };
  return (channel, x, y) => {
    if (!drawLine(across, x, width) || !drawLine(down, y, height)) return false;
    const start = down.first * steps.y + across.first * steps.x + channel * steps.channel;
    raise(maps, start, steps.x, steps.y, across, down, peak);
    return true;
  };
}

/** The hot loop: its own function, because engines keep a closure's variables in memory. */
function raise(
  maps: Float32Array,
  start: number,
  stepX: number,
  stepY: number,
  across: PeakLine,
  down: PeakLine,
  peak: number,
): void {
  const [columns, columnValues] = [across.last - across.first, across.values];
  const [rows, rowValues] = [down.last - down.first, down.values];
  for (let row = 0; row < rows; row++) {
    const level = peak * rowValues[row];
    for (let column = 0, i = start + row * stepY; column < columns; column++, i += stepX) {
      const value = level * columnValues[column];
      if (value > maps[i]) maps[i] = value;
    }
  }
}

/**
 * Peaks of one person; the weights are [K].
 *
 * @throws TargetError when keypoints, options or `into` do not fit
 */
export function drawKeypoints(
  keypoints: ArrayLike<number>,
  options: HeatmapOptions,
  encoding: PeakEncoding,
  into?: HeatmapTargets,
): HeatmapTargets {
  checkKeypoints(keypoints);
  return drawAll([keypoints], keypoints.length / 3, options, encoding, into);
}

/**
 * Peaks of all people in one map per keypoint; the weights are [people, K].
 *
 * @throws TargetError when people, options or `into` do not fit
 */
export function drawPeople(
  people: readonly ArrayLike<number>[],
  options: HeatmapOptions & PeopleOptions,
  encoding: PeakEncoding,
  into?: HeatmapTargets,
): HeatmapTargets {
  return drawAll(people, checkPeople(people, options.keypointCount), options, encoding, into);
}

function drawAll(
  people: readonly ArrayLike<number>[],
  count: number,
  options: HeatmapOptions,
  { toHeatmap, ...shape }: PeakEncoding,
  into: HeatmapTargets | undefined,
): HeatmapTargets {
  checkWeighting(options, count);
  const { heatmapSize, layout = 'hwk' } = options;
  const heatmaps = room('into.heatmaps', into?.heatmaps, heatmapSize[0] * heatmapSize[1] * count);
  const weights = room('into.weights', into?.weights, people.length * count);
  const draw = peakPainter(heatmaps, heatmapSize, stepsOf(layout, heatmapSize, count), shape);
  people.forEach((keypoints, n) => {
    for (let k = 0; k < count; k++) {
      const v = keypoints[3 * k + 2];
      if (v === 0) continue;
      const drawn = draw(k, toHeatmap(keypoints[3 * k], 0), toHeatmap(keypoints[3 * k + 1], 1));
      if (drawn) weights[n * count + k] = weightOf(options, k, v);
    }
  });
  return { heatmaps, weights };
}
