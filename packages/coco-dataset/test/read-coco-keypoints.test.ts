import { writeFile } from 'node:fs/promises';
import { DatasetError } from '../src/dataset-error';
import { parseCocoKeypoints } from '../src/parse-coco-keypoints';
import { readCocoKeypoints } from '../src/read-coco-keypoints';
import { temporaryFolder } from './temporary-folder';
import { tinyCoco } from './tiny-coco';

const at = temporaryFolder();

test('readCocoKeypoints(file) is the validated content, with the file as source', async () => {
  await writeFile(at('coco.json'), JSON.stringify(tinyCoco()));
  expect(await readCocoKeypoints(at('coco.json'))).toEqual(parseCocoKeypoints(tinyCoco(), at('coco.json')));
});

test('a fault in the content names the file and the JSON path', async () => {
  await writeFile(at('coco.json'), JSON.stringify({ ...tinyCoco(), images: 5 }));
  await expect(readCocoKeypoints(at('coco.json'))).rejects.toThrow(
    new DatasetError(`${at('coco.json')}: images: expected an array, found 5: not a COCO file`),
  );
});

test('a missing file is named', async () => {
  await expect(readCocoKeypoints(at('none.json'))).rejects.toMatchObject({
    name: 'DatasetError',
    message: `${at('none.json')}: expected a COCO annotation file, but there is no such file`,
  });
});

test('a folder is not a file', async () => {
  await expect(readCocoKeypoints(at('.'))).rejects.toThrow(/expected a COCO annotation file, but EISDIR/);
});

test.each([
  ['{\n "images": [NaN]}', ':2:13: expected JSON, found "NaN]}"; JSON has no such number'],
  ['{"images": [1,', ':1:15: expected JSON, found the end of the file after 14 characters (cut off?)'],
  ['', ':1:1: expected JSON, found the end of the file after 0 characters (cut off?)'],
  ['<html>\n', ':1:1: expected JSON, found "<html>\\n"'],
])('%j is not JSON, with line and column', async (text, message) => {
  await writeFile(at('coco.json'), text);
  const error = await readCocoKeypoints(at('coco.json')).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(DatasetError);
  expect((error as DatasetError).message).toBe(at('coco.json') + message);
});
