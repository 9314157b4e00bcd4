import { skipSpace } from '../json-stream/json-scanner';

const COMMA = 0x2c;
const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;

/** Up to this many digits make a whole number that a double holds exactly, and so is the power of ten below it. */
const EXACT_DIGITS = 15;
const POWERS_OF_TEN = Array.from({ length: EXACT_DIGITS + 1 }, (_, digits) => 10 ** digits);

const latin1 = new TextDecoder('latin1');

/**
 * Reads JSON numbers from bytes that are known to be JSON. The result is that of `JSON.parse`: a number of up to 15
 * digits is a whole number divided by a power of ten, both exact, so that the division rounds correctly (Clinger 1990,
 * "How to read floating point numbers accurately"); all others go through `Number`.
 */
export class JsonNumbers {
  /** The numbers of the last array read, from 0 to its length. */
  values: Float64Array = new Float64Array(256);
  /** Where the last number ended. */
  private end = 0;

  /** The number in `bytes` from `from` to `to`; NaN when it is no number, or not a finite one. */
  number(bytes: Uint8Array, from: number, to: number): number {
    const value = this.read(bytes, from, to);
    return this.end === to ? value : NaN;
  }

  /** The array of numbers in `bytes` from `from` to `to`, put into `values`; its length, or -1 when it is something else. */
  array(bytes: Uint8Array, from: number, to: number): number {
    if (bytes[from] !== OPEN_ARRAY) return -1;
    let at = skipSpace(bytes, from + 1, to);
    if (bytes[at] === CLOSE_ARRAY) return 0;
    for (let length = 0; ; at++) {
      if (length === this.values.length) this.values = grown(this.values);
      // A small whole number right before a comma is what an array of keypoints mostly consists of.
      let byte = bytes[at];
      let whole = 0;
      const plain = at;
      while (byte >= ZERO && byte <= NINE) {
        whole = 10 * whole + byte - ZERO;
        byte = bytes[++at];
      }
      if (byte === COMMA && at > plain && at - plain < 9) {
        this.values[length++] = whole;
        continue;
      }
      at = skipSpace(bytes, plain, to);
      const value = this.read(bytes, at, to);
      if (value !== value) return -1;
      this.values[length++] = value;
      at = skipSpace(bytes, this.end, to);
      if (bytes[at] === CLOSE_ARRAY) return length;
      if (bytes[at] !== COMMA) return -1;
    }
  }

  /** The number that begins at `from`, NaN for anything else; `end` is the position after it. */
  private read(bytes: Uint8Array, from: number, to: number): number {
    const negative = bytes[from] === MINUS;
    const first = negative ? from + 1 : from;
    let at = first;
    let whole = 0;
    let digit: number;
    while (at < to && (digit = bytes[at]) >= ZERO && digit <= NINE) {
      whole = 10 * whole + digit - ZERO;
      at++;
    }
    let digits = at - first;
    let decimals = 0;
    if (at < to && bytes[at] === POINT) {
      const point = at++;
      while (at < to && (digit = bytes[at]) >= ZERO && digit <= NINE) {
        whole = 10 * whole + digit - ZERO;
        at++;
      }
      decimals = at - point - 1;
      digits += decimals;
    }
    this.end = at;
    if (digits === 0) return NaN;
    if (digits > EXACT_DIGITS || (at < to && (bytes[at] | 0x20) === 0x65)) return this.readSlowly(bytes, from, to);
    const value = decimals === 0 ? whole : whole / POWERS_OF_TEN[decimals];
    return negative ? -value : value;
  }

  private readSlowly(bytes: Uint8Array, from: number, to: number): number {
    let at = from;
    while (at < to && isNumberByte(bytes[at])) at++;
    this.end = at;
    const value = Number(latin1.decode(bytes.subarray(from, at)));
    return Number.isFinite(value) ? value : NaN;
  }
}

/** One of 0-9 + - . e E. */
function isNumberByte(byte: number): boolean {
  return (byte >= ZERO && byte <= NINE) || byte === MINUS || byte === POINT || byte === 0x2b || (byte | 0x20) === 0x65;
}

function grown(values: Float64Array): Float64Array {
  const larger = new Float64Array(2 * values.length);
  larger.set(values);
  return larger;
}
