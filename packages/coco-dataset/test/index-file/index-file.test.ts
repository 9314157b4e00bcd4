import { mkdir, readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import fc from 'fast-check';
import { readColumns } from '../../src/columns/read-columns';
import { DatasetError } from '../../src/dataset-error';
import { FORMAT_VERSION } from '../../src/index-file/index-format';
import { readIndex } from '../../src/index-file/read-index';
import { sourceSignature } from '../../src/index-file/source-signature';
import { writeIndex } from '../../src/index-file/write-index';
import { parseCocoKeypoints } from '../../src/parse-coco-keypoints';
import { readCocoKeypoints } from '../../src/read-coco-keypoints';
import { randomCoco } from '../random-coco';
import { temporaryFolder } from '../temporary-folder';
import { tinyCoco } from '../tiny-coco';

const at = temporaryFolder();

async function writeTiny(): Promise<void> {
  await writeFile(at('coco.json'), JSON.stringify(tinyCoco()));
}

/** How a file is opened with an index at any size; its content must be that of the file in either case. */
async function opened(index: true | string = true): Promise<'json' | 'index'> {
  const coco = await readCocoKeypoints(at('coco.json'), { index });
  const json: unknown = JSON.parse(await readFile(at('coco.json'), 'utf8'));
  expect(coco).toEqual(parseCocoKeypoints(json, at('coco.json')));
  return coco.openedFrom;
}

test('the second opening is from the index, and nothing else is left beside the file', async () => {
  await writeTiny();
  expect([await opened(), await opened()]).toEqual(['json', 'index']);
  expect((await readdir(at('.'))).sort()).toEqual(['coco.json', 'coco.json.index']);
});

test('small files have no index unless it is asked for; large ones have', async () => {
  await writeTiny();
  await readCocoKeypoints(at('coco.json'));
  await readCocoKeypoints(at('coco.json'), { index: false });
  expect(await readdir(at('.'))).toEqual(['coco.json']);

  await writeFile(at('coco.json'), JSON.stringify({ ...tinyCoco(), info: ' '.repeat(8 * 2 ** 20) }));
  const ways = [];
  for (const index of [undefined, undefined, false]) {
    ways.push((await readCocoKeypoints(at('coco.json'), { index })).openedFrom);
  }
  expect(ways).toEqual(['json', 'index', 'json']);
});

test('an index can be elsewhere', async () => {
  await writeTiny();
  expect([await opened(at('cache')), await opened(at('cache')), await opened()]).toEqual(['json', 'index', 'json']);
});

test('any file reads the same from its index', async () => {
  await fc.assert(
    fc.asyncProperty(randomCoco, async (json) => {
      await writeFile(at('coco.json'), JSON.stringify(json));
      const source = await sourceSignature(at('coco.json'));
      const columns = await readColumns(at('coco.json'));
      await writeIndex(at('x.index'), columns, source);
      expect(await readIndex(at('x.index'), source)).toEqual(columns);
    }),
  );
});

test('the index is made anew when the file changes: its size, its time, or its content alone', async () => {
  await writeTiny();
  await opened();
  const { atime, mtime } = await stat(at('coco.json'));
  await writeFile(at('coco.json'), `${JSON.stringify(tinyCoco())} `);
  await utimes(at('coco.json'), atime, mtime);
  expect([await opened(), await opened()]).toEqual(['json', 'index']);

  await utimes(at('coco.json'), atime, new Date(mtime.getTime() + 1000));
  expect([await opened(), await opened()]).toEqual(['json', 'index']);

  const text = await readFile(at('coco.json'), 'utf8');
  await writeFile(at('coco.json'), text.replace('"area":800', '"area":900'));
  await utimes(at('coco.json'), atime, new Date(mtime.getTime() + 1000));
  expect([await opened(), await opened()]).toEqual(['json', 'index']);
});

test('an index of another format version is made anew', async () => {
  await writeTiny();
  await opened();
  const bytes = await readFile(at('coco.json.index'));
  expect(bytes.readUInt32LE(4)).toBe(FORMAT_VERSION);
  bytes.writeUInt32LE(FORMAT_VERSION + 1, 4);
  await writeFile(at('coco.json.index'), bytes);
  expect([await opened(), await opened()]).toEqual(['json', 'index']);
});

test('an index with any damage is made anew', async () => {
  await writeTiny();
  await opened();
  const whole = await readFile(at('coco.json.index'));
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 })), { minLength: 1, maxLength: 4 }),
      fc.option(fc.nat(whole.length - 1)),
      fc.uint8Array({ maxLength: 20 }),
      async (flips, cut, more) => {
        const bytes = Buffer.concat([whole.subarray(0, cut ?? whole.length), more]);
        for (const [position, bits] of flips) if (position < bytes.length) bytes[position] ^= bits;
        await writeFile(at('coco.json.index'), bytes);
        const same = bytes.equals(whole);
        expect([await opened(), await opened()]).toEqual([same ? 'index' : 'json', 'index']);
      },
    ),
  );
});

test('columns that point outside of each other are no index, even with a right checksum', async () => {
  await writeTiny();
  const source = await sourceSignature(at('coco.json'));
  const sound = await readColumns(at('coco.json'));
  const { images, annotations } = sound;
  const broken: Partial<typeof sound>[] = [
    { categories: [] },
    { images: { ...images, widths: Int8Array.of(1) } },
    { images: { ...images, fileNames: { ...images.fileNames, ends: Int8Array.of(5, 11) } } },
    { annotations: { ...annotations, imageRows: Int8Array.of(0, 0, 0, 2) } },
    { annotations: { ...annotations, imageRows: Float32Array.of(0, 0, 0, 0.5) } },
    { annotations: { ...annotations, categoryRows: Int8Array.of(0, 0, 0, -1) } },
    { annotations: { ...annotations, boxes: annotations.boxes.slice(1) } },
    { annotations: { ...annotations, keypoints: { ...annotations.keypoints, ends: Int8Array.of(51, 52, 51, 102) } } },
    { annotations: { ...annotations, keypoints: { ...annotations.keypoints, ends: Int8Array.of(50, 50, 50, 102) } } },
  ];
  for (const part of broken) {
    await writeIndex(at('x.index'), { ...sound, ...part }, source);
    expect(await readIndex(at('x.index'), source)).toBeUndefined();
  }
  await writeIndex(at('x.index'), sound, source);
  expect(await readIndex(at('x.index'), source)).toEqual(sound);
});

test('an index that is a folder is no index, and no error', async () => {
  await writeTiny();
  await mkdir(at('coco.json.index'));
  expect([await opened(), await opened()]).toEqual(['json', 'json']);
  expect((await readdir(at('.'))).sort()).toEqual(['coco.json', 'coco.json.index']);
});

test('an index that is named and cannot be written is an error', async () => {
  await writeTiny();
  const index = at('none/cache');
  await expect(readCocoKeypoints(at('coco.json'), { index })).rejects.toThrow(DatasetError);
  await expect(readCocoKeypoints(at('coco.json'), { index })).rejects.toThrow(
    `${at('coco.json')}: expected to write its index to ${index}, but ENOENT`,
  );
});

test('several openings at once leave one whole index', async () => {
  await writeTiny();
  await Promise.all(Array.from({ length: 8 }, () => opened()));
  expect((await readdir(at('.'))).sort()).toEqual(['coco.json', 'coco.json.index']);
  expect(await opened()).toBe('index');
});
