import { checkPositive } from './argument-checks';
import { type CropOptions, mapRegion } from './crop-matrix';
import type { Affine } from './types';

/**
 * TransPose's variant of `cropMatrix`: sizes are counted from the centre of the first pixel to that of the last, so the
 * region's centre lands on ((width - 1) / 2, (height - 1) / 2) (TransPose lib/utils/transforms.py `get_affine_transform`).
 * The sense of rotation is that of `cropMatrix`: a positive one turns the picture in the crop counter-clockwise.
 *
 * @returns image pixels to crop pixels, or the reverse with `inverse`
 * @throws AugmentError when the region or the crop is not wider than one pixel or a number is not finite
 */
export function transPoseCropMatrix(options: CropOptions): Affine {
  checkPositive('outputSize[0] - 1', options.outputSize[0] - 1);
  checkPositive('scale[0] * pixelStd - 1', options.scale[0] * (options.pixelStd ?? 200) - 1);
  return mapRegion(options, 1);
}
