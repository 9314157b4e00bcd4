import { newtonStep, refinePoints, type RefineOptions } from './refine-points';

const { log, max, min } = Math;
const EPSILON = 2 ** -23; // of single precision

/**
 * Positions of UDP's Gaussian heatmaps (Huang et al. 2020, section 3; mmpose mmpose/codecs/utils/refinement.py
 * `refine_keypoints_dark_udp`): DARK with differences over one pixel, values limited to 0.001..50, and the map's edge
 * repeated, so that points on the border move too. Points of maps without a positive value stay where they are.
 * `heatmapToImage` with `udp: true` takes them to the image.
 *
 * @param points   [batch, K, 3] of `decodeHeatmaps` with refine 'none'
 * @param heatmaps the heatmaps that they come from
 * @param into     room for the result, may be `points` itself; default a new array
 * @returns shape [batch, K, 3]: x, y in heatmap pixels and the score, unchanged
 * @throws DecodeError as `refineDark`
 */
export function refineUdp(
  points: Float32Array,
  heatmaps: Float32Array,
  options: RefineOptions,
  into?: Float32Array,
): Float32Array {
  return refinePoints(points, heatmaps, options, into, (map, x, y, width, height) => {
    const at = (i: number, j: number) => {
      const column = min(max(x + i, 0), width - 1);
      const row = min(max(y + j, 0), height - 1);
      return log(min(max(map[row * width + column], 0.001), 50));
    };
    const twice = 2 * at(0, 0);
    const [right, left, below, above] = [at(1, 0), at(-1, 0), at(0, 1), at(0, -1)];
    return newtonStep(
      (right - left) / 2,
      (below - above) / 2,
      right - twice + left + EPSILON,
      (at(1, 1) - right - below + twice - left - above + at(-1, -1)) / 2,
      below - twice + above + EPSILON,
    );
  });
}
