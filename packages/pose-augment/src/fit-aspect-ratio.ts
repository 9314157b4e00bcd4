import { checkFinite, checkPositive } from './argument-checks';
import type { Size } from './types';

/**
 * Width and height of a region with its shorter side widened to the aspect ratio (mmpose
 * mmpose/datasets/transforms/topdown_transforms.py `_fix_aspect_ratio`; part of `boxToCenterScale` too).
 *
 * @param scale       in any unit
 * @param aspectRatio width / height of the network input
 * @throws AugmentError when the ratio is not positive or a number is not finite
 */
export function fitAspectRatio(scale: Size, aspectRatio: number): [number, number] {
  checkFinite('scale', scale, 2);
  checkPositive('aspectRatio', aspectRatio);
  const [width, height] = scale;
  return width > height * aspectRatio ? [width, width / aspectRatio] : [height * aspectRatio, height];
}
