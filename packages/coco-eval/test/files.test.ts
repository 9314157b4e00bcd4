import { mkdtemp, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CocoEvalError, type CocoKeypointResult } from '../src/index';
import { CocoFileError, readJson, writeResults } from '../src/node';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'coco-eval-'));
});
afterEach(() => rm(folder, { recursive: true }));

const result = (image_id: number): CocoKeypointResult => ({
  image_id,
  category_id: 1,
  keypoints: [1.23456, 2, 0.98765, 30, 40.05, 1],
  score: 0.123456789,
});

test('writeResults writes what COCO takes, and nothing else', async () => {
  const file = join(folder, 'results.json');
  const typed = { ...result(2), keypoints: Float64Array.of(1, 2, 3), bbox: Float64Array.of(1, 2, 3.5, 4), area: 14 };
  await writeResults(file, [result(900100000001), typed]);
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual([
    result(900100000001),
    { image_id: 2, category_id: 1, keypoints: [1, 2, 3], bbox: [1, 2, 3.5, 4], score: 0.123456789 },
  ]);
  expect(await readdir(folder)).toEqual(['results.json']);
});

test('writeResults keeps who is who in a video', async () => {
  const file = join(folder, 'tracked.json');
  await writeResults(file, [{ ...result(1), track_id: 7 }]);
  expect(readJson(file)).toEqual([{ ...result(1), track_id: 7 }]);
  await expect(writeResults(file, [{ ...result(1), track_id: NaN }])).rejects.toThrow('[0].track_id');
});

test('writeResults rounds coordinates, not scores', async () => {
  const file = join(folder, 'results.json');
  await writeResults(file, [{ ...result(1), bbox: [0.26, 1, 2, 3.14159] }], { decimals: 1 });
  expect(readJson(file)).toEqual([{ ...result(1), keypoints: [1.2, 2, 0.98765, 30, 40.1, 1], bbox: [0.3, 1, 2, 3.1] }]);
});

test('writeResults writes lists of any length, an empty one too', async () => {
  const file = join(folder, 'results.json');
  await writeResults(file, []);
  expect(readJson(file)).toEqual([]);
  const many = Array.from({ length: 2500 }, (_, i) => result(i));
  await writeResults(file, many);
  expect(readJson(file)).toEqual(many);
});

test('writeResults refuses what is no result, and the earlier file stays', async () => {
  const file = join(folder, 'results.json');
  await writeFile(file, 'earlier');
  const writing = (entry: object, options = {}) =>
    writeResults(file, [result(1), entry as CocoKeypointResult], options);
  await expect(writing({ ...result(1), score: NaN })).rejects.toThrow('[1].score: expected a finite number, found NaN');
  await expect(writing({ ...result(1), keypoints: [1, Infinity, 1] })).rejects.toThrow('[1].keypoints[1]: expected');
  await expect(writing({ ...result(1), keypoints: undefined })).rejects.toThrow('[1]: expected keypoints or bbox');
  await expect(writing(result(2), { decimals: 1.5 })).rejects.toThrow(CocoEvalError);
  await expect(writeResults(join(folder, 'none', 'results.json'), [])).rejects.toThrow(CocoFileError);
  expect(await readFile(file, 'utf8')).toBe('earlier');
  expect(await readdir(folder)).toEqual(['results.json']);
});

test('readJson names a file that is too large to be one text', async () => {
  const file = join(folder, 'large.json');
  const handle = await open(file, 'w');
  await handle.truncate(3 * 2 ** 30); // takes no room on the disk
  await handle.close();
  expect(() => readJson(file)).toThrow(
    /large\.json: larger than the 512 MB that JavaScript can read as one text: split/,
  );
});
