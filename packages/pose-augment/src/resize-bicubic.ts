import { checkImage, checkSize } from './argument-checks';
import type { Image, Size } from './types';

/** Weights are whole multiples of 2^-22 (Resample.c `PRECISION_BITS`: 32 bits, less 8 of a byte, less 2 of room). */
const UNIT = 2 ** 22;

/**
 * An image of another size, as Pillow makes it with `Image.BICUBIC`, byte for byte (Pillow src/libImaging/Resample.c): a
 * separable cubic kernel with a = -0.5 (Keys 1981), stretched by the factor of a reduction so that no pixel is left out;
 * first along x, rounded to bytes, then along y. An axis that keeps its length is left alone.
 *
 * @param image RGB bytes
 * @param size  width and height of the result
 * @returns a new image, or the same one when the size does not change
 * @throws AugmentError when the image or the size is not one
 */
export function resizeBicubic(image: Image, size: Size): Image {
  checkImage(image);
  checkSize('size', size);
  const [width, height] = size;
  const wide = width === image.width ? image : resizeColumns(image, width);
  return height === image.height ? wide : resizeRows(wide, height);
}

/** For each place of the result: the first place that it is made of, and the weight of it and of those that follow. */
interface Taps {
  first: number;
  weights: Int32Array;
}

function tapsOf(length: number, newLength: number): Taps[] {
  const ratio = length / newLength;
  const stretch = Math.max(ratio, 1);
  return Array.from({ length: newLength }, (_, place) => {
    const center = (place + 0.5) * ratio;
    const first = Math.max(Math.trunc(center - 2 * stretch + 0.5), 0);
    const end = Math.min(Math.trunc(center + 2 * stretch + 0.5), length);
    const values = Array.from({ length: end - first }, (__, i) => cubic((i + first - center + 0.5) * (1 / stretch)));
    const sum = values.reduce((total, value) => total + value, 0);
    return { first, weights: Int32Array.from(values, (value) => roundHalfAway((value / sum) * UNIT)) };
  });
}

function cubic(x: number): number {
  const a = -0.5;
  const t = Math.abs(x);
  if (t < 1) return ((a + 2) * t - (a + 3)) * t * t + 1;
  return t < 2 ? (((t - 5) * t + 8) * t - 4) * a : 0;
}

function roundHalfAway(value: number): number {
  return Math.trunc(value + Math.sign(value) / 2);
}

function resizeColumns(image: Image, width: number): Image {
  const { data, height } = image;
  const taps = tapsOf(image.width, width);
  const resized = new Uint8ClampedArray(width * height * 3);
  for (let y = 0, o = 0; y < height; y++) {
    for (const { first, weights } of taps) {
      let [red, green, blue] = [UNIT / 2, UNIT / 2, UNIT / 2];
      for (let i = 0, p = (y * image.width + first) * 3; i < weights.length; i++, p += 3) {
        red += data[p] * weights[i];
        green += data[p + 1] * weights[i];
        blue += data[p + 2] * weights[i];
      }
      resized[o++] = red >> 22;
      resized[o++] = green >> 22;
      resized[o++] = blue >> 22;
    }
  }
  return { data: new Uint8Array(resized.buffer), width, height, channels: 3 };
}

function resizeRows(image: Image, height: number): Image {
  const { data, width } = image;
  const stride = width * 3;
  const resized = new Uint8ClampedArray(stride * height);
  const sums = new Int32Array(stride);
  tapsOf(image.height, height).forEach(({ first, weights }, y) => {
    sums.fill(UNIT / 2);
    for (let i = 0; i < weights.length; i++) {
      const weight = weights[i];
      for (let x = 0, p = (first + i) * stride; x < stride; x++, p++) sums[x] += data[p] * weight;
    }
    for (let x = 0; x < stride; x++) resized[y * stride + x] = sums[x] >> 22;
  });
  return { data: new Uint8Array(resized.buffer), width, height, channels: 3 };
}
