import type { Image } from '@pose/pose-augment';
import { PredictorError } from './predictor-error';

/**
 * An RGB image from a canvas' pixels (`ImageData`), whose alpha is left out.
 *
 * @param pixels.data  RGBA bytes, row by row
 * @throws PredictorError when there are not four bytes for each pixel
 */
export function rgbImage({ data, width, height }: { data: ArrayLike<number>; width: number; height: number }): Image {
  if (data.length !== 4 * width * height) {
    throw new PredictorError(
      `Expected ${4 * width * height} bytes, RGBA, for ${width}x${height} pixels, found ${data.length}.`,
    );
  }
  const rgb = new Uint8Array(3 * width * height);
  for (let from = 0, to = 0; to < rgb.length; from += 4, to += 3) {
    rgb[to] = data[from];
    rgb[to + 1] = data[from + 1];
    rgb[to + 2] = data[from + 2];
  }
  return { data: rgb, width, height, channels: 3 };
}
