import { invertAffine } from './affine';
import { checkImage, checkSize } from './argument-checks';
import { AugmentError } from './augment-error';
import { resampleRow } from './resample-row';
import type { Affine, Image, Size } from './types';

/**
 * An image resampled through a matrix: bilinear, black outside of the source, rounded half to even (OpenCV 5's
 * `cv2.warpAffine` with INTER_LINEAR and constant border 0, up to one grey level; OpenCV 4 rounds positions to 1/32 pixel).
 *
 * @param image  source, RGB bytes
 * @param matrix source pixels to result pixels, as `cropMatrix` gives
 * @param size   width and height of the result
 * @param into   bytes of the result, `width * height * 3` of them, to be used again; default a new array
 * @throws AugmentError when the image, `into` and the sizes do not fit together or the matrix cannot be inverted
 */
export function warpAffine(image: Image, matrix: Affine, size: Size, into?: Uint8Array): Image {
  checkImage(image);
  checkSize('size', size);
  const [width, height] = size;
  const data = into ?? new Uint8Array(width * height * 3);
  if (data.length !== width * height * 3) {
    throw new AugmentError(`Expected room for ${width * height * 3} bytes in into but found ${data.length}`);
  }
  const [a, b, c, d, e, f] = invertAffine(matrix);
  for (let y = 0; y < height; y++) {
    resampleRow(image.data, image.width, image.height, b * y + c, e * y + f, a, d, width, data, y * width * 3);
  }
  return { data, width, height, channels: 3 };
}
