/** The kernels that OpenCV has as tables (modules/imgproc smooth, `getGaussianKernel` with sigma 0). */
const TABLES: Record<number, number[]> = {
  1: [1],
  3: [0.25, 0.5, 0.25],
  5: [0.0625, 0.25, 0.375, 0.25, 0.0625],
  7: [0.03125, 0.109375, 0.21875, 0.28125, 0.21875, 0.109375, 0.03125],
  9: [4, 13, 30, 51, 60, 51, 30, 13, 4].map((weight) => weight / 256),
};

/** The Gaussian kernel of `cv2.GaussianBlur(image, (size, size), 0)`, single precision; `size` is odd. */
export function opencvGaussianKernel(size: number): Float32Array {
  if (TABLES[size]) return Float32Array.from(TABLES[size]);
  const middle = (size - 1) / 2;
  const sigma = 0.3 * (middle - 1) + 0.8;
  const weights = Float64Array.from({ length: size }, (_, i) => Math.exp(-((i - middle) ** 2) / (2 * sigma * sigma)));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return Float32Array.from(weights, (weight) => weight / sum);
}

/**
 * One axis of a single pixel of value 1 that was blurred with a border that mirrors (reflect-101: -1 is 1, n is n - 2).
 *
 * @param blurred receives the values, length that of the axis
 */
export function blurPixel(pixel: number, kernel: Float32Array, blurred: Float64Array, length: number): void {
  const radius = (kernel.length - 1) / 2;
  blurred.fill(0, 0, length);
  for (let tap = -radius; tap < length + radius; tap++) {
    if (reflect(tap, length) !== pixel) continue;
    const from = Math.max(tap - radius, 0);
    const to = Math.min(tap + radius, length - 1);
    for (let i = from; i <= to; i++) blurred[i] += kernel[tap - i + radius];
  }
}

function reflect(index: number, length: number): number {
  if (length === 1) return 0;
  const period = 2 * (length - 1);
  const folded = ((index % period) + period) % period;
  return folded < length ? folded : period - folded;
}
