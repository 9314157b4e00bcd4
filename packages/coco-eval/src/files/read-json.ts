import { readFileSync } from 'node:fs';
import { findJsonSyntaxError } from './json-syntax-error';

/** A file that cannot be read or written, or is not JSON; the message begins with its name. */
export class CocoFileError extends Error {
  override readonly name = 'CocoFileError';
}

/**
 * Reads a JSON file.
 *
 * @param file path; its size is limited by the longest string of JavaScript, 512 MB
 * @throws CocoFileError when it cannot be read, is too large, or is not JSON; the message says where it stops being
 */
export function readJson(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new CocoFileError(`${file}: ${reasonOf(error as NodeJS.ErrnoException)}`, { cause: error });
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    const place = findJsonSyntaxError(text);
    const reason =
      place === null
        ? (error as Error).message
        : `expected ${place.expected}, found ${place.found} at position ${place.position} (line ${place.line}, column ${place.column})`;
    throw new CocoFileError(`${file}: not JSON: ${reason}`, { cause: error });
  }
}

const TOO_LARGE = new Set(['ERR_STRING_TOO_LONG', 'ERR_FS_FILE_TOO_LARGE']);

function reasonOf({ code, message }: NodeJS.ErrnoException): string {
  if (!TOO_LARGE.has(code ?? '')) return `cannot be read: ${message}`;
  return (
    'larger than the 512 MB that JavaScript can read as one text: ' +
    'split it by images and merge the parts with KeypointEvaluator or BoxEvaluator'
  );
}
