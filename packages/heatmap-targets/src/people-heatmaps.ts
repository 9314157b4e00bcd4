import { checkSigmas } from './check-arguments';
import { drawPeople, type PeakEncoding } from './draw-peaks';
import type { GaussianOptions } from './gaussian-heatmaps';
import { byFloat32Stride } from './heatmap-coordinates';
import { checkFrame, type HeatmapTargets, type PeopleOptions } from './heatmap-options';
import { roundedGaussian, toPixelFloat32 } from './peak-lines';
import { TargetError } from './target-error';
import { udpEncoding } from './udp-heatmaps';
import { unbiasedEncoding } from './unbiased-heatmaps';

export interface PeopleHeatmapOptions extends GaussianOptions, PeopleOptions {
  /** 'gaussian' (the default) around the rounded position, 'unbiased' as `unbiasedHeatmaps`, 'udp' as `udpHeatmaps` */
  encoding?: 'gaussian' | 'unbiased' | 'udp';
}

/**
 * Gaussian heatmaps of several people, one map per keypoint; where they overlap the larger value counts (mmpose
 * codecs/utils/gaussian_heatmap.py). 'gaussian' is that of `gaussianHeatmaps`, but in mmpose's single precision, which
 * decides where a keypoint on a half pixel rounds to.
 *
 * @param people flat [x, y, v] triplets per person, network input pixels; v = 0 means not labelled: nothing, weight 0
 * @param into   room for the result, to be used again (it is cleared); default new arrays
 * @returns heatmaps of shape [height, width, K] or [K, height, width], weights of shape [people, K]
 * @throws TargetError when people differ in their number of keypoints, a labelled one is not finite, or sizes do not fit
 */
export function peopleHeatmaps(
  people: readonly ArrayLike<number>[],
  options: PeopleHeatmapOptions,
  into?: HeatmapTargets,
): HeatmapTargets {
  return drawPeople(people, options, peopleEncoding(options), into);
}

export function peopleEncoding(options: PeopleHeatmapOptions): PeakEncoding {
  const { encoding = 'gaussian', sigma = 2 } = options;
  switch (encoding) {
    case 'gaussian':
      checkFrame(options);
      checkSigmas({ sigma });
      return { toHeatmap: byFloat32Stride(options), drawLine: roundedGaussian(sigma, toPixelFloat32) };
    case 'unbiased':
      return unbiasedEncoding(options);
    case 'udp':
      return udpEncoding(options);
    default:
      throw new TargetError(
        `Expected encoding 'gaussian', 'unbiased' or 'udp' but received '${String(encoding satisfies never)}'`,
      );
  }
}
