import { checkHeatmaps, stepsOf } from './heatmap-shape';
import { locateMaxima } from './locate-maxima';
import { modulatedNeighborhood, type ModulationOptions } from './modulated-neighborhood';
import { newtonStep } from './newton-step';

const { log } = Math;

/**
 * Distribution-aware positions (DARK, Zhang et al. 2020, section 3.1, eq. 7-12; mmpose mmpose/codecs/utils/refinement.py
 * `refine_keypoints_dark`, TransPose lib/core/inference.py): a Newton step on the logarithm of the blurred heatmap, from
 * the maximum of the heatmap itself, with differences over two pixels for the second derivatives. Maxima with x or y
 * below 2 or beyond size - 3 stay where they are. A map without a positive value gives (0, 0).
 *
 * @param heatmaps shape [batch, height, width, K], or [batch, K, height, width] with layout 'khw'
 * @param into     room for the result, to be used again; default a new array
 * @returns shape [batch, K, 3]: x, y in heatmap pixels and the score, the map's maximum
 * @throws DecodeError when the length does not fit the shape, a map holds NaN or has no finite maximum, or the kernel's
 *   size is not odd
 */
export function decodeDark(heatmaps: Float32Array, options: ModulationOptions, into?: Float32Array): Float32Array {
  const steps = stepsOf(options);
  checkHeatmaps('heatmaps', heatmaps, steps);
  const { width, height } = steps;
  const valuesAround = modulatedNeighborhood(heatmaps, steps, options, [1e-10, Infinity]);
  const points = locateMaxima(heatmaps, steps, into);
  for (let n = 0, o = 0; o < points.length; n++, o += 3) {
    const [x, y, maximum] = [points[o], points[o + 1], points[o + 2]];
    if (!(maximum > 0 && x > 1 && x < width - 2 && y > 1 && y < height - 2)) continue;
    const values = valuesAround(n, x, y, maximum);
    if (!values) continue;
    const at = (i: number, j: number) => log(values[12 + 5 * j + i]);
    const twice = 2 * at(0, 0);
    const [dx, dy] = newtonStep(
      (at(1, 0) - at(-1, 0)) / 2,
      (at(0, 1) - at(0, -1)) / 2,
      (at(2, 0) - twice + at(-2, 0)) / 4,
      (at(1, 1) - at(1, -1) - at(-1, 1) + at(-1, -1)) / 4,
      (at(0, 2) - twice + at(0, -2)) / 4,
    );
    points[o] = x + dx;
    points[o + 1] = y + dy;
  }
  return points;
}
