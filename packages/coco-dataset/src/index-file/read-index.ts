import { open } from 'node:fs/promises';
import type { CocoColumns } from '../columns/coco-columns';
import { BLOCK_BYTES, Checksum } from './checksum';
import { areConsistent } from './consistent-columns';
import {
  COLUMN_TYPES,
  columnsOfList,
  FORMAT_VERSION,
  MAGIC,
  padded,
  PREFIX_WORDS,
  type IndexHeader,
} from './index-format';
import { sameSource, type SourceSignature } from './source-signature';

const PREFIX_BYTES = 4 * PREFIX_WORDS;

/**
 * Reads an index; undefined when there is none for `source`: no file, one of another source or version, or one that is
 * damaged in any way.
 */
export async function readIndex(indexFile: string, source: SourceSignature): Promise<CocoColumns | undefined> {
  try {
    const columns = columnsIn(await readWhole(indexFile), source);
    return columns && areConsistent(columns) ? columns : undefined;
  } catch {
    // Whatever is wrong with it, the source has it all.
    return undefined;
  }
}

function columnsIn(bytes: Uint8Array<ArrayBuffer>, source: SourceSignature): CocoColumns | undefined {
  if (bytes.length < PREFIX_BYTES || bytes.length % BLOCK_BYTES !== 0) return undefined;
  const [magic, version, headerLength, zero, ...lanes] = new Uint32Array(bytes.buffer, 0, PREFIX_WORDS);
  if (magic !== MAGIC || version !== FORMAT_VERSION || zero !== 0) return undefined;
  const checksum = new Checksum();
  checksum.update(bytes.subarray(PREFIX_BYTES));
  if (lanes.some((lane, i) => lane !== checksum.lanes[i])) return undefined;

  const text = new TextDecoder().decode(bytes.subarray(PREFIX_BYTES, PREFIX_BYTES + headerLength));
  const header = JSON.parse(text) as IndexHeader;
  if (!sameSource(header.source, source)) return undefined;
  let at = PREFIX_BYTES + padded(headerLength);
  const list = header.columns.map(([type, length]) => {
    const column = new COLUMN_TYPES[type](bytes.buffer, at, length);
    at += padded(column.byteLength);
    return column;
  });
  return at === bytes.length ? columnsOfList(header.categories, list) : undefined;
}

async function readWhole(file: string): Promise<Uint8Array<ArrayBuffer>> {
  const handle = await open(file, 'r');
  try {
    const bytes = new Uint8Array((await handle.stat()).size);
    for (let length = 0; length < bytes.length;) {
      const { bytesRead } = await handle.read(bytes, length, bytes.length - length, length);
      if (bytesRead === 0) throw new Error(`${file} became shorter while it was read`);
      length += bytesRead;
    }
    return bytes;
  } finally {
    await handle.close();
  }
}
