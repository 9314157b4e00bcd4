import { checkSigmas } from './check-arguments';
import { drawKeypoints, type PeakEncoding } from './draw-peaks';
import type { GaussianOptions } from './gaussian-heatmaps';
import { byUnbiasedStride } from './heatmap-coordinates';
import { checkFrame, type HeatmapTargets } from './heatmap-options';
import { shiftedGaussian } from './peak-lines';

/**
 * Gaussian heatmaps of one person with unbiased data processing (UDP, Huang et al. 2020, section 3; mmpose
 * codecs/udp_heatmap.py with heatmap_type 'gaussian'): keypoints are scaled by (input size - 1) / (heatmap size - 1), and
 * the Gaussian keeps their fraction of a pixel, in a patch of 3 sigma around the nearest pixel. Decode with the same scale.
 *
 * @param keypoints flat [x, y, v] triplets in network input pixels; v = 0 means not labelled: an empty map, weight 0
 * @param into      room for the result, to be used again (it is cleared); default new arrays
 * @throws TargetError when the keypoints are no triplets, a labelled one is not finite, or sizes do not fit
 */
export function udpHeatmaps(
  keypoints: ArrayLike<number>,
  options: GaussianOptions,
  into?: HeatmapTargets,
): HeatmapTargets {
  return drawKeypoints(keypoints, options, udpEncoding(options), into);
}

export function udpEncoding(options: GaussianOptions): PeakEncoding {
  const { sigma = 2 } = options;
  checkFrame(options);
  checkSigmas({ sigma });
  return { toHeatmap: byUnbiasedStride(options), drawLine: shiftedGaussian(sigma) };
}
