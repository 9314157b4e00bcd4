import { DefectError } from '../defect-error';
import { FileWindow } from './file-window';
import { errorPosition, failAt, JsonScanner, NEED_MORE, scanString, skipSpace } from './json-scanner';
import { jsonSyntaxError } from './json-syntax-error';

/** Told of what stands at the top of a JSON file, in its order; what a method throws ends the walk. */
export interface JsonFileVisitor {
  /** The array of top-level key `section` begins; a key that stands twice in the file begins twice. */
  section?(section: string): void;
  /**
   * An element of the array `section`.
   *
   * @param index    its place in the array, from 0
   * @param bytes    its JSON in UTF-8, without white space around it; valid during the call only
   * @param offset   of its first byte in the file
   * @param members  where its keys and values are, if it is an object; valid during the call only
   */
  element(section: string, index: number, bytes: Uint8Array, offset: number, members: JsonMembers): void;
  /** A top-level value that is no array. */
  field?(name: string, bytes: Uint8Array, offset: number): void;
}

/** The members of an object in its bytes. */
export interface JsonMembers {
  /** How many; 0 when the value is no object. */
  readonly memberCount: number;
  /** For each four positions in the object's bytes: key (with its quotes) from, to; value from, to. */
  readonly members: Int32Array;
}

/** What may come next at the top of the file. */
const enum Expecting {
  Object,
  KeyOrClose,
  Key,
  Colon,
  Value,
  ElementOrClose,
  Element,
  ElementCommaOrClose,
  CommaOrClose,
  End,
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/**
 * Reads a JSON file of any size whose top level is an object, a chunk at a time, and hands over the elements of its
 * top-level arrays one by one. The memory it takes is the chunk, or twice the largest element. The whole file is
 * checked: what ends without an error is JSON. A UTF-8 byte order mark is skipped.
 *
 * @param options.chunkSize  bytes read at a time
 * @throws DatasetError when the file cannot be read, is not JSON (with line, column and the text found there; elements
 *   before that place have been visited by then), or its top level is no object
 */
export async function walkJsonFile(
  file: string,
  visitor: JsonFileVisitor,
  { chunkSize = 2 ** 20 }: { chunkSize?: number } = {},
): Promise<void> {
  const window = await FileWindow.open(file, Math.max(4, chunkSize));
  try {
    const walk = new JsonFileWalk(window, visitor);
    do await window.readOn(walk.at);
    while (!walk.advance());
    if (walk.errorAt !== undefined) throw await jsonSyntaxError(file, walk.errorAt);
    if (walk.wrongTop !== undefined) {
      throw new DefectError(file, '', 'an object with images, annotations and categories', walk.wrongTop);
    }
  } finally {
    await window.close();
  }
}

/** Where a walk stands, so that it can stop at the end of a window and go on in the next. */
class JsonFileWalk {
  /** Position in the window of what comes next. */
  at = 0;
  /** Where the file stops being JSON. */
  errorAt: number | undefined;
  /** What the top level is, if it is no object. */
  wrongTop: string | undefined;

  private expecting = Expecting.Object;
  private name = '';
  private index = 0;
  private readonly scanner = new JsonScanner();

  constructor(
    private readonly window: FileWindow,
    private readonly visitor: JsonFileVisitor,
  ) {}

  /**
   * Visits what is whole in the window, whose first byte is the one that stood at `at` before.
   *
   * @returns whether the walk is over, rather than in need of more bytes
   */
  advance(): boolean {
    const { bytes, end, last, offset } = this.window;
    this.at = 0;
    if (offset === 0 && !last && end < 3) return false;
    if (offset === 0 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) this.at = 3;
    for (;;) {
      this.at = skipSpace(bytes, this.at, end);
      if (this.at >= end) {
        if (last && this.expecting !== Expecting.End) this.errorAt = offset + end;
        return last;
      }
      const next = this.step(bytes, end, last);
      if (next === NEED_MORE) return false;
      if (next < NEED_MORE) {
        this.errorAt = offset + errorPosition(next);
        return true;
      }
      if (this.wrongTop !== undefined) return true;
      this.at = next;
    }
  }

  /** Takes the token or value at `at`; the position after it, NEED_MORE or an error as JsonScanner gives them. */
  private step(bytes: Uint8Array, end: number, last: boolean): number {
    const { at, visitor, window, scanner } = this;
    const byte = bytes[at];
    switch (this.expecting) {
      case Expecting.Object:
        if (byte !== OPEN_OBJECT) return this.checkOther(bytes, end, last);
        return this.expect(Expecting.KeyOrClose);
      case Expecting.KeyOrClose:
      case Expecting.Key: {
        if (byte === CLOSE_OBJECT && this.expecting === Expecting.KeyOrClose) return this.expect(Expecting.End);
        if (byte !== QUOTE) break;
        const keyEnd = scanString(bytes, at, end, last);
        if (keyEnd < 0) return keyEnd;
        this.name = JSON.parse(new TextDecoder().decode(bytes.subarray(at, keyEnd))) as string;
        return this.expect(Expecting.Colon, keyEnd);
      }
      case Expecting.Colon:
        if (byte !== COLON) break;
        return this.expect(Expecting.Value);
      case Expecting.Value: {
        if (byte === OPEN_ARRAY) {
          this.index = 0;
          visitor.section?.(this.name);
          return this.expect(Expecting.ElementOrClose);
        }
        const valueEnd = scanner.scan(bytes, at, end, last);
        if (valueEnd < 0) return valueEnd;
        visitor.field?.(this.name, bytes.subarray(at, valueEnd), window.offset + at);
        return this.expect(Expecting.CommaOrClose, valueEnd);
      }
      case Expecting.ElementOrClose:
      case Expecting.Element: {
        if (byte === CLOSE_ARRAY && this.expecting === Expecting.ElementOrClose) {
          return this.expect(Expecting.CommaOrClose);
        }
        const valueEnd = scanner.scan(bytes, at, end, last);
        if (valueEnd < 0) return valueEnd;
        visitor.element(this.name, this.index++, bytes.subarray(at, valueEnd), window.offset + at, scanner);
        return this.expect(Expecting.ElementCommaOrClose, valueEnd);
      }
      case Expecting.ElementCommaOrClose:
        if (byte === COMMA) return this.expect(Expecting.Element);
        if (byte === CLOSE_ARRAY) return this.expect(Expecting.CommaOrClose);
        break;
      case Expecting.CommaOrClose:
        if (byte === COMMA) return this.expect(Expecting.Key);
        if (byte === CLOSE_OBJECT) return this.expect(Expecting.End);
        break;
      case Expecting.End:
        break;
    }
    return failAt(at);
  }

  private expect(next: Expecting, at = this.at + 1): number {
    this.expecting = next;
    return at;
  }

  /** The top level is no object: either it is not JSON at all, or something else. */
  private checkOther(bytes: Uint8Array, end: number, last: boolean): number {
    if (bytes[this.at] === OPEN_ARRAY) {
      this.wrongTop = 'an array (a file of detections rather than annotations?)';
      return this.at;
    }
    const valueEnd = this.scanner.scan(bytes, this.at, end, last);
    if (valueEnd > 0)
      this.wrongTop = new TextDecoder().decode(bytes.subarray(this.at, Math.min(valueEnd, this.at + 60)));
    return valueEnd;
  }
}
