import fc from 'fast-check';
import { jsonErrorOffset } from './json-error-offset';

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

test.each([
  ['', 0],
  ['  ', 2],
  ['{"a": NaN}', 6],
  ['{"a": 1,}', 8],
  ['[1, 2,]', 6],
  ['[1 2]', 3],
  ['{"a" 1}', 5],
  ['{a: 1}', 1],
  ['[1]]', 3],
  ['[1}', 2],
  ['{"a": [1, 2', 11],
  ['["abc', 1],
  ['[01]', 2],
  ['["a\nb"]', 1],
  ['{} {}', 3],
])('jsonErrorOffset(%j) is %d', (text, offset) => {
  expect(jsonErrorOffset(text)).toBe(offset);
});

test('jsonErrorOffset(text) is undefined exactly when JSON.parse accepts the text', () => {
  fc.assert(
    fc.property(
      fc.json(),
      fc.nat(),
      fc.nat(3),
      fc.constantFrom('', ',', '{', '}', ']', '"', '\\', '-', '1', ' '),
      (json, at, cut, put) => {
        expect(jsonErrorOffset(json)).toBeUndefined();
        const position = at % (json.length + 1);
        const changed = json.slice(0, position) + put + json.slice(position + cut);
        const offset = jsonErrorOffset(changed);
        expect(offset === undefined).toBe(isJson(changed));
        // What stands before the offset is not at fault: alone it is JSON, or ends too early.
        if (offset !== undefined) expect([undefined, offset]).toContain(jsonErrorOffset(changed.slice(0, offset)));
      },
    ),
    { numRuns: 2000 },
  );
});
