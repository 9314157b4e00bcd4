import type { JsonMembers } from '../json-stream/walk-json-file';

const BACKSLASH = 0x5c;

/** Finds the values of known keys among the members of an object. */
export class MemberKeys {
  /** Positions of the values of the last object, two for each key in the order given: from, to; from is -1 for none. */
  readonly extents: Int32Array;
  private readonly keys: Uint8Array[];

  constructor(keys: readonly string[]) {
    this.keys = keys.map((key) => new TextEncoder().encode(JSON.stringify(key)));
    this.extents = new Int32Array(2 * keys.length);
  }

  /**
   * Looks the keys up; the last of equal keys counts, as with `JSON.parse`.
   *
   * @returns false when a key is written with escapes, so that it could be any
   */
  find(bytes: Uint8Array, { members, memberCount }: JsonMembers): boolean {
    const { keys, extents } = this;
    extents.fill(-1);
    for (let row = 0; row < 4 * memberCount; row += 4) {
      const from = members[row];
      const to = members[row + 1];
      let key = 0;
      while (key < keys.length && !equals(keys[key], bytes, from, to)) key++;
      if (key < keys.length) {
        extents[2 * key] = members[row + 2];
        extents[2 * key + 1] = members[row + 3];
      } else if (bytes.subarray(from, to).includes(BACKSLASH)) return false;
    }
    return true;
  }
}

function equals(key: Uint8Array, bytes: Uint8Array, from: number, to: number): boolean {
  if (key.length !== to - from) return false;
  for (let i = 1; i < key.length - 1; i++) if (bytes[from + i] !== key[i]) return false;
  return true;
}
