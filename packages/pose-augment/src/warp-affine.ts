import { checkSize } from './argument-checks';
import { AugmentError } from './augment-error';
import type { ImageRegion } from './image-region';
import type { Affine, Image, Size } from './types';
import { warpBytes } from './warp-bytes';
import type { WarpOptions } from './warp-options';

/**
 * An image resampled through a matrix. With the default options: bilinear, black outside of the source, rounded half to
 * even (OpenCV 5's `cv2.warpAffine` with INTER_LINEAR and constant border 0, up to one grey level; OpenCV 4 rounds
 * positions to 1/32 pixel).
 *
 * @param image  source, RGB bytes; complete, or a part of one that holds `cropFootprint`
 * @param matrix source pixels to result pixels, as `cropMatrix` gives; with `flip`, pixels of the mirrored source
 * @param size   width and height of the result
 * @param into   bytes of the result, `width * height * 3` of them, to be used again; default a new array
 * @throws AugmentError when the image, `into` and the sizes do not fit together, the matrix cannot be inverted, an option
 *         is unknown, or a part of an image lacks pixels that the warp reads
 */
export function warpAffine(
  image: ImageRegion,
  matrix: Affine,
  size: Size,
  options: WarpOptions = {},
  into?: Uint8Array,
): Image {
  checkSize('size', size);
  const [width, height] = size;
  if (into && into.length !== width * height * 3) {
    throw new AugmentError(`Expected room for ${width * height * 3} bytes in into but found ${into.length}`);
  }
  const data = into ?? new Uint8Array(width * height * 3);
  const { bytes, simd } = warpBytes(image, matrix, size, options, () => data);
  if (simd) data.set(bytes);
  return { data, width, height, channels: 3 };
}
