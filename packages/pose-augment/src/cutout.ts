import { checkSize } from './argument-checks';
import { AugmentError } from './augment-error';
import type { Random } from './random';
import type { Box, Size } from './types';

export interface CutoutOptions {
  /** how many rectangles; default 1 */
  count?: number;
  /** pixels; or the least and the most, between which each rectangle's width is drawn */
  width: number | readonly [number, number];
  /** pixels, likewise */
  height: number | readonly [number, number];
}

/**
 * Rectangles at random places, to be erased (Cutout: DeVries & Taylor 2017, section 3; for poses in AID: Huang et al. 2020,
 * arXiv 2008.07139). Centres are anywhere in the crop, so that a rectangle may stick out of it; that part is left away.
 * Per rectangle: a uniform draw for the width and one for the height where they are ranges, then one each for x and y.
 *
 * @param size width and height of the crop
 * @returns boxes of whole pixels inside of the crop
 * @throws AugmentError when a side is below one pixel or a range turned around
 */
export function drawCutout(random: Random, size: Size, options: CutoutOptions): Box[] {
  const { count = 1 } = options;
  checkSize('size', size);
  if (!Number.isInteger(count) || count < 0) {
    throw new AugmentError(`Expected a number of rectangles for count but received ${count}`);
  }
  const [widths, heights] = [checkedSides('width', options.width), checkedSides('height', options.height)];
  return Array.from({ length: count }, () => {
    const sides = [drawSide(random, widths), drawSide(random, heights)];
    const [x, y] = size.map((length, axis) => Math.floor(random.uniform() * length) - (sides[axis] >> 1));
    const [left, top] = [Math.max(x, 0), Math.max(y, 0)];
    return [left, top, Math.min(x + sides[0], size[0]) - left, Math.min(y + sides[1], size[1]) - top] as const;
  });
}

function drawSide(random: Random, [least, most]: readonly [number, number]): number {
  return Math.round(least === most ? least : least + random.uniform() * (most - least));
}

function checkedSides(name: string, sides: number | readonly [number, number]): readonly [number, number] {
  const [least, most] = typeof sides === 'number' ? [sides, sides] : sides;
  if (!(least >= 1 && least <= most && most < 2 ** 31)) {
    throw new AugmentError(
      `Expected 1 or more pixels, or [least, most] of them, for ${name} but received ${String(sides)}`,
    );
  }
  return [least, most];
}
