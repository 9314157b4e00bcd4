import { checkSize } from './argument-checks';
import type { ImageRegion } from './image-region';
import { type Normalization, normalizedLevels } from './normalization';
import { inputFor, lookUpLevels } from './normalize-image';
import type { Affine, Size } from './types';
import { warpBytes } from './warp-bytes';
import type { WarpOptions } from './warp-options';

export interface NormalizeOptions extends WarpOptions, Normalization {}

/**
 * Source image to network input in one pass: `warpAffine`, then (v / 255 - mean) / std. The crop is rounded to whole grey
 * levels before it is normalised, as the references do (deep-high-resolution-net.pytorch lib/dataset/JointsDataset.py),
 * so the result equals that of the two steps exactly.
 *
 * @param image  source, RGB bytes; complete, or a part of one that holds `cropFootprint`
 * @param matrix source pixels to crop pixels; with `flip`, pixels of the mirrored source
 * @param size   width and height of the crop
 * @param into   room for the result, to be used again; default a new array
 * @returns Float32Array of shape [height, width, 3], RGB unless `reverseChannels`; pixels outside of the source are the
 *          border's colour, normalised: (0 - mean) / std unless an option says otherwise
 * @throws AugmentError when the image, `into` and the sizes do not fit together, the matrix cannot be inverted, an option
 *         is out of its range, or a part of an image lacks pixels that the warp reads
 */
export function warpNormalized(
  image: ImageRegion,
  matrix: Affine,
  size: Size,
  options: NormalizeOptions = {},
  into?: Float32Array,
): Float32Array {
  checkSize('size', size);
  const count = size[0] * size[1] * 3;
  const input = inputFor(count, into);
  const levels = normalizedLevels(options);
  const reverse = options.reverseChannels ?? false;
  const { bytes, simd } = warpBytes(image, matrix, size, options, () => new Uint8Array(count));
  if (simd) input.set(simd.lookUp(levels, reverse));
  else lookUpLevels(bytes, levels, reverse, input);
  return input;
}
