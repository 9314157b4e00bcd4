import { checkPositive } from '../check-arguments';
import { checkHeatmaps, type HeatmapShape, mapStart, stepsOf } from './heatmap-shape';
import { locateMaxima } from './locate-maxima';
import { DecodeError } from '../decode-error';

const { exp, min } = Math;

export interface SoftArgMaxOptions extends HeatmapShape {
  /** pixels on each side of the maximum that count; default 3 */
  radius?: number;
  /** how much the highest values outweigh the others; default 10 */
  beta?: number;
}

/**
 * Local soft-arg-max: the mean position of the pixels around the maximum, weighed by exp(beta * value / maximum). This
 * is soft-arg-max (Sun et al. 2018, section 2, eq. 2; Luvizon et al. 2019, section 3.1) on a square window, so that
 * neither a second peak nor the sum of many small values moves the point. The values are taken relative to the maximum, so
 * that weak and strong peaks are refined alike. At the border the window is narrowed on both sides, which keeps it
 * even. A map without a positive value gives (0, 0).
 *
 * @param heatmaps shape [batch, height, width, K], or [batch, K, height, width] with layout 'khw'
 * @param into     room for the result, to be used again; default a new array
 * @returns shape [batch, K, 3]: x, y in heatmap pixels and the score, the map's maximum
 * @throws DecodeError when the length does not fit the shape, a map holds NaN or has no finite maximum, or an option is
 *   out of its range
 */
export function decodeSoftArgMax(
  heatmaps: Float32Array,
  options: SoftArgMaxOptions,
  into?: Float32Array,
): Float32Array {
  const { radius = 3, beta = 10 } = options;
  if (!(Number.isInteger(radius) && radius >= 0)) {
    throw new DecodeError(`Expected a whole number of pixels for radius but received ${radius}`);
  }
  checkPositive({ beta });
  const steps = stepsOf(options);
  checkHeatmaps('heatmaps', heatmaps, steps);
  const { width, height, perPixel } = steps;
  const points = locateMaxima(heatmaps, steps, into);
  for (let n = 0, o = 0; o < points.length; n++, o += 3) {
    const [x, y, maximum] = [points[o], points[o + 1], points[o + 2]];
    if (!(maximum > 0)) continue;
    const start = mapStart(n, steps);
    const reachX = min(radius, x, width - 1 - x);
    const reachY = min(radius, y, height - 1 - y);
    let [sum, sumX, sumY] = [0, 0, 0];
    for (let j = -reachY; j <= reachY; j++) {
      for (let i = -reachX; i <= reachX; i++) {
        const weight = exp(beta * (heatmaps[start + ((y + j) * width + x + i) * perPixel] / maximum - 1));
        sum += weight;
        sumX += weight * i;
        sumY += weight * j;
      }
    }
    points[o] = x + sumX / sum;
    points[o + 1] = y + sumY / sum;
  }
  return points;
}
