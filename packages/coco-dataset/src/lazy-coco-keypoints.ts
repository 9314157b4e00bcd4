import type { CocoColumns } from './columns/coco-columns';
import { CocoTable } from './columns/coco-table';
import type { CocoKeypoints } from './coco-types';

/** A COCO keypoint file as `readCocoKeypoints` opens it: its lists of objects are made on first use. */
export interface OpenedCocoKeypoints extends CocoKeypoints {
  /** The content as columns, and single rows of it; not touched by changes of the lists. */
  readonly table: CocoTable;
  /** Whether the JSON was parsed, or the index beside it read. */
  readonly openedFrom: 'json' | 'index';
}

/** Columns as a `CocoKeypoints`, whose lists are made (each on its own, and once) when they are first asked for. */
export function lazyCocoKeypoints(
  source: string,
  columns: CocoColumns,
  openedFrom: 'json' | 'index',
): OpenedCocoKeypoints {
  const table = new CocoTable(columns);
  const coco = { source } as OpenedCocoKeypoints;
  lazy(coco, 'images', () => Array.from({ length: table.imageCount }, (_, row) => table.image(row)));
  lazy(coco, 'annotations', () => Array.from({ length: table.annotationCount }, (_, row) => table.annotation(row)));
  lazy(coco, 'categories', () => structuredClone(columns.categories));
  // Not enumerable, so that copies, JSON and comparisons see what parseCocoKeypoints makes, and nothing else.
  return Object.defineProperties(coco, { table: { value: table }, openedFrom: { value: openedFrom } });
}

/** A property that is made when it is first read; it can be written as any other. */
function lazy<Target extends object, Key extends keyof Target>(
  target: Target,
  key: Key,
  make: () => Target[Key],
): void {
  const settle = (value: Target[Key]): Target[Key] => {
    Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
    return value;
  };
  Object.defineProperty(target, key, { get: () => settle(make()), set: settle, enumerable: true, configurable: true });
}
