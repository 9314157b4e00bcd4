import type { Border } from './warp-options';

/**
 * The row or column that stands in for one outside of the source.
 *
 * @param index whole, of either sign and any size
 * @param size  rows or columns of the source
 * @returns 0..size-1, or -1 for the border's colour
 */
export function borderIndex(index: number, size: number, mode: Border['mode']): number {
  if (index >= 0 && index < size) return index;
  if (mode === 'constant') return -1;
  if (mode === 'replicate' || size === 1) return index < 0 ? 0 : size - 1;
  const period = 2 * (size - 1);
  const folded = Math.abs(index) % period; // reflect101 is even: index and -index show the same
  return folded < size ? folded : period - folded;
}
