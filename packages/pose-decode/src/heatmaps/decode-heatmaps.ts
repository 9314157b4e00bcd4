import { checkChoice } from '../check-arguments';
import { checkHeatmaps, type HeatmapShape, type HeatmapSteps, mapStart, stepsOf } from './heatmap-shape';
import { locateMaxima } from './locate-maxima';

const { max, min, sign } = Math;

export interface DecodeOptions extends HeatmapShape {
  /**
   * - 'none': the pixel of the maximum
   * - 'quarter', the default: a quarter pixel from there towards the higher neighbour, on each axis
   * - 'second-highest': a quarter of the way from there to the highest of the eight neighbours
   */
  refine?: 'none' | 'quarter' | 'second-highest';
  /**
   * for 'quarter'. 'joint', the default: only maxima with 1 < x < width - 1 and 1 < y < height - 1 are moved, as in
   * human-pose-estimation.pytorch; 'separate': x and y are moved each by itself, the other one then only has to have
   * two neighbours, as in mmpose
   */
  borders?: 'joint' | 'separate';
}

/**
 * Keypoints from heatmaps: the first maximum of each map in row-major order, and a part of a pixel further. A quarter
 * pixel towards the higher neighbour on each axis, equal ones moving nothing: Newell et al. 2016, section 3.2;
 * human-pose-estimation.pytorch lib/core/inference.py `get_max_preds`, `get_final_preds`; with separate borders mmpose
 * mmpose/codecs/utils/refinement.py `refine_keypoints`. A quarter of the way from the highest to the second highest
 * response: Chen et al. 2018 (CPN), section 4; Xiao et al. 2018, section 4.1; of equally high neighbours their middle
 * counts. A map without a positive value gives (0, 0).
 *
 * @param heatmaps shape [batch, height, width, K], or [batch, K, height, width] with layout 'khw'
 * @param into     room for the result, to be used again; default a new array
 * @returns shape [batch, K, 3]: x, y in heatmap pixels and the score, the map's maximum
 * @throws DecodeError when the length does not fit the shape, or a map holds NaN or has no finite maximum
 */
export function decodeHeatmaps(heatmaps: Float32Array, options: DecodeOptions, into?: Float32Array): Float32Array {
  const { refine = 'quarter', borders = 'joint' } = options;
  checkChoice('refine', refine, ['none', 'quarter', 'second-highest']);
  checkChoice('borders', borders, ['joint', 'separate']);
  const steps = stepsOf(options);
  checkHeatmaps('heatmaps', heatmaps, steps);
  const points = locateMaxima(heatmaps, steps, into);
  if (refine === 'quarter') moveByQuarter(points, heatmaps, steps, borders);
  if (refine === 'second-highest') moveToSecondHighest(points, heatmaps, steps);
  return points;
}

function moveByQuarter(
  points: Float32Array,
  heatmaps: Float32Array,
  steps: HeatmapSteps,
  borders: 'joint' | 'separate',
): void {
  const { width, height, perPixel } = steps;
  const perRow = width * perPixel;
  for (let n = 0, o = 0; o < points.length; n++, o += 3) {
    const [x, y] = [points[o], points[o + 1]];
    const [isInsideX, isInsideY] = [x > 1 && x < width - 1, y > 1 && y < height - 1];
    const i = mapStart(n, steps) + y * perRow + x * perPixel;
    if (isInsideX && (borders === 'joint' ? isInsideY : y > 0)) {
      points[o] += sign(heatmaps[i + perPixel] - heatmaps[i - perPixel]) / 4;
    }
    if (isInsideY && (borders === 'joint' ? isInsideX : x > 0)) {
      points[o + 1] += sign(heatmaps[i + perRow] - heatmaps[i - perRow]) / 4;
    }
  }
}

function moveToSecondHighest(points: Float32Array, heatmaps: Float32Array, steps: HeatmapSteps): void {
  const { width, height, perPixel } = steps;
  for (let n = 0, o = 0; o < points.length; n++, o += 3) {
    const [x, y, maximum] = [points[o], points[o + 1], points[o + 2]];
    if (!(maximum > 0)) continue;
    const start = mapStart(n, steps);
    let [highest, dx, dy, count] = [-Infinity, 0, 0, 0];
    for (let row = max(y - 1, 0); row <= min(y + 1, height - 1); row++) {
      for (let column = max(x - 1, 0); column <= min(x + 1, width - 1); column++) {
        const value = heatmaps[start + (row * width + column) * perPixel];
        if (value < highest || (row === y && column === x)) continue;
        if (value > highest) [highest, dx, dy, count] = [value, 0, 0, 0];
        dx += column - x;
        dy += row - y;
        count++;
      }
    }
    if (count === 0) continue; // a map of one pixel
    points[o] = x + dx / count / 4;
    points[o + 1] = y + dy / count / 4;
  }
}
