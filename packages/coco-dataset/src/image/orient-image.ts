import type { ExifOrientation } from './exif-orientation';
import { blankImage, type Image } from './image';

/** The image as it is to be shown; pixels change their places and nothing else. `into` must not be its memory. */
export function orientImage(image: Image, orientation: ExifOrientation, into?: Uint8Array): Image {
  const { data: from, width, height } = image;
  const transposed = orientation >= 5;
  const turned = transposed ? blankImage(height, width, into) : blankImage(width, height, into);
  const to = turned.data;
  const flipX = orientation === 2 || orientation === 3 || orientation === 7 || orientation === 8;
  const flipY = orientation === 3 || orientation === 4 || orientation === 6 || orientation === 7;

  let at = 0;
  for (let y = 0; y < turned.height; y++) {
    for (let x = 0; x < turned.width; x++) {
      const column = transposed ? y : x;
      const row = transposed ? x : y;
      const source = ((flipY ? height - 1 - row : row) * width + (flipX ? width - 1 - column : column)) * 3;
      to[at++] = from[source];
      to[at++] = from[source + 1];
      to[at++] = from[source + 2];
    }
  }
  return turned;
}
