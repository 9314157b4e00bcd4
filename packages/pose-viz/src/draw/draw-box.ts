import { strokeOutline, type OutlineOptions } from './draw-polygon';
import type { Image } from '../picture/image';
import { checkImage } from '../picture/image';
import { VizError } from '../viz-error';

/**
 * Draws the outline of a box, in place; what lies outside the image is clipped.
 *
 * @param box  [x, y, width, height] in pixels of `image`
 * @throws VizError when the box is not four finite numbers of which the sizes are not negative, or an option is bad
 */
export function drawBox(
  image: Image,
  box: readonly [number, number, number, number],
  options: OutlineOptions = {},
): void {
  checkImage(image, 'drawBox');
  const [x, y, width, height] = box;
  if (box.length !== 4 || !box.every(Number.isFinite) || width < 0 || height < 0) {
    throw new VizError(`drawBox: expected [x, y, width, height], found [${Array.from(box).join(', ')}]`);
  }
  strokeOutline(image, [x, y, x + width, y, x + width, y + height, x, y + height], options, 'drawBox');
}
