import type { Image } from '@pose/pose-augment';
import { PredictorError } from './predictor-error';

/** @throws PredictorError when it is not width x height RGB bytes */
export function checkImage({ data, width, height, channels }: Image, name: string): void {
  const isSize = [width, height].every((side) => Number.isInteger(side) && side > 0);
  if (isSize && channels === 3 && data.length === 3 * width * height) return;
  throw new PredictorError(
    `${name}: expected RGB bytes, width * height * 3 of them, with channels 3, found ${data.length} bytes for ` +
      `${width}x${height} pixels with channels ${channels as number}. \`imageFromRgba\` of @pose/pose-viz makes one of a canvas' pixels.`,
  );
}
