import { checkPositive } from '../check-arguments';
import { argMax } from './arg-max';
import { DecodeError } from '../decode-error';
import { mapBlur } from './gaussian-blur';
import { checkHeatmaps, type HeatmapShape, mapStart, stepsOf } from './heatmap-shape';
import { room } from '../room';

export interface UdpCombinedDecodeOptions extends HeatmapShape {
  /** radius of the targets' discs, as a share of the longer side of the heatmap; default 0.0546875 */
  radiusFactor?: number;
  /** half of the blur's size: it takes 2n + 1 pixels; default 11 */
  blurKernelSize?: number;
}

/**
 * Positions from discs and offsets (UDP, Huang et al. 2020, section 3; mmpose mmpose/codecs/udp_heatmap.py with
 * heatmap_type 'combined'): the first maximum of the blurred disc, moved by the offsets in that place. A disc without a
 * positive value gives (0, 0). `heatmapToImage` with `udp: true` takes the points to the image.
 *
 * @param maps three per keypoint, disc, x and y offset: shape [batch, height, width, 3K], or [batch, 3K, height, width]
 *   with layout 'khw'
 * @param into room for the result, to be used again; default a new array
 * @returns shape [batch, K, 3]: x, y in heatmap pixels and the score, the blurred maximum
 * @throws DecodeError when the length does not fit the shape, or what decides about a position is not finite
 */
export function decodeUdpCombined(
  maps: Float32Array,
  options: UdpCombinedDecodeOptions,
  into?: Float32Array,
): Float32Array {
  const { keypoints, radiusFactor = 0.0546875, blurKernelSize = 11 } = options;
  checkPositive({ radiusFactor });
  const steps = stepsOf({ ...options, keypoints: 3 * keypoints });
  checkHeatmaps('maps', maps, steps);
  const { width, height, batch, perKeypoint, perPixel } = steps;
  const points = room(into, batch * keypoints * 3);
  const radius = radiusFactor * Math.max(width, height);
  const blur = mapBlur(width, height, 2 * blurKernelSize + 1, 'reflect');
  const disc = new Float64Array(width * height);
  for (let n = 0, o = 0; n < batch * keypoints; n++, o += 3) {
    const start = mapStart(3 * n, steps);
    for (let i = 0; i < disc.length; i++) disc[i] = maps[start + i * perPixel];
    blur(disc);
    const at = argMax(disc, 0, 1, disc.length);
    const score = at < 0 ? NaN : disc[at];
    const isFound = score > 0;
    const place = start + at * perPixel;
    points[o] = isFound ? (at % width) + radius * maps[place + perKeypoint] : 0;
    points[o + 1] = isFound ? Math.floor(at / width) + radius * maps[place + 2 * perKeypoint] : 0;
    points[o + 2] = score;
    if (![score, points[o], points[o + 1]].every(Number.isFinite)) {
      throw new DecodeError(
        `Expected finite maps but those of keypoint ${n % keypoints}, batch element ${Math.floor(n / keypoints)}, give (${points[o]}, ${points[o + 1]}), score ${score}`,
      );
    }
  }
  return points;
}
