import { checkBox, checkFinite, checkPositive } from './argument-checks';
import type { Box, Point } from './types';

/**
 * The box of the same pixels in the mirrored image: the pixel column x becomes imageWidth - 1 - x, so the right side
 * becomes the left one (mmpose mmpose/structures/bbox/transforms.py `flip_bbox`, of corners).
 *
 * @param box        image pixels
 * @param imageWidth pixels
 * @throws AugmentError when the box has a negative side or numbers that are not finite
 */
export function flipBox(box: Box, imageWidth: number): [number, number, number, number] {
  checkBox(box);
  checkPositive('imageWidth', imageWidth);
  return [imageWidth - 1 - (box[0] + box[2]), box[1], box[2], box[3]];
}

/**
 * A point, such as the centre of a region, in the mirrored image: x becomes imageWidth - 1 - x.
 *
 * @throws AugmentError when a number is not finite
 */
export function flipPoint(point: Point, imageWidth: number): [number, number] {
  checkFinite('point', point, 2);
  checkPositive('imageWidth', imageWidth);
  return [imageWidth - 1 - point[0], point[1]];
}
