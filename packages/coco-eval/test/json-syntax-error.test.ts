import fc from 'fast-check';
import { findJsonSyntaxError } from '../src/files/json-syntax-error';

test.each<[string, number, string, string]>([
  ['', 0, 'a value', 'the end of the file'],
  ['[1, 2', 5, 'a comma or the end of the list', 'the end of the file'],
  ['[1, 2,]', 6, 'a value', ']'],
  ['[1 2]', 3, 'a comma or the end of the list', '2'],
  ['{"a": NaN}', 6, 'a value', 'NaN'],
  ['{"a": -Infinity}', 6, 'a value', '-Infinity'],
  ['{"a" 1}', 5, 'a colon', '1'],
  ["{'a': 1}", 1, 'a name in double quotes or the end of the object', "'"],
  ['{"a": 1,}', 8, 'a name in double quotes', '}'],
  ['{"a": 1', 7, 'a comma or the end of the object', 'the end of the file'],
  ['[1}', 2, 'a comma or the end of the list', '}'],
  ['{} []', 3, 'the end', '['],
  ['<html>', 0, 'a value', '<'],
  ['"abc', 0, 'a value', '"'],
])('findJsonSyntaxError(%j)', (text, position, expected, found) => {
  expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError);
  expect(findJsonSyntaxError(text)).toMatchObject({ position, expected, found });
});

test('findJsonSyntaxError counts lines and columns from 1', () => {
  expect(findJsonSyntaxError('{\n  "a": 1,\n  "b": x\n}')).toMatchObject({ line: 3, column: 8, found: 'x' });
});

test('findJsonSyntaxError(text) is null for all that JSON.stringify writes', () => {
  fc.assert(
    fc.property(fc.json(), fc.constantFrom(0, 2), (json, indent) => {
      expect(findJsonSyntaxError(JSON.stringify(JSON.parse(json), null, indent))).toBeNull();
    }),
  );
});

test('findJsonSyntaxError finds a place in every text that is cut off', () => {
  fc.assert(
    fc.property(fc.array(fc.json(), { minLength: 1 }), fc.nat(), (list, cut) => {
      const text = `[${list.join(',')}]`;
      const place = findJsonSyntaxError(text.slice(0, cut % text.length));
      expect(place?.position).toBeLessThanOrEqual(cut % text.length);
    }),
  );
});
