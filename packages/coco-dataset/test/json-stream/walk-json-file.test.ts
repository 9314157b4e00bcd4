import { writeFile } from 'node:fs/promises';
import fc from 'fast-check';
import { DatasetError } from '../../src/dataset-error';
import { walkJsonFile } from '../../src/json-stream/walk-json-file';
import { temporaryFolder } from '../temporary-folder';
import { jsonText } from './json-text';

const at = temporaryFolder();

/** What a walk hands over, parsed: arrays as arrays, the last of a key wins. */
async function walked(content: string | Uint8Array, chunkSize?: number): Promise<Record<string, unknown>> {
  const bytes = Buffer.from(content);
  await writeFile(at('x.json'), bytes);
  const result: [string, unknown][] = [];
  await walkJsonFile(
    at('x.json'),
    {
      section: (name) => result.push([name, []]),
      element(section, index, element, offset, { memberCount, members }) {
        const [name, list] = result[result.length - 1] as [string, unknown[]];
        expect([section, index]).toEqual([name, list.length]);
        expect(bytes.subarray(offset, offset + element.length).equals(element)).toBe(true);
        const value: unknown = JSON.parse(Buffer.from(element).toString());
        const text = (from: number, to: number): unknown =>
          JSON.parse(Buffer.from(element.subarray(from, to)).toString());
        const entries = Array.from({ length: memberCount }, (_, m) => [...members.subarray(4 * m, 4 * m + 4)]).map(
          ([key, keyEnd, from, to]) => [text(key, keyEnd) as string, text(from, to)] as const,
        );
        const isObject = value !== null && typeof value === 'object' && !Array.isArray(value);
        expect(Object.fromEntries(entries)).toEqual(isObject ? value : {});
        list.push(value);
      },
      field(name, value, offset) {
        expect(bytes.subarray(offset, offset + value.length).equals(value)).toBe(true);
        result.push([name, JSON.parse(Buffer.from(value).toString())]);
      },
    },
    { chunkSize },
  );
  return Object.fromEntries(result);
}

test('walkJsonFile(file, visitor) hands over the elements of arrays, and other values whole', async () => {
  const json = { info: { year: 2017 }, images: [{ id: 1 }, [2], 'three]', null], empty: [], n: -1.5e3 };
  expect(await walked(JSON.stringify(json))).toEqual(json);
  expect(await walked('{}')).toEqual({});
});

test('a byte order mark is skipped', async () => {
  for (const chunkSize of [4, 5, 100]) expect(await walked('\ufeff {"a": [1]}', chunkSize)).toEqual({ a: [1] });
});

test('any object in any layout, read in chunks of any size, is what JSON.parse makes of it', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.dictionary(fc.string({ unit: 'grapheme' }), fc.oneof(fc.jsonValue(), fc.array(fc.jsonValue())), {
        noNullPrototype: true,
      }),
      fc.infiniteStream(fc.nat(20)),
      fc.integer({ min: 4, max: 80 }),
      async (json, choices, chunkSize) => {
        const text = jsonText(json, () => choices.next().value as number);
        expect(await walked(text, chunkSize)).toEqual(JSON.parse(text));
      },
    ),
  );
});

test('an error has the same place whatever the size of the chunks', async () => {
  const text = '{"ü": [1, {"b": "𝄞"}],\n "list": [true, [1,2,-3.5e1], "' + 'x'.repeat(99) + '", nul], "c": 1}';
  for (const chunkSize of [4, 5, 31, 64, 1000]) {
    await expect(walked(text, chunkSize)).rejects.toThrow(`x.json:2:134: expected JSON, found "nul], \\"c\\": 1}"`);
  }
});

test.each([
  ['[{"id": 1}]', 'found an array (a file of detections rather than annotations?)'],
  ['null', 'found null'],
  ['12.5', 'found 12.5'],
])('%s is no object', async (text, found) => {
  await expect(walked(text)).rejects.toThrow(
    new DatasetError(`${at('x.json')}: expected an object with images, annotations and categories, ${found}`),
  );
});
