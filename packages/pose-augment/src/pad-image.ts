import { checkImage, checkSize } from './argument-checks';
import { AugmentError } from './augment-error';
import { MEAN_COLOR } from './mean-color';
import type { Image, Point, Size } from './types';
import { checkColor } from './warp-options';

/**
 * The image on a larger canvas.
 *
 * @param image RGB bytes
 * @param size  width and height of the canvas
 * @param place where the image's first pixel lands, whole pixels
 * @param color grey levels of the rest, RGB; default ImageNet's mean
 * @throws AugmentError when the image does not lie inside of the canvas
 */
export function padImage(
  image: Image,
  size: Size,
  place: Point,
  color: readonly [number, number, number] = MEAN_COLOR,
): Image {
  checkImage(image);
  checkSize('size', size);
  checkColor('color', color);
  const [width, height] = size;
  const [left, top] = place;
  const whole = place.every((value) => Number.isInteger(value) && value >= 0);
  if (!whole || left + image.width > width || top + image.height > height) {
    throw new AugmentError(
      `Expected a place for the ${image.width}x${image.height} image inside of ${width}x${height} pixels but received ` +
        `[${place.join(', ')}]`,
    );
  }
  const data = new Uint8Array(width * height * 3);
  for (let i = 0; i < data.length; i += 3) data.set(color, i);
  for (let y = 0; y < image.height; y++) {
    const row = image.data.subarray(y * image.width * 3, (y + 1) * image.width * 3);
    data.set(row, ((top + y) * width + left) * 3);
  }
  return { data, width, height, channels: 3 };
}
