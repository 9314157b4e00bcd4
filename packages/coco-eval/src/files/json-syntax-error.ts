/** Where a text stops being JSON. */
export interface JsonSyntaxError {
  /** Characters before the place. */
  readonly position: number;
  /** Both counted from 1. */
  readonly line: number;
  readonly column: number;
  /** What could have stood there. */
  readonly expected: string;
  /** What stands there. */
  readonly found: string;
}

const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const STRING = /"(?:[^"\\]|\\.)*"/y;

/**
 * Finds where a text that JSON.parse refused goes wrong: the messages of JavaScript engines name the place only
 * sometimes, and each in its own way. Strings are searched for their end only, so an error within one (a control
 * character, an unknown escape) is placed at the end of the text or where the structure breaks.
 *
 * @param text the text
 * @returns null where the structure of the text is in order
 */
export function findJsonSyntaxError(text: string): JsonSyntaxError | null {
  const open: ('{' | '[')[] = [];
  let expected = 'a value';
  let at = 0;
  for (;;) {
    while (/[ \t\n\r]/.test(text.charAt(at))) at++;
    if (expected === 'the end') return at === text.length ? null : errorAt(text, at, expected);
    const char = text.charAt(at);
    const inObject = open[open.length - 1] === '{';
    const closing = inObject ? '}' : ']';
    if (expected.includes('or the end') && char === closing) {
      open.pop();
      at++;
      expected = afterValue(open);
    } else if (expected.startsWith('a comma')) {
      if (char !== ',') return errorAt(text, at, expected);
      at++;
      expected = inObject ? 'a name in double quotes' : 'a value';
    } else if (expected.startsWith('a name')) {
      const end = endOf(STRING, text, at);
      if (end < 0) return errorAt(text, at, expected);
      at = end;
      expected = 'a colon';
    } else if (expected === 'a colon') {
      if (char !== ':') return errorAt(text, at, expected);
      at++;
      expected = 'a value';
    } else if (char === '{' || char === '[') {
      open.push(char);
      at++;
      expected = char === '{' ? 'a name in double quotes or the end of the object' : 'a value or the end of the list';
    } else {
      const end = endOf(char === '"' ? STRING : SCALAR, text, at);
      if (end < 0) return errorAt(text, at, expected);
      at = end;
      expected = afterValue(open);
    }
  }
}

function afterValue(open: readonly string[]): string {
  if (open.length === 0) return 'the end';
  return `a comma or the end of the ${open[open.length - 1] === '{' ? 'object' : 'list'}`;
}

function endOf(token: RegExp, text: string, at: number): number {
  token.lastIndex = at;
  return token.test(text) ? token.lastIndex : -1;
}

function errorAt(text: string, position: number, expected: string): JsonSyntaxError {
  const before = text.slice(0, position);
  const line = before.split('\n').length;
  const word = /^(?:[\w.+-]{1,20}|[^])?/.exec(text.slice(position, position + 20))?.[0] ?? '';
  return {
    position,
    line,
    column: position - before.lastIndexOf('\n'),
    expected,
    found: word === '' ? 'the end of the file' : word,
  };
}
