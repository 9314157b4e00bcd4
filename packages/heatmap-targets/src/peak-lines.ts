/**
 * One axis of a peak. All peaks are separable: the value at a pixel is that of its column times that of its row.
 * `values[i]` belongs to pixel `first + i`; pixels before `first` and from `last` on are 0.
 */
export interface PeakLine {
  first: number;
  last: number;
  values: Float64Array;
}

/**
 * Fills `line` for a keypoint at `at` on an axis of `length` pixels.
 *
 * @returns false when the keypoint is so far outside that it must not count
 */
export type DrawLine = (line: PeakLine, at: number, length: number) => boolean;

/** `numpy.array(x + 0.5).astype(int)` in double precision: towards zero, also for negative numbers. */
export const toPixel = (at: number): number => Math.trunc(at + 0.5);

/** The same in single precision. */
export const toPixelFloat32 = (at: number): number => Math.trunc(Math.fround(at + 0.5));

/** The pixels that a patch of 3 sigma around a whole pixel covers, cut at the border. */
function placePatch(line: PeakLine, left: number, middle: number, sigma: number, length: number): boolean {
  const right = Math.trunc(middle + 3 * sigma + 1); // exclusive
  if (left >= length || right < 0) return false;
  line.first = Math.max(left, 0);
  line.last = Math.min(right, length);
  return true;
}

/**
 * A Gaussian of peak 1 around the pixel that `round` gives, 3 sigma to each side. For a sigma that is not whole the peak may
 * sit one pixel off, because the patch begins at a whole pixel: this is how the references are.
 */
export function roundedGaussian(sigma: number, round: (at: number) => number): DrawLine {
  const size = 6 * sigma + 1;
  const peak = Math.floor(size / 2);
  const bell = Float64Array.from({ length: Math.ceil(size) }, (_, i) => gaussian(i - peak, sigma));
  return (line, at, length) => {
    const middle = round(at);
    const left = Math.trunc(middle - 3 * sigma);
    if (!placePatch(line, left, middle, sigma, length)) return false;
    for (let pixel = line.first; pixel < line.last; pixel++) line.values[pixel - line.first] = bell[pixel - left];
    return true;
  };
}

/** The patch of `roundedGaussian`, but the Gaussian in it keeps the keypoint's fraction of a pixel. */
export function shiftedGaussian(sigma: number): DrawLine {
  const peak = Math.floor((6 * sigma + 1) / 2);
  return (line, at, length) => {
    const middle = toPixelFloat32(at);
    const left = Math.trunc(middle - 3 * sigma);
    if (!placePatch(line, left, middle, sigma, length)) return false;
    const centre = left + peak + (at - middle);
    for (let pixel = line.first; pixel < line.last; pixel++) {
      line.values[pixel - line.first] = gaussian(pixel - centre, sigma);
    }
    return true;
  };
}

/** A Gaussian around the exact position over the whole axis; `isOutside` decides what does not count. */
export function wholeGaussian(
  sigma: number,
  isOutside: (at: number, reach: number, length: number) => boolean,
): DrawLine {
  return (line, at, length) => {
    if (isOutside(at, 3 * sigma, length)) return false;
    line.first = 0;
    line.last = length;
    for (let pixel = 0; pixel < length; pixel++) line.values[pixel] = gaussian(pixel - at, sigma);
    return true;
  };
}

function gaussian(distance: number, sigma: number): number {
  return Math.exp(-(distance * distance) / (2 * sigma * sigma));
}
