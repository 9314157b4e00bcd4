import { checkImage } from '../annotation-checks/check-image';
import { THROW_FIRST } from '../annotation-checks/findings';
import type { CocoImage } from '../coco-types';
import type { JsonMembers } from '../json-stream/walk-json-file';
import type { CocoColumns } from './coco-columns';
import { GrowingBytes } from './growing-bytes';
import { JsonNumbers } from './json-numbers';
import { MemberKeys } from './member-keys';
import { GrowingColumn } from './number-column';

/** The images of a COCO file, taken in as JSON bytes. */
export class ImageColumns {
  /** The row of each image id. */
  readonly rows: Map<number, number> = new Map();

  private readonly ids = new GrowingColumn();
  private readonly names = new GrowingBytes();
  private readonly nameEnds = new GrowingColumn();
  private readonly widths = new GrowingColumn();
  private readonly heights = new GrowingColumn();
  private readonly keys = new MemberKeys(['id', 'file_name', 'width', 'height']);
  private readonly numbers = new JsonNumbers();

  constructor(private readonly source: string) {}

  /**
   * Takes in the JSON bytes of `images[index]`.
   *
   * @throws DefectError when the image has an error
   */
  push(index: number, bytes: Uint8Array, members: JsonMembers): void {
    if (!this.pushPlain(bytes, members)) this.pushChecked(index, bytes);
  }

  finish(): CocoColumns['images'] {
    return {
      ids: this.ids.finish(),
      fileNames: { values: this.names.finish(), ends: this.nameEnds.finish() },
      widths: this.widths.finish(),
      heights: this.heights.finish(),
    };
  }

  /** Takes in an image of the usual kind; false when it has to be looked at more closely. */
  private pushPlain(bytes: Uint8Array, members: JsonMembers): boolean {
    if (!this.keys.find(bytes, members)) return false;
    const [idFrom, idTo, nameFrom, nameTo, widthFrom, widthTo, heightFrom, heightTo] = this.keys.extents;
    if (idFrom < 0 || nameFrom < 0 || widthFrom < 0 || heightFrom < 0) return false;
    const id = this.numbers.number(bytes, idFrom, idTo) + 0; // -0 becomes 0
    const width = this.numbers.number(bytes, widthFrom, widthTo);
    const height = this.numbers.number(bytes, heightFrom, heightTo);
    if (!Number.isSafeInteger(id) || this.rows.has(id)) return false;
    if (!Number.isInteger(width) || !Number.isInteger(height) || width <= 0 || height <= 0) return false;
    if (!isPlainName(bytes, nameFrom, nameTo)) return false;
    this.append(id, width, height, bytes, nameFrom + 1, nameTo - 1);
    return true;
  }

  private pushChecked(index: number, bytes: Uint8Array): void {
    const value: unknown = JSON.parse(utf8.decode(bytes));
    const image = checkImage(value, index, this.source, THROW_FIRST, { get: (id) => this.first(id) });
    if (!image || this.rows.has(image.id)) return;
    const name = new TextEncoder().encode(image.file_name);
    this.append(image.id, image.width, image.height, name, 0, name.length);
  }

  private append(id: number, width: number, height: number, name: Uint8Array, from: number, to: number): void {
    this.rows.set(id, this.ids.length);
    this.ids.push(id);
    this.widths.push(width);
    this.heights.push(height);
    this.names.push(name, from, to);
    this.nameEnds.push(this.names.length);
  }

  private first(id: number): CocoImage | undefined {
    const row = this.rows.get(id);
    if (row === undefined) return undefined;
    const name = this.names.subarray(row === 0 ? 0 : this.nameEnds.at(row - 1), this.nameEnds.at(row));
    return { id, file_name: utf8.decode(name), width: this.widths.at(row), height: this.heights.at(row) };
  }
}

// A byte order mark within a file is text like any other.
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/** The bytes of a to z, A to Z, 0 to 9, _ and -. */
const WORD = Uint8Array.from({ length: 256 }, (_, byte) => (/[\w-]/.test(String.fromCharCode(byte)) ? 1 : 0));
const POINT = 0x2e;
const SLASH = 0x2f;

/** Whether the string in `bytes` (with its quotes) is a relative path of words, which need no unescaping and lead down. */
function isPlainName(bytes: Uint8Array, from: number, to: number): boolean {
  let wordBefore = false;
  for (let i = from + 1; i < to - 1; i++) {
    const byte = bytes[i];
    const isWord = WORD[byte] === 1;
    if (!isWord && ((byte !== POINT && byte !== SLASH) || !wordBefore)) return false;
    wordBefore = isWord;
  }
  return wordBefore;
}
