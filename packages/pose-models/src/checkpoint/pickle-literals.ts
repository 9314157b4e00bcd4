/** Random generators, whose states training scripts save, have integers of 128 bits. Long ones take long to decode. */
const MAX_INTEGER_BYTES = 64;
const MAX_INTEGER_DIGITS = 155;

/** The integer of opcodes INT and LONG, `-12`, `12L`; `00` and `01` are booleans. Undefined when it is none. */
export function decodeInteger(text: string): number | bigint | boolean | undefined {
  if (text === '00') return false;
  if (text === '01') return true;
  const digits = text.replace(/L$/, '');
  return digits.length <= MAX_INTEGER_DIGITS && /^-?\d+$/.test(digits) ? plain(BigInt(digits)) : undefined;
}

/** A little-endian integer in two's complement, undefined when it is too long. */
export function decodeLong(bytes: Uint8Array): number | bigint | undefined {
  if (bytes.length > MAX_INTEGER_BYTES) return undefined;
  const digits = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'));
  return plain(BigInt.asIntN(8 * bytes.length, BigInt(`0x0${digits.reverse().join('')}`)));
}

/** Python's repr of a float. */
export function decodeFloat(text: string): number | undefined {
  const special = new Map([
    ['inf', Infinity],
    ['-inf', -Infinity],
    ['nan', NaN],
  ]).get(text);
  if (special !== undefined) return special;
  return text.length < 64 && /^-?\d+(\.\d*)?(e[+-]?\d+)?$/i.test(text) ? Number(text) : undefined;
}

const ESCAPES = new Map([
  ['n', 0x0a],
  ['r', 0x0d],
  ['t', 0x09],
  ['\\', 0x5c],
  ["'", 0x27],
  ['"', 0x22],
]);

/** The bytes of Python 2's repr of a string, between single or double quotes. */
export function decodeQuoted(text: string): Uint8Array | undefined {
  const quote = text[0];
  if ((quote !== "'" && quote !== '"') || text.length < 2 || text.at(-1) !== quote) return undefined;
  const bytes: number[] = [];
  for (let i = 1; i < text.length - 1; i++) {
    const escape = text[i] === '\\' ? text[++i] : undefined;
    if (escape === undefined) {
      bytes.push(text.charCodeAt(i));
    } else if (escape === 'x') {
      const digits = text.slice(i + 1, i + 3);
      if (!/^[0-9a-f]{2}$/i.test(digits)) return undefined;
      bytes.push(parseInt(digits, 16));
      i += 2;
    } else {
      const byte = ESCAPES.get(escape);
      if (byte === undefined) return undefined;
      bytes.push(byte);
    }
  }
  return Uint8Array.from(bytes);
}

/** Python's raw-unicode-escape: Latin-1 besides `\uXXXX` and `\UXXXXXXXX`. */
export function decodeRawUnicode(text: string): string {
  return text.replace(
    /\\u([\da-fA-F]{4})|\\U(000[\da-fA-F]{5}|0010[\da-fA-F]{4})/g,
    (_, short?: string, long?: string) => String.fromCodePoint(parseInt(short ?? (long as string), 16)),
  );
}

/** A number where it can be exact. */
function plain(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}
