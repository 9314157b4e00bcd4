/**
 * A number from 0 to 2^32 - 1 for an id, other numbers for other seeds: FNV-1a over the bytes of both, mixed by the
 * finalizer of MurmurHash3 (Appleby, MurmurHash3.cpp, fmix32). Sorting by it is a shuffle in which the place of an id does
 * not depend on which other ids there are.
 */
export function seededRank(seed: number, id: number): number {
  let hash = 0x811c9dc5;
  for (const word of [seed, Math.floor(seed / 2 ** 32), id, Math.floor(id / 2 ** 32)]) {
    for (let shift = 0; shift < 32; shift += 8) hash = Math.imul(hash ^ ((word >>> shift) & 0xff), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
