const COMMA = 0x2c;
const SPACE = 0x20;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
/** A double of so many characters could be too large for one. */
const LONGEST_NUMBER = 300;
/** Letters and brackets that numbers and arrays of them do not have: strings, objects, literals. */
const OTHER = Uint8Array.from({ length: 256 }, (_, byte) =>
  /[-+0-9.,[\] \t\r\n]/.test(String.fromCharCode(byte)) ? 0 : 1,
);

/**
 * Whether the JSON value in `bytes` from `from` to `to` is one array or more of x, y pairs, within an array. False may
 * also mean that it takes a closer look: empty arrays, numbers with exponents or of hundreds of digits.
 */
export function isPolygons(bytes: Uint8Array, from: number, to: number): boolean {
  let depth = 0;
  let commas = 0;
  let polygons = 0;
  let numberLength = 0;
  let closed = false; // whether a bracket that closes came last
  for (let i = from; i < to; i++) {
    const byte = bytes[i];
    if (OTHER[byte] === 1) return false;
    if (byte <= SPACE) continue;
    if (byte === COMMA) {
      commas++;
      if (depth === 1 && !closed) return false;
      numberLength = 0;
    } else if (byte === OPEN_ARRAY) {
      if (++depth > 2) return false;
      commas = 0;
      numberLength = 0;
    } else if (byte === CLOSE_ARRAY) {
      // The commas between x, y pairs are odd in number.
      if (depth === 2 && commas % 2 === 0) return false;
      if (depth === 2) polygons++;
      depth--;
    } else if (depth !== 2 || ++numberLength > LONGEST_NUMBER) return false;
    closed = byte === CLOSE_ARRAY;
  }
  return polygons > 0;
}
