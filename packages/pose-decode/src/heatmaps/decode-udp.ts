import { checkHeatmaps, stepsOf } from './heatmap-shape';
import { locateMaxima } from './locate-maxima';
import { modulatedNeighborhood, type ModulationOptions } from './modulated-neighborhood';
import { newtonStep } from './newton-step';

const { log, max, min } = Math;
const EPSILON = 2 ** -23; // of single precision

/**
 * Positions of UDP's Gaussian heatmaps (Huang et al. 2020, section 3; mmpose mmpose/codecs/utils/refinement.py
 * `refine_keypoints_dark_udp`): DARK with differences over one pixel, values limited to 0.001..50, and the map's edge
 * repeated, so that points on the border move too. A map without a positive value gives (0, 0). `heatmapToImage` with
 * `udp: true` takes the points to the image.
 *
 * @param heatmaps shape [batch, height, width, K], or [batch, K, height, width] with layout 'khw'
 * @param into     room for the result, to be used again; default a new array
 * @returns shape [batch, K, 3]: x, y in heatmap pixels and the score, the map's maximum
 * @throws DecodeError as `decodeDark`
 */
export function decodeUdp(heatmaps: Float32Array, options: ModulationOptions, into?: Float32Array): Float32Array {
  const steps = stepsOf(options);
  checkHeatmaps('heatmaps', heatmaps, steps);
  const { width, height } = steps;
  const valuesAround = modulatedNeighborhood(heatmaps, steps, options, [0.001, 50]);
  const points = locateMaxima(heatmaps, steps, into);
  for (let n = 0, o = 0; o < points.length; n++, o += 3) {
    const [x, y, maximum] = [points[o], points[o + 1], points[o + 2]];
    const values = maximum > 0 ? valuesAround(n, x, y, maximum) : undefined;
    if (!values) continue;
    const at = (i: number, j: number) => {
      const column = min(max(x + i, 0), width - 1) - x;
      const row = min(max(y + j, 0), height - 1) - y;
      return log(values[12 + 5 * row + column]);
    };
    const twice = 2 * at(0, 0);
    const [right, left, below, above] = [at(1, 0), at(-1, 0), at(0, 1), at(0, -1)];
    const [dx, dy] = newtonStep(
      (right - left) / 2,
      (below - above) / 2,
      right - twice + left + EPSILON,
      (at(1, 1) - right - below + twice - left - above + at(-1, -1)) / 2,
      below - twice + above + EPSILON,
    );
    points[o] = x + dx;
    points[o + 1] = y + dy;
  }
  return points;
}
