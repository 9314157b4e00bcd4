import { replaceFile } from '@pose/trainer';

/** Writes which image is which in results, as COCO's annotations list images; all or nothing. */
export async function writeImages(
  file: string,
  images: readonly { id: number; file_name: string; width: number; height: number }[],
): Promise<void> {
  await replaceFile(file, `[\n${images.map((image) => JSON.stringify(image)).join(',\n')}\n]\n`);
}
