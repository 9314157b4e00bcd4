import { checkImage } from './argument-checks';
import { AugmentError } from './augment-error';
import type { Box, Image } from './types';

/**
 * An image, or a rectangle cut out of one. Warps of a part give the same bytes as those of the full image, as long as
 * the part holds every pixel that they read (`cropFootprint`); positions, borders and `flip` are those of the full image.
 */
export interface ImageRegion extends Image {
  /** where the part lies, pixels of the full image; without it the image is complete */
  readonly region?: {
    readonly x: number;
    readonly y: number;
    readonly fullWidth: number;
    readonly fullHeight: number;
  };
}

/**
 * A rectangle cut out of an image, as a copy that knows its place.
 *
 * @param image RGB bytes, complete
 * @param box   whole pixels, inside of the image: what `cropFootprint` gives
 * @throws AugmentError when the box is not whole or not inside of the image
 */
export function cutRegion(image: Image, box: Box): ImageRegion {
  checkImage(image);
  const [x, y, width, height] = box;
  const inside = x >= 0 && y >= 0 && width > 0 && height > 0 && x + width <= image.width && y + height <= image.height;
  if (!inside || !box.every(Number.isInteger)) {
    throw new AugmentError(
      `Expected a box of whole pixels inside of the ${image.width}x${image.height} image but received [${box.join(', ')}]`,
    );
  }
  const data = new Uint8Array(width * height * 3);
  for (let row = 0; row < height; row++) {
    const from = ((y + row) * image.width + x) * 3;
    data.set(image.data.subarray(from, from + width * 3), row * width * 3);
  }
  return { data, width, height, channels: 3, region: { x, y, fullWidth: image.width, fullHeight: image.height } };
}

/** `[x, y, width, height]` of the pixels that are there, in the full image. */
export function pixelsOf({ width, height, region }: ImageRegion): Box {
  return [region?.x ?? 0, region?.y ?? 0, width, height];
}

/** Width and height of the full image. */
export function fullSizeOf({ width, height, region }: ImageRegion): [number, number] {
  return [region?.fullWidth ?? width, region?.fullHeight ?? height];
}

export function checkImageRegion(image: ImageRegion): void {
  checkImage(image);
  const { width, height, region } = image;
  if (!region) return;
  const { x, y, fullWidth, fullHeight } = region;
  const whole = [x, y, fullWidth, fullHeight].every((value) => Number.isInteger(value) && value >= 0);
  if (!whole || x + width > fullWidth || y + height > fullHeight) {
    throw new AugmentError(
      `Expected a region of ${width}x${height} pixels inside of its full image but received ` +
        `x ${x}, y ${y} of ${fullWidth}x${fullHeight}`,
    );
  }
}
