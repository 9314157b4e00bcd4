import { checkKeypoints, checkPositive } from './check-arguments';
import { byUnbiasedStride } from './heatmap-coordinates';
import { stepsOf } from './heatmap-layout';
import { checkFrame, checkWeighting, weightOf, type HeatmapOptions, type HeatmapTargets } from './heatmap-options';
import { room } from './room';

export interface UdpCombinedOptions extends HeatmapOptions {
  /** radius of the disc, as a share of the longer side of the heatmap; default 0.0546875 */
  radiusFactor?: number;
}

/**
 * Discs and offsets of one person (UDP, Huang et al. 2020, section 3; mmpose codecs/udp_heatmap.py with heatmap_type
 * 'combined'). Three maps per keypoint: 1 within the radius around it and 0 outside, then (x - column) / radius and
 * (y - row) / radius, everywhere in the map: a loss must count the offsets only within the disc.
 *
 * Like the reference, a keypoint outside of the map keeps its weight. Only one so far off that an offset exceeds single
 * precision gets empty maps and weight 0.
 *
 * @param keypoints flat [x, y, v] triplets in network input pixels; v = 0 means not labelled: empty maps, weight 0
 * @param into      room for the result, to be used again (it is cleared); default new arrays
 * @returns heatmaps of shape [height, width, 3K] or, with layout 'khw', [3K, height, width]; weights of shape [K]
 * @throws TargetError when the keypoints are no triplets, a labelled one is not finite, or sizes do not fit
 */
export function udpCombinedMaps(
  keypoints: ArrayLike<number>,
  options: UdpCombinedOptions,
  into?: HeatmapTargets,
): HeatmapTargets {
  const { heatmapSize, layout = 'hwk', radiusFactor = 0.0546875 } = options;
  checkFrame(options);
  checkPositive({ radiusFactor });
  checkKeypoints(keypoints);
  const count = keypoints.length / 3;
  checkWeighting(options, count);
  const [width, height] = heatmapSize;
  const heatmaps = room('into.heatmaps', into?.heatmaps, width * height * 3 * count);
  const weights = room('into.weights', into?.weights, count);
  const toHeatmap = byUnbiasedStride(options);
  const radius = radiusFactor * Math.max(width, height);
  const steps = stepsOf(layout, heatmapSize, 3 * count);

  for (let k = 0; k < count; k++) {
    const v = keypoints[3 * k + 2];
    if (v === 0) continue;
    const x = toHeatmap(keypoints[3 * k], 0);
    const y = toHeatmap(keypoints[3 * k + 1], 1);
    const farthest = (Math.max(Math.abs(x), Math.abs(y)) + Math.max(width, height)) / radius;
    if (!Number.isFinite(Math.fround(farthest))) continue;
    weights[k] = weightOf(options, k, v);
    for (let row = 0; row < height; row++) {
      const dy = (y - row) / radius;
      let i = row * steps.y + 3 * k * steps.channel;
      for (let column = 0; column < width; column++, i += steps.x) {
        const dx = (x - column) / radius;
        if (dx * dx + dy * dy <= 1) heatmaps[i] = 1;
        heatmaps[i + steps.channel] = dx;
        heatmaps[i + 2 * steps.channel] = dy;
      }
    }
  }
  return { heatmaps, weights };
}
