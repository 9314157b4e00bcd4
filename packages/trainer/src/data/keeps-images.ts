import type { AnnotatedImage } from './source-image';

/** What decoded images may take, those of all threads together. */
const MOST_BYTES = 2 ** 29;

/**
 * Whether decoded images are kept for later epochs: where each of `threads` has room for all of them. Keeping some would
 * help little, since every epoch asks for each image once.
 */
export function keepsImages(images: readonly AnnotatedImage[], threads: number): boolean {
  const sizes = new Map(images.map(({ imageFile, imageSize: [width, height] }) => [imageFile, width * height * 3]));
  let bytes = 0;
  for (const size of sizes.values()) bytes += size;
  return bytes * threads <= MOST_BYTES;
}
