import { checkFinite, checkPositive, checkSize } from './argument-checks';
import { rightTriangle, threePointMap } from './three-point-map';
import type { Affine, Point, Size } from './types';

export interface CropOptions {
  /** centre of the region, image pixels */
  center: Point;
  /** width and height of the region in units of pixelStd; only the width counts, the height follows from outputSize */
  scale: Size;
  /** degrees; default 0 */
  rotation?: number;
  /** width and height of the crop, pixels */
  outputSize: Size;
  /** pixels per unit of scale; default 200, GluonCV uses 1 */
  pixelStd?: number;
  /** moves the centre, in units of the region's width and height; default [0, 0] */
  shift?: Point;
  /** crop to image instead of image to crop; default false */
  inverse?: boolean;
}

/**
 * The matrix that maps the region of an image onto a crop of `outputSize`, widths onto widths: the centre of the region
 * lands on (width / 2, height / 2). Three point pairs, rounded to float32, fix the matrix, as in
 * human-pose-estimation.pytorch and deep-high-resolution-net.pytorch lib/utils/transforms.py `get_affine_transform` (the
 * same rule with pixelStd 1 in gluon-cv data/transforms/pose.py); the rounding is kept because crops are compared with the
 * references' to the pixel.
 *
 * A positive rotation t turns the picture in the crop counter-clockwise, as seen on the screen, and the region in the image
 * clockwise: p becomes k * [[cos t, sin t], [-sin t, cos t]] * (p - center) + outputSize / 2.
 *
 * @returns image pixels to crop pixels, or the reverse with `inverse`
 * @throws AugmentError when the region has no width or a number is not finite
 */
export function cropMatrix(options: CropOptions): Affine {
  return mapRegion(options, 0);
}

/**
 * `cropMatrix`, with `sizeLoss` pixels taken off the region's and the crop's size: with 1 the distance between the centres
 * of the first and the last pixel is mapped, instead of that between their outer edges.
 */
export function mapRegion(options: CropOptions, sizeLoss: 0 | 1): Affine {
  const { center, scale, rotation = 0, outputSize, pixelStd = 200, shift = [0, 0], inverse = false } = options;
  checkFinite('center', center, 2);
  checkFinite('scale', scale, 2);
  checkFinite('rotation', [rotation], 1);
  checkFinite('shift', shift, 2);
  checkSize('outputSize', outputSize);
  checkPositive('pixelStd', pixelStd);
  checkPositive('scale[0]', scale[0]);

  const regionWidth = Math.fround(scale[0] * pixelStd);
  const shiftX = Math.fround(regionWidth * shift[0]);
  const shiftY = Math.fround(Math.fround(scale[1] * pixelStd) * shift[1]);
  const [centerX, centerY] = [Math.fround(center[0]), Math.fround(center[1])];
  const angle = (Math.PI * rotation) / 180;
  const reach = Math.fround(regionWidth - sizeLoss) / 2;
  const region = rightTriangle(
    [centerX + shiftX, centerY + shiftY],
    [centerX + reach * Math.sin(angle) + shiftX, centerY - reach * Math.cos(angle) + shiftY],
  );
  const [width, height] = [outputSize[0] - sizeLoss, outputSize[1] - sizeLoss];
  const crop = rightTriangle([width / 2, height / 2], [width / 2, height / 2 - width / 2]);
  return inverse ? threePointMap(crop, region) : threePointMap(region, crop);
}
