import { checkAffine, checkPositive } from './argument-checks';
import type { Affine } from './types';

/**
 * The matrix for a source that was loaded smaller, so that the crop shows the same. The smaller image's pixel edges lie on
 * the larger one's: x = (x' + 0.5) * factor - 0.5, as in JPEG decoders, which scale by 1/2, 1/4 or 1/8 while they decode.
 *
 * @param matrix full-size source pixels to crop pixels
 * @param factor how many pixels of the full-size source a pixel of the smaller one stands for, along x and y
 * @returns smaller source's pixels to crop pixels
 * @throws AugmentError when the matrix is not finite or a factor not positive
 */
export function shrunkMatrix(matrix: Affine, factor: readonly [number, number]): Affine {
  checkAffine('matrix', matrix);
  const [fx, fy] = factor;
  checkPositive('factor[0]', fx);
  checkPositive('factor[1]', fy);
  const [a, b, c, d, e, f] = matrix;
  const [x, y] = [(fx - 1) / 2, (fy - 1) / 2];
  return [a * fx, b * fy, a * x + b * y + c, d * fx, e * fy, d * x + e * y + f];
}
