/**
 * The file begins with 8 bytes of magic, a hash of what it was made from, and the number of crops; then the columns,
 * in ascending order of ids; then the pixels, RGB bytes, crop by crop. Little-endian, as every platform of Node is.
 */
const MAGIC = Buffer.from('POSECRP1');
const HASH_BYTES = 32;
/** Magic, hash and number of crops. */
export const HEADER_BYTES = MAGIC.length + HASH_BYTES + 8;
const REGION_VALUES = 6;

/** Where each crop lies in its image and in the file. */
export interface CropColumns {
  /** Ids of the annotations, ascending. */
  ids: Float64Array;
  /** Position of the first byte in the file; -1 for an image that could not be read. */
  offsets: Float64Array;
  /** x, y, width, height of each crop and width, height of its image, pixels. */
  regions: Int32Array;
}

/** Columns for crops in ascending order of ids, with offsets that place them one behind the other. */
export function layOut(ids: readonly number[], regions: readonly CropRegion[]): CropColumns & { bytes: number } {
  const count = ids.length;
  const columns = {
    ids: Float64Array.from(ids),
    offsets: new Float64Array(count),
    regions: new Int32Array(count * REGION_VALUES),
  };
  let bytes = HEADER_BYTES + columnBytes(count);
  regions.forEach(({ x, y, width, height, imageSize }, i) => {
    columns.offsets[i] = bytes;
    columns.regions.set([x, y, width, height, ...imageSize], i * REGION_VALUES);
    bytes += width * height * 3;
  });
  return { ...columns, bytes };
}

/** A rectangle of an image, whole pixels. */
export interface CropRegion {
  x: number;
  y: number;
  width: number;
  height: number;
  imageSize: readonly [number, number];
}

export function regionOf({ regions }: CropColumns, i: number): CropRegion {
  const [x, y, width, height, imageWidth, imageHeight] = regions.subarray(i * REGION_VALUES, (i + 1) * REGION_VALUES);
  return { x, y, width, height, imageSize: [imageWidth, imageHeight] };
}

/** Everything before the pixels. */
export function encodeHead(hash: Buffer, { ids, offsets, regions }: CropColumns): Buffer {
  const count = Buffer.alloc(8);
  count.writeDoubleLE(ids.length);
  const columns = [ids, offsets, regions].map((each) => Buffer.from(each.buffer, each.byteOffset, each.byteLength));
  return Buffer.concat([MAGIC, hash, count, ...columns]);
}

/** The hash and the number of crops that a file begins with, and the length of its columns; undefined when it is none of ours. */
export function decodeHeader(start: Buffer): { hash: Buffer; count: number; columnBytes: number } | undefined {
  if (start.length < HEADER_BYTES || !start.subarray(0, MAGIC.length).equals(MAGIC)) return undefined;
  const count = start.readDoubleLE(MAGIC.length + HASH_BYTES);
  if (!Number.isSafeInteger(count) || count < 0) return undefined;
  return { hash: start.subarray(MAGIC.length, MAGIC.length + HASH_BYTES), count, columnBytes: columnBytes(count) };
}

/** @param bytes  what follows the header, `columnBytes` long */
export function decodeColumns(bytes: Buffer, count: number): CropColumns {
  // Copied: a Buffer need not begin where a Float64Array may.
  const copy = Uint8Array.from(bytes).buffer;
  return {
    ids: new Float64Array(copy, 0, count),
    offsets: new Float64Array(copy, 8 * count, count),
    regions: new Int32Array(copy, 16 * count, count * REGION_VALUES),
  };
}

function columnBytes(count: number): number {
  return count * (8 + 8 + 4 * REGION_VALUES);
}

/** Whether columns that were read are those that were laid out; crops may have been marked as unreadable since. */
export function sameColumns(read: CropColumns, laidOut: CropColumns): boolean {
  return (
    read.ids.every((id, i) => id === laidOut.ids[i]) &&
    read.offsets.every((offset, i) => offset === laidOut.offsets[i] || offset === -1) &&
    read.regions.every((value, i) => value === laidOut.regions[i])
  );
}

/** Place of an id among the columns, or -1. */
export function placeOf({ ids }: CropColumns, id: number): number {
  let [low, high] = [0, ids.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ids[middle] < id) low = middle + 1;
    else high = middle;
  }
  return ids[low] === id ? low : -1;
}
