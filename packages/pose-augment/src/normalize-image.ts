import { checkImage } from './argument-checks';
import { AugmentError } from './augment-error';
import { type Normalization, normalizedLevels } from './normalization';
import type { Image } from './types';

/**
 * Grey levels to network input in one pass, by a table of the 256 levels: what a crop still needs after its colours or
 * regions were changed. Without such changes `warpNormalized` does both steps at once.
 *
 * @param image         RGB bytes
 * @param normalization defaults to ImageNet's; RTPOSE_PIXELS, VGG_PIXELS, INCEPTION_PIXELS, SSD_PIXELS and IMAGENET_PIXELS are published ones
 * @param into          room for the result, to be used again; default a new array
 * @returns Float32Array of shape [height, width, 3]
 * @throws AugmentError when the image or `into` has another size, the divisor or a deviation is not positive, a mean not finite
 */
export function normalizeImage(image: Image, normalization: Normalization = {}, into?: Float32Array): Float32Array {
  checkImage(image);
  const input = inputFor(image.data.length, into);
  lookUpLevels(image.data, normalizedLevels(normalization), normalization.reverseChannels ?? false, input);
  return input;
}

/** `into`, or a new array, for that many values. */
export function inputFor(length: number, into?: Float32Array): Float32Array {
  if (into && into.length !== length) {
    throw new AugmentError(`Expected room for ${length} floats in into but found ${into.length}`);
  }
  return into ?? new Float32Array(length);
}

/** @param levels `normalizedLevels` */
export function lookUpLevels(bytes: Uint8Array, levels: Float32Array, reverse: boolean, out: Float32Array): void {
  const red = reverse ? 2 : 0;
  const blue = 2 - red;
  for (let i = 0; i < bytes.length; i += 3) {
    out[i + red] = levels[bytes[i]];
    out[i + 1] = levels[256 + bytes[i + 1]];
    out[i + blue] = levels[512 + bytes[i + 2]];
  }
}
