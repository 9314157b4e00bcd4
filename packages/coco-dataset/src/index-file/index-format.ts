import type { CocoColumns } from '../columns/coco-columns';
import type { NumberColumn } from '../columns/number-column';
import type { CocoCategory } from '../coco-types';
import { BLOCK_BYTES } from './checksum';
import type { SourceSignature } from './source-signature';

/*
 * An index file: PREFIX (magic, version, lengths), the checksum of all that follows, a header as JSON text, and the
 * columns; header and columns each padded with zeros to whole blocks of the checksum. Numbers are in the byte order of
 * the machine; on one of another order, the magic number is another.
 */

/** "COCO" as the first word of the file. */
export const MAGIC = 0x434f434f;
/** To be raised when anything of the format, or of what the columns mean, changes. */
export const FORMAT_VERSION = 1;
/** Words of 32 bits before the header: magic, version, bytes of the header, 0, the four lanes of the checksum. */
export const PREFIX_WORDS = 8;

/** The header of an index. */
export interface IndexHeader {
  source: SourceSignature;
  categories: CocoCategory[];
  /** Of each column of COLUMNS: the type of its numbers, and how many they are. */
  columns: [type: ColumnType, length: number][];
}

export const COLUMN_TYPES = { Int8Array, Int16Array, Int32Array, Float32Array, Float64Array, Uint8Array } as const;
export type ColumnType = keyof typeof COLUMN_TYPES;
export type AnyColumn = NumberColumn | Uint8Array;

/** All columns, in the order of the file. */
export function columnList({ images, annotations }: Omit<CocoColumns, 'categories'>): AnyColumn[] {
  return [
    images.ids,
    images.fileNames.values,
    images.fileNames.ends,
    images.widths,
    images.heights,
    annotations.ids,
    annotations.imageRows,
    annotations.categoryRows,
    annotations.keypoints.values,
    annotations.keypoints.ends,
    annotations.labelled,
    annotations.numKeypoints,
    annotations.boxes,
    annotations.areas,
    annotations.iscrowd,
    annotations.segmentations.values,
    annotations.segmentations.ends,
  ];
}

/** The inverse of {@link columnList}. */
export function columnsOfList(categories: CocoCategory[], list: readonly AnyColumn[]): CocoColumns {
  const numbers = list as readonly NumberColumn[];
  const bytes = list as readonly Uint8Array[];
  return {
    categories,
    images: {
      ids: numbers[0],
      fileNames: { values: bytes[1], ends: numbers[2] },
      widths: numbers[3],
      heights: numbers[4],
    },
    annotations: {
      ids: numbers[5],
      imageRows: numbers[6],
      categoryRows: numbers[7],
      keypoints: { values: numbers[8], ends: numbers[9] },
      labelled: numbers[10],
      numKeypoints: numbers[11],
      boxes: numbers[12],
      areas: numbers[13],
      iscrowd: numbers[14],
      segmentations: { values: bytes[15], ends: numbers[16] },
    },
  };
}

/** Bytes that `length` bytes take in the file. */
export function padded(length: number): number {
  return Math.ceil(length / BLOCK_BYTES) * BLOCK_BYTES;
}
