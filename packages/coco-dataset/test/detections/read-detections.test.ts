import { writeFile } from 'node:fs/promises';
import fc from 'fast-check';
import { DatasetError } from '../../src/dataset-error';
import { readDetections } from '../../src/detections/read-detections';
import { temporaryFolder } from '../temporary-folder';

const at = temporaryFolder();
const GOOD = { image_id: 7, category_id: 1, bbox: [1, 2, 30, 40.5], score: 0.25 };

async function read(json: unknown, options?: Parameters<typeof readDetections>[1]) {
  await writeFile(at('dt.json'), typeof json === 'string' ? json : JSON.stringify(json));
  return readDetections(at('dt.json'), options);
}

test('readDetections(file) is the detections in their order, numbered from 1', async () => {
  expect(await read([GOOD, { ...GOOD, image_id: 3, segmentation: {}, score: 2 }])).toEqual([
    { id: 1, ...GOOD },
    { id: 2, ...GOOD, image_id: 3, score: 2 },
  ]);
  expect(await read([])).toEqual([]);
});

test('readDetections(file, options) keeps categories and images', async () => {
  const list = [GOOD, { ...GOOD, category_id: 3 }, { ...GOOD, image_id: 8 }, GOOD];
  const ids = async (options: Parameters<typeof readDetections>[1]) => (await read(list, options)).map(({ id }) => id);
  expect(await ids({ categoryIds: [1] })).toEqual([1, 3, 4]);
  expect(await ids({ imageIds: [7] })).toEqual([1, 2, 4]);
  expect(await ids({ categoryIds: [3], imageIds: [8] })).toEqual([]);
});

test.each<[string, unknown, string]>([
  ['an object', {}, ': expected a list of detections [{"image_id", "category_id", "bbox", "score"}], found an object'],
  ['a number as record', [GOOD, 3], ': [1]: expected an object, found 3'],
  [
    'a missing box',
    [{ ...GOOD, bbox: undefined }],
    ': [0].bbox: expected 4 numbers, [x, y, width, height], found nothing',
  ],
  ['three numbers', [{ ...GOOD, bbox: [1, 2, 3] }], ': [0].bbox: expected 4 numbers, [x, y, width, height], found 3'],
  ['text in a box', [{ ...GOOD, bbox: [1, '2', 3, 4] }], ': [0].bbox[1]: expected a finite number, found "2"'],
  [
    'a negative width',
    [{ ...GOOD, bbox: [1, 2, -3, 4] }],
    ': [0].bbox: expected a width and height of 0 or more, one of them above 0, found -3 and 4',
  ],
  [
    'an empty box',
    [{ ...GOOD, bbox: [1, 2, 0, 0] }],
    ': [0].bbox: expected a width and height of 0 or more, one of them above 0, found 0 and 0',
  ],
  ['an image name', [{ ...GOOD, image_id: 'a.jpg' }], ': [0].image_id: expected a whole number, found "a.jpg"'],
  ['no category', [{ ...GOOD, category_id: null }], ': [0].category_id: expected a whole number, found null'],
  ['no score', [{ ...GOOD, score: undefined }], ': [0].score: expected a finite number, found nothing'],
  ['NaN', '[{"score": NaN}]', ':1:12: expected JSON, found "NaN}]"; JSON has no such number'],
  ['a cut-off file', '[{"score": 1}', ':1:14: expected JSON, found the end of the file after 13 characters (cut off?)'],
  ['two lists', '[]\n[]', ':2:1: expected JSON, found "[]"'],
  ['nothing', '', ':1:1: expected JSON, found the end of the file after 0 characters (cut off?)'],
])('%s is refused', async (_, json, message) => {
  await expect(read(json)).rejects.toThrow(new DatasetError(at('dt.json') + message));
});

test('whatever stands in a record, it is refused with its place or gives finite numbers', async () => {
  const field = fc.constantFrom('image_id', 'category_id', 'bbox', 'score');
  const value = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.array(fc.integer(), { minLength: 4, maxLength: 4 }));
  await fc.assert(
    fc.asyncProperty(field, value, async (key, found) => {
      const result = await read([GOOD, { ...GOOD, [key]: found }]).catch((error: unknown) => error);
      if (result instanceof Error) {
        expect(result).toBeInstanceOf(DatasetError);
        expect(result.message).toContain(`: [1].${key}`);
        return;
      }
      const { image_id, category_id, bbox, score } = (result as Awaited<ReturnType<typeof read>>)[1];
      expect([image_id, category_id, ...bbox, score].every(Number.isFinite)).toBe(true);
    }),
    { numRuns: 200 },
  );
});

test('a missing file is refused', async () => {
  await expect(readDetections(at('none.json'))).rejects.toMatchObject({
    name: 'DatasetError',
    message: `${at('none.json')}: expected a COCO results file, but there is no such file`,
  });
});
