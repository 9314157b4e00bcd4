import { invertAffine } from './affine';
import { areaSamples } from './area-samples';
import { checkSize } from './argument-checks';
import { AugmentError } from './augment-error';
import type { Affine, Box, Size } from './types';
import { type Border, checkedWarpOptions, type WarpOptions } from './warp-options';

/** Samples of 'area' lie inside of the pixel's footprint, whose corners are rounded otherwise. */
const ROUNDING = 1e-6;

/**
 * The source pixels that a warp reads: what a cache has to keep and a decoder of regions has to decode. `cutRegion` makes
 * an image of it that warps to the same bytes as the full image.
 *
 * @param matrix    source pixels to crop pixels, as `warpAffine` takes
 * @param size      width and height of the crop
 * @param imageSize width and height of the full image
 * @param options   those of the warp; `borderColor` does not matter
 * @returns `[x, y, width, height]`, whole pixels inside of the image (of the image as it is, also with `flip`): the
 *          rectangle around a crop that may be rotated; undefined when the crop shows nothing but the border's colour
 * @throws AugmentError when the matrix cannot be inverted or takes the crop's corners out of the finite numbers
 */
export function cropFootprint(matrix: Affine, size: Size, imageSize: Size, options: WarpOptions = {}): Box | undefined {
  checkSize('size', size);
  checkSize('imageSize', imageSize);
  const { interpolation, border, flip } = checkedWarpOptions(options);
  const inverse = invertAffine(matrix);
  const [a, b, c, d, e, f] = inverse;
  const area = interpolation === 'area' && areaSamples(inverse).some((count) => count > 1);
  const reach = area
    ? [(Math.abs(a) + Math.abs(b)) / 2 + ROUNDING, (Math.abs(d) + Math.abs(e)) / 2 + ROUNDING]
    : [0, 0];
  const taps = interpolation === 'nearest' ? 1 : 2;
  const columns = sourceRange([a, b, c], size, reach[0], taps, imageSize[0], border.mode);
  const rows = sourceRange([d, e, f], size, reach[1], taps, imageSize[1], border.mode);
  if (!columns || !rows) return undefined;
  const [left, width] = [columns[0], columns[1] - columns[0] + 1];
  return [flip ? imageSize[0] - left - width : left, rows[0], width, rows[1] - rows[0] + 1];
}

/** First and last row or column that is read along one axis. */
function sourceRange(
  [step, rowStep, start]: readonly [number, number, number],
  [columns, rows]: Size,
  reach: number,
  taps: number,
  length: number,
  mode: Border['mode'],
): [number, number] | undefined {
  // In the order of the warps' own additions: rounding keeps the order of positions, so the corners are the extremes.
  const corners = [0, rows - 1].flatMap((row) => {
    const position = rowStep * row + start;
    return [position, position + step * (columns - 1)];
  });
  if (!corners.every(Number.isFinite)) {
    throw new AugmentError(
      `Expected a matrix that takes finite pixels to the crop's corners but found ${corners.join(', ')}`,
    );
  }
  const half = taps === 1 ? 0.5 : 0;
  const first = Math.floor(Math.min(...corners) - reach + half);
  const last = Math.floor(Math.max(...corners) + reach + half) + taps - 1;
  return visible(first, last, length, mode);
}

/** The rows or columns 0..length-1 that a border mode shows in the places `first` to `last`, both included. */
function visible(first: number, last: number, length: number, mode: Border['mode']): [number, number] | undefined {
  const end = length - 1;
  if (mode === 'constant' && (last < 0 || first > end)) return undefined;
  if (mode !== 'reflect101') return [Math.min(Math.max(first, 0), end), Math.max(Math.min(last, end), 0)];
  if (first >= 0 && last <= end) return [first, last];
  // Beyond an edge as far as the places reach, mirrored; beyond both edges, or further than the image is wide, all of it.
  const mirrored: [number, number] = first < 0 ? [0, Math.max(-first, last)] : [Math.min(first, 2 * end - last), end];
  const partly = mirrored[0] >= 0 && mirrored[1] <= end && !(first < 0 && last > end);
  return partly ? mirrored : [0, end];
}
