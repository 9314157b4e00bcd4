import { DefectError } from '../defect-error';
import { FileWindow } from './file-window';

const LINE_FEED = 0x0a;
/** Characters of the file that the message shows. */
const SHOWN = 40;

/**
 * The error for a file that stops being JSON at byte `offset`: with line and column (counted from 1, in UTF-16 units as
 * editors do) and what stands there. Reads the file up to that place once more.
 *
 * @throws DatasetError when the file cannot be read any more
 */
export async function jsonSyntaxError(file: string, offset: number): Promise<DefectError> {
  const { line, column, characters, rest } = await placeInFile(file, offset);
  const found = rest === '' ? `the end of the file after ${characters} characters (cut off?)` : JSON.stringify(rest);
  const hint = /^-?(NaN|Infinity)/.test(rest) ? '; JSON has no such number' : '';
  return new DefectError(`${file}:${line}:${column}`, '', 'JSON', found, hint);
}

interface Place {
  line: number;
  column: number;
  /** Before the place, in the whole file. */
  characters: number;
  /** The text from the place on. */
  rest: string;
}

async function placeInFile(file: string, offset: number): Promise<Place> {
  const window = await FileWindow.open(file, 2 ** 20);
  try {
    let line = 1;
    let characters = 0;
    let lineStart = 0;
    do {
      await window.readOn(window.end);
      const end = Math.min(window.end, offset - window.offset);
      for (let i = 0; i < end; i++) {
        const byte = window.bytes[i];
        characters += utf16Units(byte);
        if (byte === LINE_FEED) {
          line++;
          lineStart = characters;
        }
      }
    } while (window.offset + window.end < offset && !window.last);

    let from = offset - window.offset;
    while (window.end - from < 4 * SHOWN && !window.last) {
      await window.readOn(from);
      from = 0;
    }
    const text = new TextDecoder().decode(window.bytes.subarray(from, Math.min(window.end, from + 4 * SHOWN)));
    return { line, column: characters - lineStart + 1, characters, rest: text.slice(0, SHOWN) };
  } finally {
    await window.close();
  }
}

/** UTF-16 units that begin with a byte of UTF-8 text: none for a continuation byte, two for the lead of four bytes. */
function utf16Units(byte: number): number {
  if (byte < 0x80) return 1;
  if (byte < 0xc0) return 0;
  return byte < 0xf0 ? 1 : 2;
}
