import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';

/**
 * Writes which image is which in results, as COCO's annotations list images. All or nothing: an earlier file stays as it
 * was until the new one is complete.
 *
 * @throws Error when the file cannot be written
 */
export async function writeImages(
  file: string,
  images: readonly { id: number; file_name: string; width: number; height: number }[],
): Promise<void> {
  const temporary = `${file}.${randomUUID()}.tmp`;
  try {
    const handle = await open(temporary, 'wx');
    try {
      await handle.writeFile(`[\n${images.map((image) => JSON.stringify(image)).join(',\n')}\n]\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw new Error(`${file}: cannot be written: ${(error as Error).message}`, { cause: error });
  }
}
