import type { Color, Image } from './image';
import { checkColor, checkImage } from './image';
import { strokeLine } from './stroke';
import { VizError } from './viz-error';

export interface DrawBoxOptions {
  /** [red, green, blue], 0..255; default a light green. */
  color?: Color;
  /** Pixels; default 1/300 of the image's longer side, at least 1.5. */
  lineWidth?: number;
}

/**
 * Draws the outline of a box, in place; what lies outside the image is clipped.
 *
 * @param box  [x, y, width, height] in pixels of `image`
 * @throws VizError when the box is not four finite numbers of which the sizes are not negative, or an option is bad
 */
export function drawBox(
  image: Image,
  box: readonly [number, number, number, number],
  options: DrawBoxOptions = {},
): void {
  checkImage(image, 'drawBox');
  const { color = [120, 230, 120], lineWidth = Math.max(1.5, Math.max(image.width, image.height) / 300) } = options;
  checkColor(color, 'drawBox: options.color');
  if (!(lineWidth > 0 && Number.isFinite(lineWidth))) {
    throw new VizError(`drawBox: expected a positive options.lineWidth, found ${lineWidth}`);
  }
  const [x, y, width, height] = box;
  if (box.length !== 4 || !box.every(Number.isFinite) || width < 0 || height < 0) {
    throw new VizError(`drawBox: expected [x, y, width, height], found [${Array.from(box).join(', ')}]`);
  }
  const corners = [
    [x, y],
    [x + width, y],
    [x + width, y + height],
    [x, y + height],
  ] as const;
  for (const [radius, ink, alpha] of [
    [lineWidth / 2 + 0.8, [16, 18, 24], 0.45],
    [lineWidth / 2, color, 1],
  ] as const) {
    corners.forEach((corner, i) => strokeLine(image, corner, corners[(i + 1) % 4], radius, ink, alpha));
  }
}
