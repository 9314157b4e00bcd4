import fc from 'fast-check';
import { DatasetError } from '../../src/dataset-error';
import { JsonScanner } from '../../src/json-stream/json-scanner';
import { ElementFields } from '../../src/rewrite/element-fields';

function fieldsOf(text: string): ElementFields {
  const bytes = Buffer.from(text);
  const scanner = new JsonScanner();
  expect(scanner.scan(bytes, 0, bytes.length, true)).toBe(bytes.length);
  return new ElementFields(bytes, scanner, 'a.json: images[3]');
}

test('get(key) is what JSON.parse finds, also under keys with escapes and of keys that stand twice', () => {
  const text = '{"a": 1, "id" :2, "\\u0069d": {"id": 3}, "a":\n"five"}';
  const fields = fieldsOf(text);
  for (const [key, value] of Object.entries(JSON.parse(text) as object)) expect(fields.get(key)).toEqual(value);
  expect(fields.get('b')).toBeUndefined();
  expect(fieldsOf('[1]').get('0')).toBeUndefined();
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 })), (object) => {
      const drawn = fieldsOf(JSON.stringify(object, null, 1));
      const copy = JSON.parse(JSON.stringify(object)) as Record<string, unknown>;
      for (const key of Object.keys(copy)) expect(drawn.get(key)).toEqual(copy[key]);
    }),
  );
});

test('withNumbers(numbers) changes those values and no other byte', () => {
  const fields = fieldsOf('{"image_id" : 12.0,"x":{"id":1}, "id":  7 }');
  expect(Buffer.from(fields.withNumbers({ id: 100, image_id: 3 })).toString()).toBe(
    '{"image_id" : 3,"x":{"id":1}, "id":  100 }',
  );
});

test.each([
  ['{"id": 1.5}', '1.5'],
  ['{"id": 9007199254740993}', '9007199254740992'],
  ['{"id": null}', 'null'],
  ['{}', 'nothing'],
])('id("id") of %s is refused', (text, found) => {
  expect(() => fieldsOf(text).id('id')).toThrow(
    new DatasetError(`a.json: images[3].id: expected a whole number, found ${found}`),
  );
});
