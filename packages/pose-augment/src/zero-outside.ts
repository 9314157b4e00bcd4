import { checkFinite, checkSize } from './argument-checks';
import { AugmentError } from './augment-error';
import type { Box, Size } from './types';

/**
 * Sets a network input to 0 outside of an area, in place: the padding of `padWholeImage`, after normalisation
 * (pytorch_Realtime_Multi-Person_Pose_Estimation lib/datasets/datasets.py). A row or column that the area's edge
 * crosses is kept; so is everything before an edge below 1.
 *
 * @param input float32, shape [height, width, channels]
 * @param size  width and height
 * @param area  `validArea`, pixels
 * @throws AugmentError when the input has no whole number of channels or the area is not finite
 */
export function zeroOutside(input: Float32Array, size: Size, area: Box): void {
  checkSize('size', size);
  checkFinite('area', area, 4);
  const [width, height] = size;
  const channels = input.length / (width * height);
  if (!Number.isInteger(channels)) {
    throw new AugmentError(`Expected ${width}x${height} pixels of equal length but received ${input.length} floats`);
  }
  const [x, y, w, h] = area;
  const [left, right] = kept(x, x + w, width);
  const [top, bottom] = kept(y, y + h, height);
  for (let row = 0; row < height; row++) {
    const start = row * width * channels;
    const outside = row < top || row >= bottom;
    input.fill(0, start, start + (outside ? width : left) * channels);
    input.fill(0, start + right * channels, start + width * channels);
  }
}

/** First row or column that is kept, and the one after the last. */
function kept(from: number, to: number, length: number): [number, number] {
  const clamped = (value: number) => Math.min(Math.max(value, 0), length);
  return [clamped(Math.trunc(from)), clamped(Math.ceil(to))];
}
