import { DatasetError } from '../dataset-error';
import { describe } from '../json-object';
import type { JsonMembers } from '../json-stream/walk-json-file';

const BACKSLASH = 0x5c;
const decoder = new TextDecoder();

/** One element of a top-level array in its bytes, with the fields that are asked for decoded and the others left alone. */
export class ElementFields {
  /** @param where  what names the element, for errors: `coco.json: annotations[12]` */
  constructor(
    private readonly bytes: Uint8Array,
    private readonly members: JsonMembers,
    private readonly where: string,
  ) {}

  /** @returns the parsed value of an ASCII key; undefined when there is no such field */
  get(key: string): unknown {
    const place = this.find(key);
    return place && (JSON.parse(decoder.decode(this.bytes.subarray(place[0], place[1]))) as unknown);
  }

  /** @throws DatasetError when the field is no whole number */
  id(key: string): number {
    const value = this.get(key);
    if (!Number.isSafeInteger(value)) throw this.error(key, 'a whole number', describe(value));
    return value as number;
  }

  error(key: string, expected: string, found: string): DatasetError {
    return new DatasetError(`${this.where}.${key}: expected ${expected}, found ${found}`);
  }

  /** The bytes with other numbers in some fields, all of which must be there; nothing else changes. */
  withNumbers(numbers: Readonly<Record<string, number>>): Uint8Array {
    const places = Object.entries(numbers)
      .map(([key, number]) => ({ place: this.find(key) as [number, number], number }))
      .sort((a, b) => a.place[0] - b.place[0]);
    const pieces: Uint8Array[] = [];
    let at = 0;
    for (const { place, number } of places) {
      pieces.push(this.bytes.subarray(at, place[0]), Buffer.from(String(number)));
      at = place[1];
    }
    pieces.push(this.bytes.subarray(at));
    return Buffer.concat(pieces);
  }

  /** Where the value of a field is; of one that stands twice the last, as JSON.parse takes it. */
  private find(key: string): [from: number, to: number] | undefined {
    const { members, memberCount } = this.members;
    for (let row = 4 * (memberCount - 1); row >= 0; row -= 4) {
      if (this.isKey(key, members[row], members[row + 1])) return [members[row + 2], members[row + 3]];
    }
    return undefined;
  }

  private isKey(key: string, from: number, to: number): boolean {
    const quoted = this.bytes.subarray(from, to);
    if (quoted.includes(BACKSLASH)) return JSON.parse(decoder.decode(quoted)) === key;
    if (quoted.length !== key.length + 2) return false;
    for (let i = 0; i < key.length; i++) if (quoted[i + 1] !== key.charCodeAt(i)) return false;
    return true;
  }
}
