import { surfaceOf, type DrawTarget, type Surface } from '../surface/surface';
import { VizError } from '../viz-error';
import { OUTLINE_COLOR, strokeOutline, type OutlineOptions } from './draw-polygon';
import { labelBox } from './label';

/** [x, y, width, height] in pixels. */
export type Box = readonly [number, number, number, number];

export interface DrawBoxOptions extends OutlineOptions {
  /** One line of text on a plate of the box's colour at its left top corner, such as a class or a score. */
  label?: string;
}

/**
 * Draws the outline of a box, in place; what lies outside the image is clipped.
 *
 * @param target  RGB picture, or the 2D context of a canvas
 * @param box     [x, y, width, height] in pixels of `target`
 * @throws VizError when the box is not four finite numbers of which the sizes are positive, or an option is bad
 */
export function drawBox(target: DrawTarget, box: Box, options: DrawBoxOptions = {}): void {
  const surface = surfaceOf(target, 'drawBox');
  checkBox(box, 'drawBox');
  strokeBox(surface, box, options, 'drawBox');
  if (options.label !== undefined) labelBox(surface, box, options.label, options.color ?? OUTLINE_COLOR);
}

/** @throws VizError when the box is not four finite numbers of which the sizes are positive */
export function checkBox(box: Box, where: string): void {
  if (box?.length !== 4 || !box.every(Number.isFinite) || box[2] <= 0 || box[3] <= 0) {
    const found = box === undefined || box === null ? String(box) : `[${Array.from(box).join(', ')}]`;
    throw new VizError(`${where}: expected [x, y, width, height] with a width and a height above 0, found ${found}`);
  }
}

/** The outline of a checked box. */
export function strokeBox(surface: Surface, [x, y, width, height]: Box, options: OutlineOptions, where: string): void {
  strokeOutline(surface, [x, y, x + width, y, x + width, y + height, x, y + height], options, where);
}
