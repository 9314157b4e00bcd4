/** Bytes to append to. */
export class GrowingBytes {
  length = 0;
  private bytes = new Uint8Array(2 ** 16);

  /** Appends `bytes` from `from` to `to`. */
  push(bytes: Uint8Array, from: number, to: number): void {
    this.reserve(to - from).set(bytes.subarray(from, to), this.length);
    this.length += to - from;
  }

  /** Where to write up to `count` more bytes, from `length` on, which the writer then moves. */
  reserve(count: number): Uint8Array {
    if (this.length + count > this.bytes.length) {
      const grown = new Uint8Array(Math.max(this.length + count, 2 * this.bytes.length));
      grown.set(this.bytes.subarray(0, this.length));
      this.bytes = grown;
    }
    return this.bytes;
  }

  /** The bytes from `from` to `to`, until more are appended. */
  subarray(from: number, to: number): Uint8Array {
    return this.bytes.subarray(from, to);
  }

  /** What was appended; nothing can be appended afterwards. */
  finish(): Uint8Array {
    return this.bytes.slice(0, this.length);
  }
}
