import type { Image, Size } from './image';
import { checkSize } from './image';
import { VizError } from '../viz-error';

export interface DenormalizeOptions {
  /** [width, height] of the input. */
  size: Size;
  /** Mean per RGB channel of intensities in 0..1. */
  mean: readonly [number, number, number];
  /** Standard deviation per RGB channel of intensities in 0..1. */
  std: readonly [number, number, number];
}

/**
 * A picture of a network's input: undoes (rgb / 255 - mean) / std; the result is rounded and clamped to 0..255.
 *
 * @param input  one image [height, width, 3] (of a batch: its slice), RGB
 * @throws VizError when a length does not fit or a number is not finite
 */
export function denormalize(input: ArrayLike<number>, { size, mean, std }: DenormalizeOptions): Image {
  checkSize(size, 'denormalize: options.size');
  for (const [name, values] of [['mean', mean] as const, ['std', std] as const]) {
    if (values?.length !== 3 || !values.every(Number.isFinite)) {
      throw new VizError(`denormalize: expected options.${name} of three numbers, found ${JSON.stringify(values)}`);
    }
  }
  const [width, height] = size;
  if (input.length !== width * height * 3) {
    const expected = `${width}x${height}x3 = ${width * height * 3} values`;
    throw new VizError(`denormalize: expected ${expected}, found ${input.length}`);
  }
  const data = new Uint8ClampedArray(input.length); // rounds and clamps
  for (let i = 0; i < data.length; i++) {
    const c = i % 3;
    const value = input[i] * std[c] + mean[c];
    if (!Number.isFinite(value)) {
      const p = (i - c) / 3;
      const where = `x ${p % width}, y ${Math.floor(p / width)}, channel ${c}`;
      throw new VizError(`denormalize: expected finite values, found ${input[i]} at ${where}`);
    }
    data[i] = value * 255;
  }
  return { data: new Uint8Array(data.buffer), width, height, channels: 3 };
}
