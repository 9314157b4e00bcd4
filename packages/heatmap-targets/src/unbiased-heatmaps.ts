import { checkChoice, checkSigmas } from './check-arguments';
import { drawKeypoints, type PeakEncoding } from './draw-peaks';
import type { GaussianOptions } from './gaussian-heatmaps';
import { byFloat32Stride } from './heatmap-coordinates';
import { checkFrame, type HeatmapTargets } from './heatmap-options';
import { wholeGaussian } from './peak-lines';

export interface UnbiasedOptions extends GaussianOptions {
  /**
   * Whose test decides that a keypoint is too far outside: mmpose's (3 sigma, the default) or TransPose's, which cuts the
   * borders of the patch to whole pixels and so keeps those up to one pixel farther to the left and top.
   */
  rangeTest?: 'mmpose' | 'transpose';
}

/**
 * Unbiased Gaussian heatmaps of one person (DARK, Zhang et al. 2020, section 3.3; mmpose codecs/msra_heatmap.py with
 * `unbiased`, TransPose lib/dataset/JointsDataset.py): the Gaussian stands at the exact position, not at the rounded
 * one, and fills the whole map.
 *
 * @param keypoints flat [x, y, v] triplets in network input pixels; v = 0 means not labelled: an empty map, weight 0
 * @param into      room for the result, to be used again (it is cleared); default new arrays
 * @throws TargetError when the keypoints are no triplets, a labelled one is not finite, or sizes do not fit
 */
export function unbiasedHeatmaps(
  keypoints: ArrayLike<number>,
  options: UnbiasedOptions,
  into?: HeatmapTargets,
): HeatmapTargets {
  return drawKeypoints(keypoints, options, unbiasedEncoding(options), into);
}

export function unbiasedEncoding(options: UnbiasedOptions): PeakEncoding {
  const { sigma = 2, rangeTest = 'mmpose' } = options;
  checkFrame(options);
  checkSigmas({ sigma });
  checkChoice('rangeTest', rangeTest, ['mmpose', 'transpose']);
  const isOutside = rangeTest === 'mmpose' ? outsideByMmpose : outsideByTransPose;
  return { toHeatmap: byFloat32Stride(options), drawLine: wholeGaussian(sigma, isOutside) };
}

const { fround, trunc } = Math;

/** mmpose codecs/utils/gaussian_heatmap.py `generate_unbiased_gaussian_heatmaps`, in its single precision. */
function outsideByMmpose(at: number, reach: number, length: number): boolean {
  return fround(at - reach) >= length || fround(fround(at + reach) + 1) < 0;
}

function outsideByTransPose(at: number, reach: number, length: number): boolean {
  return trunc(at - reach) >= length || trunc(at + reach + 1) < 0;
}
