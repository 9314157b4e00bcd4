import { checkSigmas } from './check-arguments';
import { drawKeypoints } from './draw-peaks';
import { byStride } from './heatmap-coordinates';
import { checkFrame, type HeatmapOptions, type HeatmapTargets } from './heatmap-options';
import { roundedGaussian, toPixel } from './peak-lines';

export interface GaussianOptions extends HeatmapOptions {
  /** standard deviation, heatmap pixels; default 2, the papers use 3 for heatmaps of 72x96 */
  sigma?: number;
}

/**
 * Gaussian heatmaps of one person (SimpleBaseline, Xiao et al. 2018, section 2; deep-high-resolution-net.pytorch
 * lib/dataset/JointsDataset.py `generate_target`, the same in gluon-cv data/transforms/presets `pose_target.py`).
 *
 * Each labelled keypoint is rounded to a whole heatmap pixel and gets a patch of peak 1 that reaches 3 sigma to each
 * side, cut at the border. A keypoint whose patch lies outside gets weight 0; like the reference, the patch that ends
 * just at the left or upper border keeps its weight although its map is empty.
 *
 * @param keypoints flat [x, y, v] triplets in network input pixels; v = 0 means not labelled: an empty map, weight 0
 * @param into      room for the result, to be used again (it is cleared); default new arrays
 * @throws TargetError when the keypoints are no triplets, a labelled one is not finite, or sizes do not fit
 */
export function gaussianHeatmaps(
  keypoints: ArrayLike<number>,
  options: GaussianOptions,
  into?: HeatmapTargets,
): HeatmapTargets {
  const { sigma = 2 } = options;
  checkFrame(options);
  checkSigmas({ sigma });
  return drawKeypoints(
    keypoints,
    options,
    { toHeatmap: byStride(options), drawLine: roundedGaussian(sigma, toPixel) },
    into,
  );
}
