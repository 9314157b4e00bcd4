import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import type { CocoColumns } from '../columns/coco-columns';
import { BLOCK_BYTES, Checksum } from './checksum';
import { columnList, FORMAT_VERSION, MAGIC, padded, type ColumnType, type IndexHeader } from './index-format';
import type { SourceSignature } from './source-signature';

/**
 * Writes an index: to a temporary file beside it, which takes its name when all of it is on the disk. Several processes
 * may do so at once; the last one wins.
 *
 * @throws Error of the file system; then there is no temporary file left
 */
export async function writeIndex(indexFile: string, columns: CocoColumns, source: SourceSignature): Promise<void> {
  const list = columnList(columns);
  const header: IndexHeader = {
    source,
    categories: columns.categories,
    columns: list.map((column) => [column.constructor.name as ColumnType, column.length]),
  };
  const headerBytes = Uint8Array.from(new TextEncoder().encode(JSON.stringify(header)));
  const parts = [headerBytes, ...list].flatMap(wholeBlocks);
  const checksum = new Checksum();
  for (const part of parts) checksum.update(part);
  const prefix = new Uint8Array(Uint32Array.of(MAGIC, FORMAT_VERSION, headerBytes.length, 0, ...checksum.lanes).buffer);

  const temporary = `${indexFile}.${randomUUID()}.tmp`;
  try {
    const handle = await open(temporary, 'wx');
    try {
      for (const part of [prefix, ...parts]) await handle.writeFile(part);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, indexFile);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** The bytes of a column, as many as are whole blocks; and the rest, padded to a block. */
function wholeBlocks({ buffer, byteOffset, byteLength }: ArrayBufferView<ArrayBufferLike>): Uint8Array[] {
  const whole = byteLength - (byteLength % BLOCK_BYTES);
  const parts = [new Uint8Array(buffer, byteOffset, whole)];
  if (whole < byteLength) {
    const rest = new Uint8Array(padded(byteLength - whole));
    rest.set(new Uint8Array(buffer, byteOffset + whole, byteLength - whole));
    parts.push(rest);
  }
  return parts;
}
