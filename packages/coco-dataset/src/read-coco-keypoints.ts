import { readFile } from 'node:fs/promises';
import type { CocoKeypoints } from './coco-types';
import { DatasetError } from './dataset-error';
import { jsonErrorOffset } from './json-error-offset';
import { parseCocoKeypoints } from './parse-coco-keypoints';

/**
 * Reads and validates a COCO keypoint file such as `person_keypoints_val2017.json`.
 *
 * @throws DatasetError when the file cannot be read, is not JSON (with line, column and the text found there) or is not
 *   a COCO keypoint file (see {@link parseCocoKeypoints})
 */
export async function readCocoKeypoints(file: string): Promise<CocoKeypoints> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    const reason = code === 'ENOENT' ? 'there is no such file' : (cause as Error).message;
    throw new DatasetError(`${file}: expected a COCO annotation file, but ${reason}`, { cause });
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new DatasetError(`${file}${describeJsonError(text)}`, { cause });
  }
  return parseCocoKeypoints(json, file);
}

function describeJsonError(text: string): string {
  const offset = jsonErrorOffset(text) ?? text.length;
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  const column = offset - before.lastIndexOf('\n');
  const rest = text.slice(offset, offset + 40);
  const found = rest === '' ? `the end of the file after ${text.length} characters (cut off?)` : JSON.stringify(rest);
  const hint = /^-?(NaN|Infinity)/.test(rest) ? '; JSON has no such number' : '';
  return `:${line}:${column}: expected JSON, found ${found}${hint}`;
}
