import { mkdir, writeFile } from 'node:fs/promises';
import fc from 'fast-check';
import { validateCocoKeypoints } from '../src/annotation-checks/validate-coco-keypoints';
import { readColumns } from '../src/columns/read-columns';
import { DatasetError } from '../src/dataset-error';
import { lazyCocoKeypoints } from '../src/lazy-coco-keypoints';
import { parseCocoKeypoints } from '../src/parse-coco-keypoints';
import { readCocoKeypoints } from '../src/read-coco-keypoints';
import { jsonText } from './json-stream/json-text';
import { randomCoco } from './random-coco';
import { temporaryFolder } from './temporary-folder';
import { TINY_MASK, tinyCoco } from './tiny-coco';

const at = temporaryFolder();

test('readCocoKeypoints(file) is the validated content, with the file as source', async () => {
  await writeFile(at('coco.json'), JSON.stringify(tinyCoco()));
  const coco = await readCocoKeypoints(at('coco.json'));
  expect(coco).toEqual(parseCocoKeypoints(tinyCoco(), at('coco.json')));
  expect(coco.openedFrom).toBe('json');
});

test('its lists are made once, and can be changed and replaced as those of parseCocoKeypoints', async () => {
  await writeFile(at('coco.json'), JSON.stringify(tinyCoco()));
  const coco = await readCocoKeypoints(at('coco.json'));
  expect(coco.annotations).toBe(coco.annotations);
  coco.annotations[0].id = 5;
  coco.images = coco.images.slice(1);
  expect(coco.annotations[0].id).toBe(5);
  expect(coco.images.map(({ id }) => id)).toEqual([3]);
  expect({ ...coco }).toEqual(structuredClone(coco));
  expect(coco.table.annotation(0).id).toBe(30);
});

test('its table has columns, and makes single rows', async () => {
  await writeFile(at('coco.json'), JSON.stringify(tinyCoco()));
  const { table, annotations, images } = await readCocoKeypoints(at('coco.json'));
  const { columns } = table;
  expect([table.imageCount, table.annotationCount]).toEqual([2, 4]);
  expect([...columns.annotations.ids]).toEqual([30, 11, 12, 10]);
  expect([...columns.annotations.imageRows]).toEqual([1, 0, 0, 0]);
  expect([...columns.annotations.labelled]).toEqual([15, 0, 0, 15]);
  expect([...columns.annotations.keypoints.ends]).toEqual([51, 51, 51, 102]);
  expect(columns.annotations.keypoints.values).toBeInstanceOf(Int8Array);
  expect(images.map((_, row) => table.image(row))).toEqual(images);
  expect(annotations.map((_, row) => table.annotation(row))).toEqual(annotations);
  expect(annotations.map((_, row) => table.keypoints(row))).toEqual(annotations.map(({ keypoints }) => keypoints));
  expect(annotations.map((_, row) => table.segmentation(row))).toEqual([undefined, undefined, TINY_MASK, undefined]);
});

test('files in any layout, read in chunks of any size, are what JSON.parse and parseCocoKeypoints make of them', async () => {
  await fc.assert(
    fc.asyncProperty(
      randomCoco,
      fc.infiniteStream(fc.nat(200)),
      fc.integer({ min: 4, max: 3000 }),
      async (json, choices, chunkSize) => {
        const text = jsonText(json, () => choices.next().value as number);
        await writeFile(at('coco.json'), text);
        const coco = lazyCocoKeypoints(at('coco.json'), await readColumns(at('coco.json'), chunkSize), 'json');
        expect(coco).toEqual(parseCocoKeypoints(JSON.parse(text), at('coco.json')));
      },
    ),
  );
});

/** Bytes that break JSON and values in most ways. */
const put = fc.oneof(
  fc.constantFrom(...'{}[]",:\\-.0123456789eE \ntfn', 'NaN', 'null', '""', '-1', '1e999', '\ufeff', 'x'),
  fc.uint8Array({ maxLength: 2 }),
);

test('a file with random damage reads as JSON.parse and parseCocoKeypoints read it, or throws DatasetError', async () => {
  let damaged = 0;
  await fc.assert(
    fc.asyncProperty(
      randomCoco,
      fc.array(fc.tuple(fc.nat(), fc.nat(4), put), { minLength: 1, maxLength: 2 }),
      async (json, changes) => {
        let bytes = Buffer.from(JSON.stringify(json));
        for (const [position, cut, put] of changes) {
          const from = position % bytes.length;
          bytes = Buffer.concat([bytes.subarray(0, from), Buffer.from(put), bytes.subarray(from + cut)]);
        }
        await writeFile(at('coco.json'), bytes);
        const { errors } = await validateCocoKeypoints(at('coco.json'));
        try {
          const coco = { ...(await readCocoKeypoints(at('coco.json'))) };
          expect(coco).toEqual(parseCocoKeypoints(JSON.parse(bytes.toString()), at('coco.json')));
          expect(errors).toBe(0);
        } catch (error) {
          if (!(error instanceof DatasetError)) throw error;
          expect(errors).toBeGreaterThan(0);
          damaged++;
        }
      },
    ),
    { numRuns: 300 },
  );
  expect(damaged).toBeGreaterThan(50);
});

test('a fault in the content names the file and the JSON path', async () => {
  await writeFile(at('coco.json'), JSON.stringify({ ...tinyCoco(), images: 5 }));
  await expect(readCocoKeypoints(at('coco.json'))).rejects.toThrow(
    new DatasetError(`${at('coco.json')}: images: expected an array, found 5: not a COCO file`),
  );
});

test('a list that stands twice is an error', async () => {
  await writeFile(at('coco.json'), JSON.stringify(tinyCoco()).replace('{', '{"images": [],'));
  await expect(readCocoKeypoints(at('coco.json'))).rejects.toThrow(
    new DatasetError(`${at('coco.json')}: images: expected one list of this name, found a second one`),
  );
});

test('a missing file is named', async () => {
  for (const index of [undefined, true, false]) {
    await expect(readCocoKeypoints(at('none.json'), { index })).rejects.toMatchObject({
      name: 'DatasetError',
      message: `${at('none.json')}: expected a COCO annotation file, but there is no such file`,
    });
  }
});

test('a folder is not a file', async () => {
  await mkdir(at('folder'));
  for (const index of [undefined, true]) {
    await expect(readCocoKeypoints(at('folder'), { index })).rejects.toThrow(
      /folder: expected a COCO annotation file, but EISDIR/,
    );
  }
});

test.each([
  ['{\n "images": [NaN]}', ':2:13: expected JSON, found "NaN]}"; JSON has no such number'],
  ['{"images": [1,', ':1:15: expected JSON, found the end of the file after 14 characters (cut off?)'],
  ['', ':1:1: expected JSON, found the end of the file after 0 characters (cut off?)'],
  ['<html>\n', ':1:1: expected JSON, found "<html>\\n"'],
  ['{"ü": "𝄞", "x" 1}', ':1:17: expected JSON, found "1}"'],
  ['{"a": 1} {}', ':1:10: expected JSON, found "{}"'],
])('%j is not JSON, with line and column', async (text, message) => {
  await writeFile(at('coco.json'), text);
  const error = await readCocoKeypoints(at('coco.json')).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(DatasetError);
  expect((error as DatasetError).message).toBe(at('coco.json') + message);
});
