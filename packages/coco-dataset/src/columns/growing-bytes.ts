/** Bytes to append to. */
export class GrowingBytes {
  length = 0;
  private bytes = new Uint8Array(2 ** 16);

  /** Appends `bytes` from `from` to `to`. */
  push(bytes: Uint8Array, from: number, to: number): void {
    const length = this.length + to - from;
    if (length > this.bytes.length) {
      const grown = new Uint8Array(Math.max(length, 2 * this.bytes.length));
      grown.set(this.bytes.subarray(0, this.length));
      this.bytes = grown;
    }
    this.bytes.set(bytes.subarray(from, to), this.length);
    this.length = length;
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
