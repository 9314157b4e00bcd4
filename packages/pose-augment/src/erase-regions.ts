import { checkImage } from './argument-checks';
import { AugmentError } from './augment-error';
import { MEAN_COLOR } from './mean-color';
import type { Box, Image } from './types';
import { checkColor } from './warp-options';

/**
 * Fills rectangles of an image in place: what `drawCutout` and `drawHideAndSeek` give.
 *
 * @param image RGB bytes, overwritten
 * @param boxes whole pixels inside of the image
 * @param color grey levels, RGB; default ImageNet's mean, which is next to 0 once normalised
 * @throws AugmentError when a box is not whole or not inside of the image, or the colour has no such levels
 */
export function eraseRegions(
  image: Image,
  boxes: readonly Box[],
  color: readonly [number, number, number] = MEAN_COLOR,
): void {
  checkImage(image);
  checkColor('color', color);
  const { data, width, height } = image;
  for (const box of boxes) {
    const [x, y, w, h] = box;
    if (!box.every((value) => Number.isInteger(value) && value >= 0) || x + w > width || y + h > height) {
      throw new AugmentError(
        `Expected boxes of whole pixels inside of the ${width}x${height} image but received [${box.join(', ')}]`,
      );
    }
    for (let row = y; row < y + h; row++) {
      for (let i = (row * width + x) * 3; i < (row * width + x + w) * 3; i += 3) data.set(color, i);
    }
  }
}
