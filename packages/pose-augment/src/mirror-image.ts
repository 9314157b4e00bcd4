import { checkImage } from './argument-checks';
import type { Image } from './types';

/** The image with left and right exchanged, as a copy. Warps need none: they have an option `flip`. */
export function mirrorImage(image: Image): Image {
  checkImage(image);
  const { data, width, height } = image;
  const mirrored = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0, from = (y * width + width - 1) * 3, to = y * width * 3; x < width; x++, from -= 3, to += 3) {
      mirrored[to] = data[from];
      mirrored[to + 1] = data[from + 1];
      mirrored[to + 2] = data[from + 2];
    }
  }
  return { data: mirrored, width, height, channels: 3 };
}
