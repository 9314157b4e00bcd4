import { invertAffine } from './affine';
import { checkFinite, checkImage, checkPositive, checkSize } from './argument-checks';
import { AugmentError } from './augment-error';
import { IMAGENET_MEAN, IMAGENET_STD } from './imagenet';
import { resampleRow } from './resample-row';
import type { Affine, Image, Size } from './types';

export interface NormalizeOptions {
  /** per channel, of values scaled to 0..1; default IMAGENET_MEAN */
  mean?: readonly [number, number, number];
  /** per channel, of values scaled to 0..1; default IMAGENET_STD */
  std?: readonly [number, number, number];
  /** read the source mirrored, x' = width - 1 - x, without a mirrored copy; the matrix starts from mirrored pixels; default false */
  flip?: boolean;
}

/**
 * Source image to network input in one pass: `warpAffine`, then (v / 255 - mean) / std. The crop is rounded to whole grey
 * levels before it is normalised, as the references do (deep-high-resolution-net.pytorch lib/dataset/JointsDataset.py),
 * so the result equals that of the two steps exactly.
 *
 * @param image  source, RGB bytes
 * @param matrix source pixels to crop pixels; with `flip`, pixels of the mirrored source
 * @param size   width and height of the crop
 * @param into   room for the result, to be used again; default a new array
 * @returns Float32Array of shape [height, width, 3], RGB; pixels outside of the source are (0 - mean) / std
 * @throws AugmentError when the image, `into` and the sizes do not fit together or the matrix cannot be inverted
 */
export function warpNormalized(
  image: Image,
  matrix: Affine,
  size: Size,
  options: NormalizeOptions = {},
  into?: Float32Array,
): Float32Array {
  const { mean = IMAGENET_MEAN, std = IMAGENET_STD, flip = false } = options;
  checkImage(image);
  checkSize('size', size);
  const [width, height] = size;
  const input = into ?? new Float32Array(width * height * 3);
  if (input.length !== width * height * 3) {
    throw new AugmentError(`Expected room for ${width * height * 3} floats in into but found ${input.length}`);
  }
  const inverse = invertAffine(matrix);
  const [a, b, c] = flip ? [-inverse[0], -inverse[1], image.width - 1 - inverse[2]] : inverse;
  const [, , , d, e, f] = inverse;
  const levels = normalizedLevels(mean, std);
  const row = new Uint8Array(width * 3);
  for (let y = 0, o = 0; y < height; y++) {
    resampleRow(image.data, image.width, image.height, b * y + c, e * y + f, a, d, width, row, 0);
    for (let i = 0; i < row.length; i += 3, o += 3) {
      input[o] = levels[row[i]];
      input[o + 1] = levels[256 + row[i + 1]];
      input[o + 2] = levels[512 + row[i + 2]];
    }
  }
  return input;
}

/** (v / 255 - mean) / std for the 256 grey levels of each channel, one channel after the other. */
function normalizedLevels(mean: readonly number[], std: readonly number[]): Float32Array {
  checkFinite('mean', mean, 3);
  checkFinite('std', std, 3);
  const levels = new Float32Array(3 * 256);
  for (let c = 0; c < 3; c++) {
    checkPositive(`std[${c}]`, std[c]);
    for (let v = 0; v < 256; v++) levels[c * 256 + v] = (v / 255 - mean[c]) / std[c];
  }
  return levels;
}
