import {
  fitWholeImage,
  IMAGENET_PIXELS,
  normalizeImage,
  startWholeImage,
  wholeImageMatrix,
  zeroOutside,
  type Affine,
  type Image,
  type Normalization,
} from '@pose/pose-augment';

/**
 * Fits a whole image into a square network input; what is beside it is 0, as in OpenPose's training.
 *
 * @param edge  of the input, pixels
 * @param into  Float32 [edge, edge, 3], to be filled
 * @returns the matrix from image pixels to input pixels
 * @throws AugmentError when the image is broken or so narrow that no pixel of it would be left
 */
export function fitImage(
  image: Image,
  edge: number,
  normalization: Normalization = IMAGENET_PIXELS,
  into: Float32Array,
): Affine {
  const fitted = fitWholeImage(startWholeImage(image, []), edge);
  normalizeImage(fitted.image, normalization, into);
  zeroOutside(into, [edge, edge], fitted.validArea);
  return wholeImageMatrix(fitted, image.width);
}
