import { checkFinite, checkPositive, checkSize } from './argument-checks';
import type { CropOptions } from './crop-matrix';
import type { Affine } from './types';

/**
 * The matrix of unbiased data processing (Huang et al. 2020, "The Devil is in the Details for Human Pose Estimation"): the
 * sides of the region land on the centres of the crop's outer pixels, 0 and size - 1; width and height are stretched each
 * on its own. Float32, as mmpose mmpose/structures/bbox/transforms.py `get_udp_warp_matrix`.
 *
 * The sense of rotation is opposite to that of `cropMatrix`: a positive one turns the picture in the crop clockwise, as seen
 * on the screen.
 *
 * @param options.scale  width and height of the region, pixels; give it the crop's aspect ratio with `fitAspectRatio`
 * @returns image pixels to crop pixels
 * @throws AugmentError when the region has no extent, the crop is only one pixel wide or high, or a number is not finite
 */
export function udpCropMatrix(options: Pick<CropOptions, 'center' | 'scale' | 'rotation' | 'outputSize'>): Affine {
  const { center, scale, rotation = 0, outputSize } = options;
  checkFinite('center', center, 2);
  checkFinite('scale', scale, 2);
  checkFinite('rotation', [rotation], 1);
  checkSize('outputSize', outputSize);
  for (const axis of [0, 1]) {
    checkPositive(`scale[${axis}]`, scale[axis]);
    checkPositive(`outputSize[${axis}] - 1`, outputSize[axis] - 1);
  }
  const angle = (Math.PI * rotation) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const [x, y] = center;
  const [a, b] = [(outputSize[0] - 1) / scale[0], (outputSize[1] - 1) / scale[1]];
  const rows = [
    [a * cos, -a * sin, a * (-x * cos + y * sin + scale[0] / 2)],
    [b * sin, b * cos, b * (-x * sin - y * cos + scale[1] / 2)],
  ];
  const [m0, m1, m2, m3, m4, m5] = rows.flat().map(Math.fround);
  return [m0, m1, m2, m3, m4, m5];
}
