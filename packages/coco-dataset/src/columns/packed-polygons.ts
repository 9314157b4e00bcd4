/** The characters that the JSON text of polygons takes, each in four bits; `_` fills the last byte. */
const CHARACTERS = '0123456789.,-]_[';
/** First byte of packed polygons, two opening brackets; no JSON text begins with it. */
export const PACKED_MARK = 0xff;

const COMMA = CHARACTERS.indexOf(',');
const CLOSE_ARRAY = CHARACTERS.indexOf(']');
const FILL = CHARACTERS.indexOf('_');
const OPEN_ARRAY = CHARACTERS.indexOf('[');
const SPACE = 16;
const OTHER = 17;
/** What each byte of JSON text is: a place in CHARACTERS, white space, or something that polygons do not have. */
const KINDS = Uint8Array.from({ length: 256 }, (_, byte) => {
  const character = String.fromCharCode(byte);
  if (character !== '_' && CHARACTERS.includes(character)) return CHARACTERS.indexOf(character);
  return /[ \t\r\n]/.test(character) ? SPACE : OTHER;
});

/** A double of so many characters could be too large for one. */
const LONGEST_NUMBER = 300;

/** At most so many bytes are packed polygons of `length` bytes of JSON. */
export function packedCapacity(length: number): number {
  return (length >> 1) + 1;
}

/**
 * Packs polygons, the JSON value in `bytes` from `from` to `to`, into half the space: their text without white space.
 *
 * @param into  takes the packed polygons from `at` on; it has room for `packedCapacity` bytes
 * @returns the position after the packed polygons; -1 when the value is not one array or more of x, y pairs within an
 *   array, or takes a closer look: empty arrays, numbers with exponents or of hundreds of digits
 */
export function packPolygons(bytes: Uint8Array, from: number, to: number, into: Uint8Array, at: number): number {
  let depth = 0;
  let commas = 0;
  let numberLength = 0;
  let before = OTHER;
  let half = -1; // the character that waits for the other half of its byte
  for (let i = from; i < to; i++) {
    const kind = KINDS[bytes[i]];
    if (kind === SPACE) continue;
    if (kind === COMMA) {
      commas++;
      numberLength = 0;
      if (depth === 1 && before !== CLOSE_ARRAY) return -1;
    } else if (kind === OPEN_ARRAY) {
      if (++depth > 2) return -1;
      commas = 0;
      numberLength = 0;
    } else if (kind === CLOSE_ARRAY) {
      // The commas between x, y pairs are odd in number; and there is no outer array without an inner one.
      if (depth === 2 ? commas % 2 === 0 : before !== CLOSE_ARRAY) return -1;
      depth--;
    } else if (kind === OTHER || depth !== 2 || ++numberLength > LONGEST_NUMBER) return -1;
    before = kind;
    if (half < 0) half = kind;
    else {
      into[at++] = (half << 4) | kind;
      half = -1;
    }
  }
  if (half >= 0) into[at++] = (half << 4) | FILL;
  return at;
}

/** The polygons that {@link packPolygons} packed. */
export function unpackPolygons(packed: Uint8Array): number[][] {
  const text = new Uint8Array(2 * packed.length);
  packed.forEach((byte, i) => {
    text[2 * i] = CODES[byte >> 4];
    text[2 * i + 1] = CODES[byte & 15];
  });
  const filled = (packed[packed.length - 1] & 15) === FILL;
  return JSON.parse(ascii.decode(filled ? text.subarray(0, -1) : text)) as number[][];
}

const CODES = new TextEncoder().encode(CHARACTERS);
const ascii = new TextDecoder();
