import { createHash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import { unreadableFile } from '../unreadable-file';

/** Tells whether an annotation file is still the one that an index was made of. */
export interface SourceSignature {
  /** Bytes. */
  size: number;
  /** Time of the last change, nanoseconds since 1970, in decimal. */
  mtime: string;
  /** SHA-256 of blocks spread evenly over the file. */
  sample: string;
}

const BLOCKS = 16;
const BLOCK_SIZE = 4096;

/**
 * The signature of a file as it is now.
 *
 * @throws DatasetError when the file cannot be read
 */
export async function sourceSignature(file: string): Promise<SourceSignature> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(file, 'r');
    const stats = await handle.stat({ bigint: true });
    const size = Number(stats.size);
    const hash = createHash('sha256');
    const block = new Uint8Array(BLOCK_SIZE);
    for (let i = 0; i < BLOCKS; i++) {
      const position = Math.floor((Math.max(0, size - BLOCK_SIZE) * i) / (BLOCKS - 1));
      const { bytesRead } = await handle.read(block, 0, BLOCK_SIZE, position);
      hash.update(block.subarray(0, bytesRead));
    }
    return { size, mtime: String(stats.mtimeNs), sample: hash.digest('hex') };
  } catch (cause) {
    throw unreadableFile(file, cause);
  } finally {
    await handle?.close();
  }
}

export function sameSource(a: SourceSignature, b: SourceSignature): boolean {
  return a.size === b.size && a.mtime === b.mtime && a.sample === b.sample;
}
