import { newtonStep, refinePoints, type RefineOptions } from './refine-points';

const { log, max } = Math;

/**
 * Distribution-aware positions (DARK, Zhang et al. 2020, section 3.1, eq. 7-12; mmpose mmpose/codecs/utils/refinement.py
 * `refine_keypoints_dark`, TransPose lib/core/inference.py): a Newton step on the logarithm of the blurred heatmap, from
 * the maximum of the heatmap itself, with differences over two pixels for the second derivatives. Points with x or y below
 * 2 or beyond size - 3 stay where they are, and so do those of maps without a positive value.
 *
 * @param points   [batch, K, 3] of `decodeHeatmaps` with refine 'none'
 * @param heatmaps the heatmaps that they come from
 * @param into     room for the result, may be `points` itself; default a new array
 * @returns shape [batch, K, 3]: x, y in heatmap pixels and the score, unchanged
 * @throws DecodeError when lengths do not fit the shape, a point is no whole pixel of the map, or the kernel's size is not odd
 */
export function refineDark(
  points: Float32Array,
  heatmaps: Float32Array,
  options: RefineOptions,
  into?: Float32Array,
): Float32Array {
  return refinePoints(points, heatmaps, options, into, (map, x, y, width, height) => {
    if (!(x > 1 && x < width - 2 && y > 1 && y < height - 2)) return [0, 0];
    const at = (i: number, j: number) => log(max(map[(y + j) * width + x + i], 1e-10));
    const twice = 2 * at(0, 0);
    return newtonStep(
      (at(1, 0) - at(-1, 0)) / 2,
      (at(0, 1) - at(0, -1)) / 2,
      (at(2, 0) - twice + at(-2, 0)) / 4,
      (at(1, 1) - at(1, -1) - at(-1, 1) + at(-1, -1)) / 4,
      (at(0, 2) - twice + at(0, -2)) / 4,
    );
  });
}
