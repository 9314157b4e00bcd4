import type { JsonMembers } from '../json-stream/walk-json-file';

const BACKSLASH = 0x5c;

/** Finds the values of known keys among the members of an object. */
export class MemberKeys {
  /** Positions of the values of the last object, two for each key in the order given: from, to; from is -1 for none. */
  readonly extents: Int32Array;
  private readonly keys: Uint8Array[];
  /** For each place in an object, which key stood there last: objects of a file mostly have the same order. */
  private readonly usual: number[] = [];

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
    const { keys, extents, usual } = this;
    extents.fill(-1);
    for (let m = 0; m < memberCount; m++) {
      const from = members[4 * m];
      const to = members[4 * m + 1];
      if (m === usual.length) usual.push(0);
      let key = usual[m];
      if (!equals(keys[key], bytes, from, to)) {
        key = keys.findIndex((candidate) => equals(candidate, bytes, from, to));
        if (key < 0) {
          for (let i = from; i < to; i++) if (bytes[i] === BACKSLASH) return false;
          continue;
        }
        usual[m] = key;
      }
      extents[2 * key] = members[4 * m + 2];
      extents[2 * key + 1] = members[4 * m + 3];
    }
    return true;
  }
}

function equals(key: Uint8Array, bytes: Uint8Array, from: number, to: number): boolean {
  if (key.length !== to - from) return false;
  for (let i = 1; i < key.length - 1; i++) if (bytes[from + i] !== key[i]) return false;
  return true;
}
