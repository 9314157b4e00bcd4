const LANES = 4;
/** A block of the checksum; what it is taken of consists of whole blocks. */
export const BLOCK_BYTES = 4 * LANES;

/** 2^32 over the golden ratio (Knuth, The Art of Computer Programming, volume 3, section 6.4): an odd multiplier. */
const MULTIPLIER = 0x9e3779b1;

/**
 * A checksum of 128 bits against damage, not against forgery: four lanes side by side take a word each. A step of a lane
 * is a bijection of its state and of the word, so that a change within one word never goes unnoticed.
 */
export class Checksum {
  readonly lanes: Uint32Array = new Uint32Array(LANES);

  /** Takes in whole blocks; `byteOffset` of the bytes is a multiple of 4. */
  update(bytes: Uint8Array): void {
    const words = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
    let [a, b, c, d] = this.lanes;
    for (let i = 0; i < words.length; i += LANES) {
      a = step(a, words[i]);
      b = step(b, words[i + 1]);
      c = step(c, words[i + 2]);
      d = step(d, words[i + 3]);
    }
    this.lanes.set([a, b, c, d]);
  }
}

function step(lane: number, word: number): number {
  const mixed = Math.imul(lane ^ word, MULTIPLIER);
  return mixed ^ (mixed >>> 15);
}
