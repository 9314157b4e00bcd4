import type { Affine } from './types';
import { padWholeImage, rescaleWholeImage, type WholeImage } from './whole-image';

/**
 * The whole image as large as a square canvas allows, in its middle: what a network sees that is to find everybody at once.
 *
 * @param edge  pixels
 * @throws AugmentError when the edge is no whole number above 0, or the image so narrow that no pixel of it would be left
 */
export function fitWholeImage(state: WholeImage, edge: number): WholeImage {
  const { width, height } = state.image;
  return padWholeImage(rescaleWholeImage(state, edge / Math.max(width, height)), [edge, edge]);
}

/**
 * The matrix from pixels of the original image to those of the present one. Pixel centres are half a pixel from the
 * image's edge before and after a scaling.
 *
 * @param imageWidth  of the original image, pixels
 */
export function wholeImageMatrix({ scale, offset, flipped }: WholeImage, imageWidth: number): Affine {
  const [sx, sy] = scale;
  const c = (flipped ? imageWidth - 0.5 : 0.5) * sx - 0.5 - offset[0];
  return [flipped ? -sx : sx, 0, c, 0, sy, 0.5 * sy - 0.5 - offset[1]];
}
