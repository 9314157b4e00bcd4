import { DecodeError } from '../decode-error';

/** What is beyond the ends: zeros, or the inside mirrored without its outermost value (OpenCV's BORDER_REFLECT_101). */
export type BlurBorder = 'zero' | 'reflect';

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
 * @param from  `count` values from `start` on
 * @param to    room for the result, in the same places; another array
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
  // the kernel is its own mirror image
  for (let i = 0; i < count; i++) {
    let sum = kernel[reach] * padded[i + reach];
    for (let tap = 0, far = i + 2 * reach; tap < reach; tap++, far--)
      sum += kernel[tap] * (padded[i + tap] + padded[far]);
    to[start + i] = sum;
  }
}

/** Index i of a line that goes on as its own mirror image at both ends. */
function reflected(i: number, count: number): number {
  if (count === 1) return 0;
  const period = 2 * (count - 1);
  const inPeriod = ((i % period) + period) % period;
  return inPeriod < count ? inPeriod : period - inPeriod;
}

/** A function that blurs maps of one size in place, row-major. */
export function mapBlur(width: number, height: number, kernelSize: number, border: BlurBorder) {
  const kernel = gaussianKernel(kernelSize);
  const reach = (kernel.length - 1) / 2;
  const along = new Float64Array(width * height);
  const padded = new Float64Array(width + kernel.length - 1);
  return (map: Float64Array): void => {
    for (let y = 0; y < height; y++) blurLine(map, along, y * width, width, kernel, border, padded);
    map.fill(0);
    for (let y = 0; y < height; y++) {
      for (let tap = 0; tap < kernel.length; tap++) {
        const row = y + tap - reach;
        const inside = border === 'reflect' ? reflected(row, height) : row;
        if (inside < 0 || inside >= height) continue;
        const weight = kernel[tap];
        for (let o = y * width, i = inside * width; o < (y + 1) * width; o++, i++) map[o] += weight * along[i];
      }
    }
  };
}
