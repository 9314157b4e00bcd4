import type { Color } from '../picture/image';
import { checkColor } from '../picture/image';
import { surfaceOf, type DrawTarget, type Surface } from '../surface/surface';
import { VizError } from '../viz-error';
import { RIM } from './skeleton-colors';

export interface OutlineOptions {
  /** [red, green, blue], 0..255; default a light green. */
  color?: Color;
  /** Pixels; default 1/300 of the image's longer side, at least 1.5. */
  lineWidth?: number;
}

export const OUTLINE_COLOR: Color = [120, 230, 120];

/**
 * Draws the closed outline of a polygon, in place; what lies outside the image is clipped.
 *
 * @param target   RGB picture, or the 2D context of a canvas
 * @param corners  flat [x, y, x, y, ...] in pixels of `target`, two at least
 * @throws VizError when the corners are not pairs of finite numbers, or an option is bad
 */
export function drawPolygon(target: DrawTarget, corners: ArrayLike<number>, options: OutlineOptions = {}): void {
  const surface = surfaceOf(target, 'drawPolygon');
  const flat = Array.from(corners);
  if (flat.length < 4 || flat.length % 2 !== 0 || !flat.every(Number.isFinite)) {
    throw new VizError(`drawPolygon: expected corners [x, y, x, y, ...], found [${flat.join(', ')}]`);
  }
  strokeOutline(surface, flat, options, 'drawPolygon');
}

/** With a dark rim, so that it is seen on any picture. */
export function strokeOutline(
  surface: Surface,
  corners: readonly number[],
  options: OutlineOptions,
  where: string,
): void {
  const { color = OUTLINE_COLOR, lineWidth = Math.max(1.5, Math.max(surface.width, surface.height) / 300) } = options;
  checkColor(color, `${where}: options.color`);
  if (!(lineWidth > 0 && Number.isFinite(lineWidth))) {
    throw new VizError(`${where}: expected a positive options.lineWidth, found ${lineWidth}`);
  }
  for (const [radius, ink, alpha] of [
    [lineWidth / 2 + 0.8, RIM, 0.45],
    [lineWidth / 2, color, 1],
  ] as const) {
    for (let i = 0; i < corners.length; i += 2) {
      const next = (i + 2) % corners.length;
      surface.line([corners[i], corners[i + 1]], [corners[next], corners[next + 1]], radius, ink, alpha);
    }
  }
}
