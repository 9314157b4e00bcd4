import { DatasetError, readImage, type Image } from '@pose/coco-dataset';
import { UnreadableImage } from './unreadable-image';

/** What a sample's image file is known by. */
export interface AnnotatedImage {
  imageId: number;
  imageFile: string;
  /** [width, height] in pixels, as the annotation file says. */
  imageSize: readonly [number, number];
}

/**
 * Decodes the image of a sample.
 *
 * @param into  room for its pixels, used when it is large enough
 * @throws UnreadableImage when it is missing or broken, or of another size than annotated: an image that was scaled
 *   after it was annotated, or swapped, would train the network on wrong places
 */
export async function readSourceImage(
  { imageFile, imageSize, imageId }: AnnotatedImage,
  into: Uint8Array,
): Promise<Image> {
  const image = await readImage(imageFile, { into }).catch((cause: unknown) => {
    throw cause instanceof DatasetError ? new UnreadableImage(imageFile, cause.message, { cause }) : cause;
  });
  if (image.width !== imageSize[0] || image.height !== imageSize[1]) {
    throw new UnreadableImage(
      imageFile,
      `${imageFile}: expected ${imageSize[0]}x${imageSize[1]} pixels (width x height), the size that image ${imageId} is ` +
        `annotated with, found ${image.width}x${image.height}. Fetch the image again, or annotations that belong to it.`,
    );
  }
  return image;
}
