import { stat } from 'node:fs/promises';
import { checkFile } from './annotation-checks/check-file';
import { noteAll } from './annotation-checks/findings';
import type { CocoColumns } from './columns/coco-columns';
import { readColumns } from './columns/read-columns';
import { DatasetError } from './dataset-error';
import { DefectError } from './defect-error';
import { readIndex } from './index-file/read-index';
import { sameSource, sourceSignature } from './index-file/source-signature';
import { writeIndex } from './index-file/write-index';
import { lazyCocoKeypoints, type OpenedCocoKeypoints } from './lazy-coco-keypoints';

export interface ReadCocoKeypointsOptions {
  /**
   * Where the index is, a binary file that makes the next opening nearly instant. By default it is `<file>.index`, for
   * files of 8 MiB or more; false for none; true for one in any case.
   */
  index?: boolean | string;
}

/** Smaller files are parsed about as fast as an index is read. */
const INDEXED_FROM_BYTES = 8 * 2 ** 20;

/**
 * Reads and validates a COCO keypoint file such as `person_keypoints_val2017.json`, of any size: as a stream, or from
 * its index when there is one that fits. What {@link parseCocoKeypoints} says of fields that may be missing holds here.
 *
 * An index is written when there is none, when the file has changed (its size, its time of change, or a sample of its
 * content), or when the index is damaged. Where it cannot be written, by default there is none and no error.
 *
 * @throws DatasetError when the file cannot be read, is not JSON (with line, column and the text found there) or is not
 *   a COCO keypoint file (the first of the errors that {@link validateCocoKeypoints} lists; a list that stands twice is
 *   one); or when the index that `options.index` names cannot be written
 */
export async function readCocoKeypoints(
  file: string,
  { index }: ReadCocoKeypointsOptions = {},
): Promise<OpenedCocoKeypoints> {
  const indexFile = typeof index === 'string' ? index : `${file}.index`;
  if (index === false || (index === undefined && !(await isLarge(file)))) {
    return lazyCocoKeypoints(file, await parsedColumns(file), 'json');
  }
  const source = await sourceSignature(file);
  const indexed = await readIndex(indexFile, source);
  if (indexed) return lazyCocoKeypoints(file, indexed, 'index');

  const columns = await parsedColumns(file);
  if (sameSource(source, await sourceSignature(file))) {
    await writeIndex(indexFile, columns, source).catch((cause: Error) => {
      if (typeof index !== 'string') return;
      throw new DatasetError(`${file}: expected to write its index to ${indexFile}, but ${cause.message}`, { cause });
    });
  }
  return lazyCocoKeypoints(file, columns, 'json');
}

async function isLarge(file: string): Promise<boolean> {
  // A file that is not there is reported by what reads it.
  return stat(file).then(
    ({ size }) => size >= INDEXED_FROM_BYTES,
    () => false,
  );
}

async function parsedColumns(file: string): Promise<CocoColumns> {
  try {
    return await readColumns(file);
  } catch (error) {
    if (!(error instanceof DefectError)) throw error;
    // Found in passing, before all of the file was known: which error stands first, and what to say of it, is checked anew.
    let first: DefectError | undefined;
    await checkFile(
      file,
      noteAll((severity, defect) => {
        if (severity === 'error') first ??= defect;
      }),
    );
    throw first ?? error;
  }
}
