import { DecodeError } from '../decode-error';

/** What is beyond the ends: zeros, or the inside mirrored without its outermost value (OpenCV's BORDER_REFLECT_101). */
type BlurBorder = 'zero' | 'reflect';

/**
 * The kernel of OpenCV's `GaussianBlur` with sigma 0 (modules/imgproc/src/smooth.dispatch.cpp `getGaussianKernel`): tables
 * up to 9, then sigma = 0.3 * ((size - 1) / 2 - 1) + 0.8.
 *
 * @param size an odd number
 * @throws DecodeError when it is not
 */
export function gaussianKernel(size: number): Float32Array {
  if (!(Number.isInteger(size) && size > 0 && size % 2 === 1)) {
    throw new DecodeError(`Expected an odd positive integer for the size of the blur's kernel but received ${size}`);
  }
  const table = TABLES[size];
  if (table) return Float32Array.from(table);
  const middle = (size - 1) / 2;
  const sigma = 0.3 * (middle - 1) + 0.8;
  const weights = Array.from({ length: size }, (_, i) => Math.exp(-((i - middle) ** 2) / (2 * sigma * sigma)));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return Float32Array.from(weights, (weight) => weight / sum);
}

const TABLES: Readonly<Record<number, readonly number[]>> = {
  1: [1],
  3: [1, 2, 1].map((weight) => weight / 4),
  5: [1, 4, 6, 4, 1].map((weight) => weight / 16),
  7: [1, 3.5, 7, 9, 7, 3.5, 1].map((weight) => weight / 32),
  9: [4, 13, 30, 51, 60, 51, 30, 13, 4].map((weight) => weight / 256),
};

/**
 * One line blurred.
 *
 * @param from   `count` values from `start` on
 * @param to     room for the result, in the same places; may be `from`
 * @param padded room for count + kernel.length - 1 values
 */
export function blurLine(
  from: Float64Array,
  to: Float64Array,
  start: number,
  count: number,
  kernel: Float32Array,
  border: BlurBorder,
  padded: Float64Array,
): void {
  const reach = (kernel.length - 1) / 2;
  for (let i = 0; i < count; i++) padded[i + reach] = from[start + i];
  for (let i = 1; i <= reach; i++) {
    padded[reach - i] = border === 'reflect' ? from[start + reflected(-i, count)] : 0;
    padded[reach + count - 1 + i] = border === 'reflect' ? from[start + reflected(count - 1 + i, count)] : 0;
  }
  convolve(padded, 0, 1, kernel, to, start, count);
}

/** A function that blurs maps of one size in place, row-major. */
export function mapBlur(width: number, height: number, kernelSize: number, border: BlurBorder) {
  const kernel = gaussianKernel(kernelSize);
  const reach = (kernel.length - 1) / 2;
  const padded = new Float64Array(width + kernel.length - 1);
  const rows = new Float64Array(width * (height + kernel.length - 1)); // blurred along x, the border above and below
  return (map: Float64Array): void => {
    for (let y = 0; y < height; y++) blurLine(map, map, y * width, width, kernel, border, padded);
    rows.set(map, reach * width);
    if (border === 'reflect') {
      for (let i = 1; i <= reach; i++) {
        copyRow(map, reflected(-i, height), rows, reach - i, width);
        copyRow(map, reflected(height - 1 + i, height), rows, reach + height - 1 + i, width);
      }
    }
    convolve(rows, 0, width, kernel, map, 0, width * height);
  };
}

/**
 * to[at + i] = the sum over taps of kernel[tap] * from[start + tap * step + i], for `count` values. The kernel is its own
 * mirror image: both sides are added first, so that a mirrored line gives the mirrored result to the last bit. Two taps of
 * each side at a time, so that the sums are loaded and stored less often.
 */
function convolve(
  from: Float64Array,
  start: number,
  step: number,
  kernel: Float32Array,
  to: Float64Array,
  at: number,
  count: number,
): void {
  const last = kernel.length - 1;
  const middle = last / 2;
  const end = at + count;
  for (let o = at, i = start + middle * step; o < end; o++, i++) to[o] = kernel[middle] * from[i];
  let tap = 0;
  for (; tap + 1 < middle; tap += 2) {
    const [outer, inner] = [kernel[tap], kernel[tap + 1]];
    const [a, b, c, d] = [tap, last - tap, tap + 1, last - tap - 1].map((place) => start + place * step);
    for (let o = at, i = 0; o < end; o++, i++) {
      to[o] += outer * (from[a + i] + from[b + i]) + inner * (from[c + i] + from[d + i]);
    }
  }
  if (tap < middle) {
    const [a, b] = [start + tap * step, start + (last - tap) * step];
    for (let o = at, i = 0; o < end; o++, i++) to[o] += kernel[tap] * (from[a + i] + from[b + i]);
  }
}

function copyRow(from: Float64Array, row: number, to: Float64Array, toRow: number, width: number): void {
  to.set(from.subarray(row * width, (row + 1) * width), toRow * width);
}

/** Index i of a line that goes on as its own mirror image at both ends. */
function reflected(i: number, count: number): number {
  if (count === 1) return 0;
  const period = 2 * (count - 1);
  const inPeriod = ((i % period) + period) % period;
  return inPeriod < count ? inPeriod : period - inPeriod;
}
