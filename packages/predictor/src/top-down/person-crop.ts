import {
  boxToCenterScale,
  cropMatrix,
  udpCropMatrix,
  warpNormalized,
  type Box,
  type CenterScale,
  type Image,
  type Normalization,
  type Size,
  type WarpOptions,
} from '@pose/pose-augment';
import type { Alignment } from './decoder';

/** Pixels per unit of scale. */
export const PIXEL_STD = 200;

interface PersonCropOptions extends Pick<WarpOptions, 'interpolation'> {
  inputSize: Size;
  alignment: Alignment;
  /** How the network wants its pixels; default ImageNet's mean and deviation. */
  normalization?: Normalization;
}

/**
 * Cuts a person out of an image as network input: the box widened to the input's aspect ratio, then by a quarter on each
 * axis (human-pose-estimation.pytorch lib/dataset/coco.py `_xywh2cs`).
 *
 * @param box   [x, y, width, height], image pixels
 * @param into  Float32 [height, width, 3] of the input size, to be filled
 * @returns the crop's centre, image pixels, and its size, units of 200 pixels
 */
export function cropPerson(
  image: Image,
  box: Box,
  { inputSize, alignment, normalization, interpolation }: PersonCropOptions,
  into: Float32Array,
): CenterScale {
  const { center, scale } = boxToCenterScale(box, { aspectRatio: inputSize[0] / inputSize[1] });
  const matrix =
    alignment === 'udp'
      ? udpCropMatrix({ center, scale: [scale[0] * PIXEL_STD, scale[1] * PIXEL_STD], outputSize: inputSize })
      : cropMatrix({ center, scale, outputSize: inputSize });
  warpNormalized(image, matrix, inputSize, { ...normalization, interpolation }, into);
  return { center, scale };
}
