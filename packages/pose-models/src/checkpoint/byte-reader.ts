import { ModelError } from '../model-error';

/** In pickles of protocol 0 they hold numbers, names and texts. */
const MAX_LINE = 2 ** 20;

/**
 * Reads little-endian values one after the other. Every method throws a ModelError with the place when there are
 * too few bytes, before it allocates anything.
 */
export class ByteReader {
  private readonly view: DataView;

  /** @param source  what the bytes are, for errors: `the file`, `archive/data.pkl` */
  constructor(
    readonly bytes: Uint8Array,
    readonly source: string,
    public position = 0,
  ) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  u8(): number {
    return this.bytes[this.advance(1)];
  }

  u16(): number {
    return this.view.getUint16(this.advance(2), true);
  }

  u32(): number {
    return this.view.getUint32(this.advance(4), true);
  }

  i32(): number {
    return this.view.getInt32(this.advance(4), true);
  }

  /** As a number; beyond 2 ** 53 it is not exact, and larger than any file. */
  u64(): number {
    return this.u32() + this.u32() * 2 ** 32;
  }

  /** Big-endian, as pickles have it. */
  f64(): number {
    return this.view.getFloat64(this.advance(8), false);
  }

  /** A view of the next bytes. */
  take(length: number): Uint8Array {
    const start = this.advance(length);
    return this.bytes.subarray(start, start + length);
  }

  /** A view of the bytes up to the next newline, which is read too. */
  line(): Uint8Array {
    const rest = this.bytes.subarray(this.position, this.position + MAX_LINE + 1);
    const length = rest.indexOf(0x0a);
    if (length === -1) this.fail(`a line of at most ${MAX_LINE} bytes`, 'no end of it');
    this.position += length + 1;
    return rest.subarray(0, length);
  }

  /** @param place  instead of byte and source */
  fail(
    expected: string,
    found: string,
    position = this.position,
    place = ` at byte ${position} of ${this.source}`,
  ): never {
    throw new ModelError(`Expected ${expected}, found ${found}${place}`);
  }

  private advance(length: number): number {
    const start = this.position;
    const left = this.bytes.length - start;
    if (!(length <= left)) this.fail(`${length} more bytes`, `${Math.max(left, 0)}`);
    this.position += length;
    return start;
  }
}
