import { DatasetError, readImage } from '@pose/coco-dataset';
import type { Box, ImageRegion } from '@pose/pose-augment';
import { UnreadableImage } from './unreadable-image';

/** What a sample's image file is known by. */
export interface AnnotatedImage {
  imageId: number;
  imageFile: string;
  /** [width, height] in pixels, as the annotation file says. */
  imageSize: readonly [number, number];
}

/**
 * Decodes the image of a sample, or as much of it as is needed.
 *
 * @param region  [x, y, width, height] of the pixels that are needed; default all
 * @param into    room for the pixels, used when it is large enough; default new memory
 * @throws UnreadableImage when it is missing or broken, or of another size than annotated: an image that was scaled
 *   after it was annotated, or swapped, would train the network on wrong places
 */
export async function readSourceImage(
  { imageFile, imageSize, imageId }: AnnotatedImage,
  region?: Box,
  into?: Uint8Array,
): Promise<ImageRegion> {
  const { data, width, height, offset, wholeSize } = await readImage(imageFile, { into, region }).catch(
    (cause: unknown) => {
      throw cause instanceof DatasetError ? new UnreadableImage(imageFile, cause.message, { cause }) : cause;
    },
  );
  const [fullWidth, fullHeight] = wholeSize;
  if (fullWidth !== imageSize[0] || fullHeight !== imageSize[1]) {
    throw new UnreadableImage(
      imageFile,
      `${imageFile}: expected ${imageSize[0]}x${imageSize[1]} pixels (width x height), the size that image ${imageId} is ` +
        `annotated with, found ${fullWidth}x${fullHeight}. Fetch the image again, or annotations that belong to it.`,
    );
  }
  return { data, width, height, channels: 3, region: { x: offset[0], y: offset[1], fullWidth, fullHeight } };
}
