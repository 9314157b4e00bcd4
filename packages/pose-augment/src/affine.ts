import { checkAffine, checkKeypoints } from './argument-checks';
import { AugmentError } from './augment-error';
import type { Affine, Keypoints, Point } from './types';

/**
 * The matrix of the opposite direction.
 *
 * @throws AugmentError when the matrix maps the plane to a line or holds numbers that are not finite
 */
export function invertAffine(matrix: Affine): Affine {
  checkAffine('matrix', matrix);
  const [a, b, c, d, e, f] = matrix;
  const scale = 1 / (a * e - b * d);
  if (!Number.isFinite(scale)) {
    throw new AugmentError(`Expected a matrix that can be inverted but received [${matrix.join(', ')}]`);
  }
  const [ia, ib, id, ie] = [e * scale, -b * scale, -d * scale, a * scale];
  return [ia, ib, -ia * c - ib * f, id, ie, -id * c - ie * f];
}

/** The point `[a*x + b*y + c, d*x + e*y + f]`. */
export function transformPoint(point: Point, matrix: Affine): [number, number] {
  const [x, y] = point;
  return [matrix[0] * x + matrix[1] * y + matrix[2], matrix[3] * x + matrix[4] * y + matrix[5]];
}

/**
 * Keypoints mapped by a matrix, image pixels to crop pixels for instance. Labelled ones move and keep their
 * visibility, also when they leave the crop; the others become 0, 0, 0.
 *
 * @throws AugmentError when the keypoints are no triplets or a labelled one is not finite
 */
export function transformKeypoints(keypoints: Keypoints, matrix: Affine): number[] {
  checkAffine('matrix', matrix);
  checkKeypoints(keypoints);
  const moved = new Array<number>(keypoints.length).fill(0);
  for (let i = 0; i < keypoints.length; i += 3) {
    if (keypoints[i + 2] === 0) continue;
    [moved[i], moved[i + 1]] = transformPoint([keypoints[i], keypoints[i + 1]], matrix);
    moved[i + 2] = keypoints[i + 2];
  }
  return moved;
}
