import { checkFinite, checkPositive, checkSize } from './argument-checks';
import type { CropOptions } from './crop-matrix';
import { rightTriangle, threePointMap, triangle } from './three-point-map';
import type { Affine, Point } from './types';

export interface MmposeCropOptions extends Omit<CropOptions, 'pixelStd'> {
  /** only the region's width counts and the height follows from outputSize; false stretches both to fit; default true */
  fixAspectRatio?: boolean;
}

/**
 * The matrix that maps the region of an image onto a crop of `outputSize` in mmpose's manner, with `scale` in pixels: the
 * map of `cropMatrix`, but fixed by other points, which float32 rounds otherwise (by about 1e-4 pixels), and able to
 * stretch (mmpose mmpose/structures/bbox/transforms.py `get_warp_matrix`).
 *
 * The sense of rotation is that of `cropMatrix`: a positive one turns the picture in the crop counter-clockwise.
 *
 * @returns image pixels to crop pixels, or the reverse with `inverse`
 * @throws AugmentError when the region has no width, or no height that is needed, or a number is not finite
 */
export function mmposeCropMatrix(options: MmposeCropOptions): Affine {
  const { center, scale, rotation = 0, outputSize, shift = [0, 0], inverse = false, fixAspectRatio = true } = options;
  checkFinite('center', center, 2);
  checkFinite('scale', scale, 2);
  checkFinite('rotation', [rotation], 1);
  checkFinite('shift', shift, 2);
  checkSize('outputSize', outputSize);
  checkPositive('scale[0]', scale[0]);
  if (!fixAspectRatio) checkPositive('scale[1]', scale[1]);

  const angle = (Math.PI * rotation) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const middle: Point = [center[0] + scale[0] * shift[0], center[1] + scale[1] * shift[1]];
  const left: Point = [middle[0] - (scale[0] / 2) * cos, middle[1] - (scale[0] / 2) * sin];
  const top: Point = [middle[0] + (scale[1] / 2) * sin, middle[1] - (scale[1] / 2) * cos];
  const [x, y] = [outputSize[0] / 2, outputSize[1] / 2];
  const region = fixAspectRatio ? rightTriangle(middle, left) : triangle(middle, left, top);
  const crop = fixAspectRatio ? rightTriangle([x, y], [0, y]) : triangle([x, y], [0, y], [x, 0]);
  return inverse ? threePointMap(crop, region) : threePointMap(region, crop);
}
