import { AugmentError } from './augment-error';

const INTERPOLATIONS = ['bilinear', 'nearest', 'area'] as const;
const BORDERS = ['constant', 'replicate', 'reflect101'] as const;

export interface WarpOptions {
  /**
   * How a pixel of the result comes from the source; default 'bilinear'.
   * - 'bilinear': four taps in float64, rounded half to even; OpenCV 5's INTER_LINEAR up to one grey level.
   * - 'nearest': the source pixel at floor(x + 0.5), floor(y + 0.5).
   * - 'area': the mean of m x n bilinear values, before rounding, spread evenly over the pixel's footprint in the source,
   *   a parallelogram; m and n are the lengths of its sides in source pixels, rounded up. Reduction by a whole
   *   factor on pixel edges is thus the exact mean of each block; where the warp enlarges it is 'bilinear'.
   */
  interpolation?: (typeof INTERPOLATIONS)[number];
  /**
   * What is outside of the source; default 'constant'.
   * - 'constant': `borderColor`
   * - 'replicate': the nearest pixel of the source, aaa|abcd|ddd
   * - 'reflect101': the source mirrored at its outermost pixels, dcb|abcd|cba
   */
  border?: (typeof BORDERS)[number];
  /** grey levels 0..255, RGB; default [0, 0, 0] */
  borderColor?: readonly [number, number, number];
  /** read the source mirrored, x' = width - 1 - x, without a mirrored copy; the matrix starts from mirrored pixels; default false */
  flip?: boolean;
}

export interface Border {
  mode: (typeof BORDERS)[number];
  color: readonly [number, number, number];
}

/** Fills in the defaults. */
export function checkedWarpOptions(options: WarpOptions): {
  interpolation: (typeof INTERPOLATIONS)[number];
  border: Border;
  flip: boolean;
} {
  const { interpolation = 'bilinear', border = 'constant', borderColor = [0, 0, 0], flip = false } = options;
  checkOneOf('interpolation', interpolation, INTERPOLATIONS);
  checkOneOf('border', border, BORDERS);
  checkColor('borderColor', borderColor);
  return { interpolation, border: { mode: border, color: borderColor }, flip };
}

export function checkColor(name: string, color: readonly number[]): void {
  if (color.length !== 3 || !color.every((level) => Number.isInteger(level) && level >= 0 && level <= 255)) {
    throw new AugmentError(`Expected three grey levels 0..255 for ${name} but received [${color.join(', ')}]`);
  }
}

function checkOneOf(name: string, value: string, known: readonly string[]): void {
  if (!known.includes(value)) {
    throw new AugmentError(
      `Expected ${known.map((each) => `'${each}'`).join(', ')} for ${name} but received '${value}'`,
    );
  }
}
