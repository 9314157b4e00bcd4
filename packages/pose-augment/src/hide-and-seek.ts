import { checkProbability, checkSize } from './argument-checks';
import { AugmentError } from './augment-error';
import type { Random } from './random';
import type { Box, Size } from './types';

export interface HideAndSeekOptions {
  /** pixels; one of them is drawn, 0 hides nothing; default [0, 16, 32, 44, 56] */
  gridSizes?: readonly number[];
  /** of each cell to be hidden; default 0.5 */
  probability?: number;
}

/**
 * Cells of a random grid, to be erased (Hide-and-Seek: Singh & Lee 2017, section 3; grid sizes of the authors' code
 * kkanshul/Hide-and-Seek, kept for poses by AID: Huang et al. 2020). One uniform draw for the grid, then one per cell, row
 * by row; with grid size 0 no further one. Cells at the right and the bottom end where the crop does.
 *
 * @param size width and height of the crop
 * @returns boxes of whole pixels inside of the crop
 * @throws AugmentError when there is no grid size, one is not whole, or the probability is out of its range
 */
export function drawHideAndSeek(random: Random, size: Size, options: HideAndSeekOptions = {}): Box[] {
  const { gridSizes = [0, 16, 32, 44, 56], probability = 0.5 } = options;
  checkSize('size', size);
  checkProbability('probability', probability);
  if (gridSizes.length === 0 || !gridSizes.every((cell) => Number.isInteger(cell) && cell >= 0)) {
    throw new AugmentError(`Expected grid sizes in whole pixels but received [${gridSizes.join(', ')}]`);
  }
  const cell = gridSizes[Math.floor(random.uniform() * gridSizes.length)];
  const hidden: Box[] = [];
  if (cell === 0) return hidden;
  const [width, height] = size;
  for (let y = 0; y < height; y += cell) {
    for (let x = 0; x < width; x += cell) {
      if (random.uniform() < probability) hidden.push([x, y, Math.min(cell, width - x), Math.min(cell, height - y)]);
    }
  }
  return hidden;
}
