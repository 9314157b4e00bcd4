import { readFile } from 'node:fs/promises';
import { errorPosition, JsonScanner, skipSpace } from './json-stream/json-scanner';
import { jsonSyntaxError } from './json-stream/json-syntax-error';
import { unreadableFile } from './unreadable-file';

/**
 * Reads a JSON file as a whole.
 *
 * @param what  what the file should be, for error messages ("a COCO results file")
 * @throws DatasetError when the file cannot be read, is too long for one text (half a gigabyte), or is not JSON (with
 *   line, column and the text found there)
 */
export async function readJson(file: string, what: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    throw unreadableFile(file, cause, what);
  }
  try {
    return JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text) as unknown;
  } catch {
    throw await jsonSyntaxError(file, errorOffset(await readFile(file)));
  }
}

/** The first byte at which the bytes stop being JSON. */
function errorOffset(bytes: Uint8Array): number {
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const start = skipSpace(bytes, hasMark ? 3 : 0, bytes.length);
  const valueEnd = start < bytes.length ? new JsonScanner().scan(bytes, start, bytes.length, true) : start;
  return valueEnd < 0 ? errorPosition(valueEnd) : skipSpace(bytes, valueEnd, bytes.length);
}
