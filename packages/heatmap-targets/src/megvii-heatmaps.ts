import { LARGEST_KERNEL } from './check-arguments';
import { drawKeypoints } from './draw-peaks';
import { byFloat32Stride } from './heatmap-coordinates';
import { checkFrame, type HeatmapOptions, type HeatmapTargets } from './heatmap-options';
import { blurPixel, opencvGaussianKernel } from './opencv-gaussian';
import type { DrawLine } from './peak-lines';
import { TargetError } from './target-error';

export interface MegviiOptions extends HeatmapOptions {
  /** side of the blur kernel, heatmap pixels, odd; default 11; the papers go from 15 (coarse) to 7 (fine) */
  kernelSize?: number;
}

/**
 * Heatmaps of one person as Megvii's networks learn them (CPN, Chen et al. 2018; MSPN, Li et al. 2019; mmpose
 * codecs/megvii_heatmap.py): one pixel per keypoint, cut towards zero, blurred by OpenCV's GaussianBlur whose border
 * mirrors, and scaled so that the keypoint's pixel is 255. Beside a border a value may be somewhat larger.
 *
 * @param keypoints flat [x, y, v] triplets in network input pixels; v = 0 means not labelled; it and a keypoint whose pixel
 *                  is outside get an empty map and weight 0
 * @param into      room for the result, to be used again (it is cleared); default new arrays
 * @throws TargetError when the keypoints are no triplets, a labelled one is not finite, or sizes do not fit
 */
export function megviiHeatmaps(
  keypoints: ArrayLike<number>,
  options: MegviiOptions,
  into?: HeatmapTargets,
): HeatmapTargets {
  const { kernelSize = 11 } = options;
  checkFrame(options);
  if (!(kernelSize > 0 && kernelSize <= LARGEST_KERNEL && kernelSize % 2 === 1)) {
    throw new TargetError(`Expected an odd kernelSize from 1 to ${LARGEST_KERNEL} but received ${kernelSize}`);
  }
  const encoding = { toHeatmap: byFloat32Stride(options), drawLine: blurredPixel(kernelSize), peak: 255 };
  return drawKeypoints(keypoints, options, encoding, into);
}

function blurredPixel(kernelSize: number): DrawLine {
  const kernel = opencvGaussianKernel(kernelSize);
  return (line, at, length) => {
    const pixel = Math.trunc(at);
    if (pixel < 0 || pixel >= length) return false;
    const { values } = line;
    blurPixel(pixel, kernel, values, length);
    const peak = values[pixel];
    [line.first, line.last] = [0, length];
    while (values[line.first] === 0) line.first++;
    while (values[line.last - 1] === 0) line.last--;
    for (let i = line.first; i < line.last; i++) values[i - line.first] = values[i] / peak;
    return true;
  };
}
