import sharp from 'sharp';
import { DatasetError } from '../dataset-error';

/**
 * [width, height] of an image file in pixels as stored (EXIF orientation not applied), from its header.
 *
 * @throws DatasetError when the file is missing or no image
 */
export async function readImageSize(file: string): Promise<[width: number, height: number]> {
  try {
    const { width, height } = await sharp(file).metadata();
    return [width, height];
  } catch (cause) {
    const reason = (cause as Error).message;
    throw new DatasetError(`${file}: expected an image, but its size cannot be read: ${reason}`, { cause });
  }
}

/** Sizes of files, a few read at a time; `onSize` is told of each. */
export async function readImageSizes(
  files: readonly string[],
  onSize: () => void,
): Promise<Map<string, [width: number, height: number]>> {
  const sizes = new Map<string, [number, number]>();
  const left = files.values();
  const read = async (): Promise<void> => {
    for (const file of left) {
      sizes.set(file, await readImageSize(file));
      onSize();
    }
  };
  await Promise.all([read(), read(), read(), read()]);
  return sizes;
}
