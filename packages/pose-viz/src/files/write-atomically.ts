import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { VizError } from '../viz-error';

/**
 * All or nothing: into a temporary file beside it, flushed to the disk, then renamed. An earlier file of that name
 * stays as it was when something fails.
 *
 * @param where  the function that the message names
 */
export async function writeAtomically(file: string, content: string | Uint8Array, where: string): Promise<void> {
  const temporary = join(dirname(file), `.${basename(file)}.${randomUUID()}.tmp`);
  try {
    const handle = await open(temporary, 'wx');
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => undefined); // the first error is the one to tell
    throw new VizError(`${where}: cannot write ${file}: ${(cause as Error).message}`, { cause });
  }
}
