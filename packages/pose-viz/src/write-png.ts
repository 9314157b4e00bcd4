import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { encodePng } from './encode-png';
import type { Image } from './image';
import { VizError } from './viz-error';

/**
 * Writes the picture as a PNG file, all or nothing: into a temporary file beside it, flushed to the disk, then
 * renamed. An earlier file of that name stays as it was when something fails.
 *
 * @param file  path; its folder must exist
 * @throws VizError when the image is bad or the file cannot be written (`cause` is the system's error)
 */
export async function writePng(file: string, image: Image): Promise<void> {
  const png = encodePng(image);
  const temporary = join(dirname(file), `.${basename(file)}.${randomUUID()}.tmp`);
  try {
    const handle = await open(temporary, 'wx');
    try {
      await handle.writeFile(png);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => undefined); // the first error is the one to tell
    throw new VizError(`writePng: cannot write ${file}: ${(cause as Error).message}`, { cause });
  }
}
