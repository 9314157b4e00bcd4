import fc from 'fast-check';
import { errorPosition, JsonScanner, NEED_MORE } from '../../src/json-stream/json-scanner';
import { jsonErrorOffset } from './json-error-offset';

/** What the scanner says of a text that is one value: where it stops being JSON, or undefined. */
function scannedErrorOffset(text: string): number | undefined {
  // A byte for each UTF-16 unit, and beyond the end a comma and digits that must not matter.
  const bytes = Buffer.from(`${text},12,`, 'latin1');
  const result = new JsonScanner().scan(bytes, 0, text.length, true);
  return result >= 0 ? undefined : errorPosition(result);
}

test.each([
  ['', 0],
  ['{"a": NaN}', 6],
  ['{"a": 1,}', 8],
  ['[1, 2,]', 6],
  ['[1 2]', 3],
  ['{"a" 1}', 5],
  ['{a: 1}', 1],
  ['[1}', 2],
  ['{"a": [1, 2', 11],
  ['["abc', 1],
  ['["\\u12x4"]', 1],
  ['["\\q"]', 1],
  ['[01]', 2],
  ['[-]', 1],
  ['[1.]', 2],
  ['[1.5,2.,3]', 6],
  ['[1e]', 2],
  ['[1,e+]', 3],
  ['[tru]', 1],
  ['["a\nb"]', 1],
])('%j stops being JSON at %d', (text, offset) => {
  expect(scannedErrorOffset(text)).toBe(offset);
  expect(jsonErrorOffset(text)).toBe(offset);
});

/** JSON text with something cut out or put in at random places. */
const almostJson = fc
  .tuple(
    fc.oneof(
      fc.json(),
      fc
        .array(fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true })))
        .map((list) => JSON.stringify(list)),
    ),
    fc.array(
      fc.tuple(
        fc.nat(),
        fc.nat(3),
        fc.constantFrom('', ',', '{', '}', ']', '[', '"', '\\', '-', '.', 'e', '0', '1', ' ', '\n'),
      ),
      {
        maxLength: 2,
      },
    ),
  )
  .map(([json, changes]) =>
    changes.reduce((text, [at, cut, put]) => {
      const position = at % (text.length + 1);
      return text.slice(0, position) + put + text.slice(position + cut);
    }, json),
  )
  .filter((text) => /^[^ \n]/.test(text));

test('JsonScanner.scan(bytes) finds the same end or error as a tokenizer of regular expressions', () => {
  fc.assert(
    fc.property(almostJson, (text) => {
      const offset = jsonErrorOffset(text);
      const scanned = scannedErrorOffset(text);
      // What follows a whole value is up to the caller.
      if (scanned !== undefined || offset === undefined) expect(scanned).toBe(offset);
      else expect(jsonErrorOffset(text.slice(0, offset).trimEnd())).toBeUndefined();
    }),
    { numRuns: 2000 },
  );
});

test('JsonScanner.scan(bytes, start, end, false) needs more exactly when the value could go on', () => {
  fc.assert(
    fc.property(almostJson, (text) => {
      const bytes = Buffer.from(text, 'latin1');
      const scanner = new JsonScanner();
      const whole = scanner.scan(bytes, 0, bytes.length, true);
      for (let end = 1; end <= bytes.length; end++) {
        const part = scanner.scan(bytes, 0, end, false);
        if (part !== NEED_MORE) expect(part).toBe(whole);
      }
      const withSpace = Buffer.from(`${text} `, 'latin1');
      if (whole >= 0) expect(scanner.scan(withSpace, 0, withSpace.length, false)).toBe(whole);
    }),
  );
});

test('arrays nested a hundred thousand deep are no matter', () => {
  const deep = Buffer.from('['.repeat(1e5) + ']'.repeat(1e5));
  expect(new JsonScanner().scan(deep, 0, deep.length, true)).toBe(2e5);
});
