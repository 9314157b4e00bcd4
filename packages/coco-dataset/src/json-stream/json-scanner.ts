/** What {@link JsonScanner.scan} answers when the bytes end within the value and more are to come. */
export const NEED_MORE = -1;

/** For a result of {@link JsonScanner.scan} below {@link NEED_MORE}: where the bytes stop being JSON. */
export function errorPosition(result: number): number {
  return -2 - result;
}

/** The result of {@link JsonScanner.scan} for an error at `position`. */
export function failAt(position: number): number {
  return -2 - position;
}

const TAB = 0x09;
const LINE_FEED = 0x0a;
const RETURN = 0x0d;
const SPACE = 0x20;
const QUOTE = 0x22;
const PLUS = 0x2b;
const COMMA = 0x2c;
const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const COLON = 0x3a;
const UPPER_E = 0x45;
const OPEN_ARRAY = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_ARRAY = 0x5d;
const LOWER_E = 0x65;
const LOWER_U = 0x75;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

const LITERALS = ['true', 'false', 'null'].map((text) => Uint8Array.from(text, (c) => c.charCodeAt(0)));

/** Bytes that may follow a backslash: " \ / b f n r t u. */
const ESCAPES = flags('"\\/bfnrtu');
const HEX = flags('0123456789abcdefABCDEF');

function flags(characters: string): Uint8Array {
  const table = new Uint8Array(256);
  for (const character of characters) table[character.charCodeAt(0)] = 1;
  return table;
}

/**
 * Finds the end of a JSON value (RFC 8259) in UTF-8 bytes, and whether it is one at all. Nothing is decoded; bytes from
 * 0x80 on are taken within strings whatever they encode, as a lenient UTF-8 decoder would.
 *
 * What it accepts is what `JSON.parse` accepts. An error is placed at the first token that cannot stand there: a string,
 * a literal or a sign that is not finished is one token; a number ends with its longest valid part.
 */
export class JsonScanner {
  /**
   * Of the last value that {@link scan} finished, if it is an object: four positions for each member, counted from the
   * start of the value: key (with its quotes) from, to; value from, to.
   */
  members: Int32Array = new Int32Array(64);
  /** How many members that object has; 0 for other values. */
  memberCount = 0;

  /** 1 for each object that is open, 0 for each array. */
  private open = new Uint8Array(64);

  /**
   * Scans the value that begins at `start`, which is not white space.
   *
   * @param bytes  longer than `end`; what stands at `end` and after it does not matter
   * @param last  no bytes come after `end`, so that a value that ends too early is an error
   * @returns the position after the value; {@link NEED_MORE}; or an error, see {@link errorPosition}
   */
  scan(bytes: Uint8Array, start: number, end: number, last: boolean): number {
    let at = start;
    let depth = 0;
    let inObject = false;
    this.memberCount = 0;
    for (;;) {
      if (depth > 0 && !inObject) at = skipSpace(bytes, skipPlainNumbers(bytes, at, end), end);
      // One value, or the opening of one.
      if (at >= end) return last ? failAt(end) : NEED_MORE;
      const first = bytes[at];
      let opened = false;
      if (first === MINUS || (first >= ZERO && first <= NINE)) {
        at = scanNumber(bytes, at, end, last);
        if (at < 0) return at;
      } else if (first === QUOTE) {
        at = scanString(bytes, at, end, last);
        if (at < 0) return at;
      } else if (first === OPEN_ARRAY || first === OPEN_OBJECT) {
        inObject = first === OPEN_OBJECT;
        if (depth === this.open.length) this.open = grownBytes(this.open);
        this.open[depth++] = inObject ? 1 : 0;
        opened = true;
        at++;
      } else {
        at = scanLiteral(bytes, at, end, last);
        if (at < 0) return at;
      }

      // What follows: brackets that close, then a comma or (after an opening) nothing, then a key in objects.
      for (;;) {
        if (depth === 0) return at;
        if (!opened && depth === 1 && inObject) this.members[4 * this.memberCount++ + 3] = at - start;
        at = skipSpace(bytes, at, end);
        if (at >= end) return last ? failAt(end) : NEED_MORE;
        const next = bytes[at];
        if (next === (inObject ? CLOSE_OBJECT : CLOSE_ARRAY)) {
          at++;
          depth--;
          inObject = depth > 0 && this.open[depth - 1] === 1;
          opened = false;
          continue;
        }
        if (!opened) {
          if (next !== COMMA) return failAt(at);
          at = skipSpace(bytes, at + 1, end);
        }
        break;
      }
      if (!inObject) continue;

      const key = at;
      if (at >= end) return last ? failAt(end) : NEED_MORE;
      if (bytes[at] !== QUOTE) return failAt(at);
      at = scanString(bytes, at, end, last);
      if (at < 0) return at;
      const keyEnd = at;
      at = skipSpace(bytes, at, end);
      if (at >= end) return last ? failAt(end) : NEED_MORE;
      if (bytes[at] !== COLON) return failAt(at);
      at = skipSpace(bytes, at + 1, end);
      if (depth === 1) this.beginMember(key - start, keyEnd - start, at - start);
    }
  }

