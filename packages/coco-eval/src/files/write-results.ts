import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { CocoBoxResult, CocoKeypointResult } from '../input/coco-types';
import { checkNumbers, fail, isFiniteNumber } from '../input/json-checks';
import { CocoFileError } from './read-json';

export interface WriteResultsOptions {
  /** Decimals of coordinates, 0 to 10: COCO recommends 1. Default: all that they have. */
  readonly decimals?: number;
}

/** Entries that are turned into text at a time, so that a list of any length can be written. */
const BATCH = 1000;

/**
 * Writes results in COCO's submission format (https://cocodataset.org/#format-results): of each entry `image_id`,
 * `category_id`, `keypoints`, `bbox` and PoseTrack's `track_id` where it has them, and `score`; further fields are left out. All or nothing: into
 * a temporary file beside it, flushed, then renamed.
 *
 * @throws CocoEvalError when an entry is not as it must be; nothing is written then
 * @throws CocoFileError when the file cannot be written; an earlier file of that name stays as it was
 */
export async function writeResults(
  file: string,
  results: readonly (CocoKeypointResult | CocoBoxResult)[],
  { decimals }: WriteResultsOptions = {},
): Promise<void> {
  if (decimals !== undefined && !(Number.isInteger(decimals) && decimals >= 0 && decimals <= 10)) {
    fail('params', 'decimals', 'a whole number of 0 to 10', decimals);
  }
  if (!Array.isArray(results)) fail('detections', 'the results', 'a list', results);
  const temporary = join(dirname(file), `.${basename(file)}.${randomUUID()}.tmp`);
  try {
    const handle = await open(temporary, 'wx');
    try {
      for (let from = 0; from < results.length; from += BATCH) {
        const entries = results.slice(from, from + BATCH).map((result, i) => entryOf(result, from + i, decimals));
        await handle.writeFile(`${from === 0 ? '[' : ',\n'}${entries.join(',\n')}`);
      }
      await handle.writeFile(results.length === 0 ? '[]' : ']\n');
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined); // the first error is the one to tell
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    throw new CocoFileError(`${file}: cannot be written: ${(error as Error).message}`, { cause: error });
  }
}

function entryOf(result: CocoKeypointResult | CocoBoxResult, row: number, decimals: number | undefined): string {
  const { image_id, category_id, keypoints, bbox, track_id, score } = result;
  for (const [name, value] of Object.entries({ image_id, category_id, score })) {
    if (!isFiniteNumber(value)) fail('detections', `[${row}].${name}`, 'a finite number', value);
  }
  if (keypoints === undefined && bbox === undefined) fail('detections', `[${row}]`, 'keypoints or bbox', result);
  const scale = decimals === undefined ? undefined : 10 ** decimals;
  const rounded = (value: number): number => (scale === undefined ? value : Math.round(value * scale) / scale);
  const entry: Record<string, unknown> = { image_id, category_id };
  if (keypoints !== undefined) {
    checkNumbers('detections', () => `[${row}].keypoints`, keypoints);
    // The third values are visibilities or scores, no coordinates.
    entry.keypoints = Array.from(keypoints, (value, i) => (i % 3 === 2 ? value : rounded(value)));
  }
  if (bbox !== undefined) {
    checkNumbers('detections', () => `[${row}].bbox`, bbox, 4);
    entry.bbox = Array.from(bbox, rounded);
  }
  if (track_id !== undefined) {
    if (!isFiniteNumber(track_id)) fail('detections', `[${row}].track_id`, 'a finite number', track_id);
    entry.track_id = track_id;
  }
  return JSON.stringify({ ...entry, score });
}
