import { checkChoice, checkSizes } from './check-arguments';
import type { Size } from './heatmap-layout';
import { room } from './room';
import { TargetError } from './target-error';

export interface IgnoreMaskOptions {
  /** width and height of the mask, image pixels */
  imageSize: Size;
  heatmapSize: Size;
  /** [a, b, c, d, e, f]: the image pixel x' = a x + b y + c, y' = d x + e y + f of heatmap pixel (x, y) */
  matrix: readonly number[];
  /**
   * Cells outside of the image: 'counted' (the default) as OpenPose trains on COCO (there is certainly nobody), or
   * 'ignored' as on MPII (people beyond the border are not labelled).
   */
  outside?: 'counted' | 'ignored';
}

/**
 * Where the loss counts: 1, and 0 where the image's ignore mask covers the cell's nearest pixel (Cao et al. 2017, section 2.1,
 * the binary mask W; caffe_train `cpm_data_transformer.cpp`, which pads its mask with 255 for COCO and 0 for MPII).
 *
 * @param mask shape [height, width] of the image; everything but 0 is ignored: crowds, people without keypoints
 * @param into room for the result, to be used again; default a new array
 * @returns shape [height, width] of the heatmaps; the same for all channels
 * @throws TargetError when mask, matrix or sizes do not fit
 */
export function ignoreMask(mask: Uint8Array, options: IgnoreMaskOptions, into?: Float32Array): Float32Array {
  const { imageSize, heatmapSize, matrix, outside = 'counted' } = options;
  checkSizes({ imageSize, heatmapSize });
  checkChoice('outside', outside, ['counted', 'ignored']);
  const [imageWidth, imageHeight] = imageSize;
  const [width, height] = heatmapSize;
  if (mask.length !== imageWidth * imageHeight) {
    throw new TargetError(
      `Expected a mask of ${imageWidth}x${imageHeight} = ${imageWidth * imageHeight} pixels but received ${mask.length}`,
    );
  }
  if (matrix.length !== 6 || !matrix.every(Number.isFinite)) {
    throw new TargetError(`Expected six finite numbers for matrix but received [${matrix.join(', ')}]`);
  }
  const [a, b, c, d, e, f] = matrix;
  const counts = room('into', into, width * height);
  for (let row = 0, i = 0; row < height; row++) {
    for (let column = 0; column < width; column++, i++) {
      const x = Math.floor(a * column + b * row + c + 0.5);
      const y = Math.floor(d * column + e * row + f + 0.5);
      const isInside = x >= 0 && x < imageWidth && y >= 0 && y < imageHeight;
      counts[i] = (isInside ? mask[y * imageWidth + x] === 0 : outside === 'counted') ? 1 : 0;
    }
  }
  return counts;
}