  private beginMember(key: number, keyEnd: number, value: number): void {
    const row = 4 * this.memberCount;
    if (row + 4 > this.members.length) {
      const grown = new Int32Array(2 * this.members.length);
      grown.set(this.members);
      this.members = grown;
    }
    this.members[row] = key;
    this.members[row + 1] = keyEnd;
    this.members[row + 2] = value;
  }
}

/** The first position from `at` on that is not white space, at most `end`. */
export function skipSpace(bytes: Uint8Array, at: number, end: number): number {
  while (at < end) {
    const byte = bytes[at];
    if (byte > SPACE || (byte !== SPACE && byte !== LINE_FEED && byte !== RETURN && byte !== TAB)) break;
    at++;
  }
  return at;
}

/** As {@link JsonScanner.scan} for the string whose opening quote is at `start`. */
export function scanString(bytes: Uint8Array, start: number, end: number, last: boolean): number {
  let at = start + 1;
  while (at < end) {
    const byte = bytes[at];
    if (byte === QUOTE) return at + 1;
    if (byte < SPACE) return failAt(start);
    if (byte !== BACKSLASH) {
      at++;
      continue;
    }
    if (at + 1 >= end) break;
    const escaped = bytes[at + 1];
    if (ESCAPES[escaped] === 0) return failAt(start);
    at += 2;
    if (escaped !== LOWER_U) continue;
    for (let digits = 0; digits < 4; digits++, at++) {
      if (at >= end) return last ? failAt(start) : NEED_MORE;
      if (HEX[bytes[at]] === 0) return failAt(start);
    }
  }
  return last ? failAt(start) : NEED_MORE;
}

function scanNumber(bytes: Uint8Array, start: number, end: number, last: boolean): number {
  let at = bytes[start] === MINUS ? start + 1 : start;
  if (at >= end) return last ? failAt(start) : NEED_MORE;
  if (bytes[at] === ZERO) at++;
  else {
    const digits = skipDigits(bytes, at, end);
    if (digits === at) return failAt(start);
    at = digits;
  }
  if (at < end && bytes[at] === POINT) {
    const digits = skipDigits(bytes, at + 1, end);
    if (digits === at + 1) return digits === end && !last ? NEED_MORE : failAt(at);
    at = digits;
  }
  if (at < end && (bytes[at] === LOWER_E || bytes[at] === UPPER_E)) {
    const signed = at + 1 < end && (bytes[at + 1] === PLUS || bytes[at + 1] === MINUS);
    const from = at + (signed ? 2 : 1);
    const digits = skipDigits(bytes, from, end);
    if (digits === from) return digits >= end && !last ? NEED_MORE : failAt(at);
    at = digits;
  }
  return at < end || last ? at : NEED_MORE;
}

/**
 * Passes over numbers without exponents, each with a comma right behind it, which is most of an annotation file.
 *
 * @returns the position of the first thing that is something else, or not whole
 */
function skipPlainNumbers(bytes: Uint8Array, start: number, end: number): number {
  for (let at = start; ; at++) {
    let byte = bytes[at];
    if (byte === MINUS) byte = bytes[++at];
    if (byte === ZERO) byte = bytes[++at];
    else {
      if (!(byte > ZERO && byte <= NINE)) return start;
      do byte = bytes[++at];
      while (byte >= ZERO && byte <= NINE);
    }
    if (byte === POINT) {
      byte = bytes[++at];
      if (!(byte >= ZERO && byte <= NINE)) return start;
      do byte = bytes[++at];
      while (byte >= ZERO && byte <= NINE);
    }
    // Beyond the end there may be anything, even a number.
    if (byte !== COMMA || at >= end) return start;
    start = at + 1;
  }
}

function skipDigits(bytes: Uint8Array, at: number, end: number): number {
  while (at < end && bytes[at] >= ZERO && bytes[at] <= NINE) at++;
  return at;
}

function scanLiteral(bytes: Uint8Array, start: number, end: number, last: boolean): number {
  for (const literal of LITERALS) {
    if (bytes[start] !== literal[0]) continue;
    for (let i = 1; i < literal.length; i++) {
      if (start + i >= end) return last ? failAt(start) : NEED_MORE;
      if (bytes[start + i] !== literal[i]) return failAt(start);
    }
    return start + literal.length;
  }
  return failAt(start);
}

function grownBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const grown = new Uint8Array(2 * bytes.length);
  grown.set(bytes);
  return grown;
}
