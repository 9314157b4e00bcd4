import type { Color, Image } from '../picture/image';
import { checkColor, checkImage } from '../picture/image';
import { strokeLine } from './stroke';
import { VizError } from '../viz-error';

export interface OutlineOptions {
  /** [red, green, blue], 0..255; default a light green. */
  color?: Color;
  /** Pixels; default 1/300 of the image's longer side, at least 1.5. */
  lineWidth?: number;
}

/**
 * Draws the closed outline of a polygon, in place; what lies outside the image is clipped.
 *
 * @param corners  flat [x, y, x, y, ...] in pixels of `image`, two at least
 * @throws VizError when the corners are not pairs of finite numbers, or an option is bad
 */
export function drawPolygon(image: Image, corners: ArrayLike<number>, options: OutlineOptions = {}): void {
  checkImage(image, 'drawPolygon');
  const flat = Array.from(corners);
  if (flat.length < 4 || flat.length % 2 !== 0 || !flat.every(Number.isFinite)) {
    throw new VizError(`drawPolygon: expected corners [x, y, x, y, ...], found [${flat.join(', ')}]`);
  }
  strokeOutline(image, flat, options, 'drawPolygon');
}

/** With a dark rim, so that it is seen on any picture. */
export function strokeOutline(image: Image, corners: readonly number[], options: OutlineOptions, where: string): void {
  const { color = [120, 230, 120], lineWidth = Math.max(1.5, Math.max(image.width, image.height) / 300) } = options;
  checkColor(color, `${where}: options.color`);
  if (!(lineWidth > 0 && Number.isFinite(lineWidth))) {
    throw new VizError(`${where}: expected a positive options.lineWidth, found ${lineWidth}`);
  }
  for (const [radius, ink, alpha] of [
    [lineWidth / 2 + 0.8, [16, 18, 24], 0.45],
    [lineWidth / 2, color, 1],
  ] as const) {
    for (let i = 0; i < corners.length; i += 2) {
      const next = (i + 2) % corners.length;
      strokeLine(image, [corners[i], corners[i + 1]], [corners[next], corners[next + 1]], radius, ink, alpha);
    }
  }
}
