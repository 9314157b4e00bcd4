import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { DatasetError } from '../../src/dataset-error';
import { withFileBytes } from '../../src/image/with-file-bytes';
import { temporaryFolder } from '../temporary-folder';

const at = temporaryFolder();
const limits = { maxBytes: 2 ** 20 };
const copyOf = (bytes: Buffer) => Promise.resolve(Buffer.from(bytes));

test('withFileBytes(file, limits, use) hands over the whole file, or its beginning', async () => {
  const content = Buffer.from(Array.from({ length: 70_000 }, (_, i) => (i * 31) & 255));
  await writeFile(at('file'), content);
  expect(await withFileBytes(at('file'), limits, copyOf)).toEqual(content);
  expect(await withFileBytes(at('file'), { ...limits, atMost: 100 }, copyOf)).toEqual(content.subarray(0, 100));
});

test('memory is used again for the next file, but not while it is in use', async () => {
  await writeFile(at('a'), 'aaaa');
  await writeFile(at('b'), 'bb');
  const memory = (bytes: Buffer) => Promise.resolve(bytes.buffer);
  const first = await withFileBytes(at('a'), limits, memory);
  expect(await withFileBytes(at('b'), limits, memory)).toBe(first);
  const texts = await withFileBytes(at('a'), limits, async (outer) => {
    const inner = await withFileBytes(at('b'), limits, (bytes) => Promise.resolve(bytes.toString()));
    return [outer.toString(), inner];
  });
  expect(texts).toEqual(['aaaa', 'bb']);
});

test('memory is free again after an error', async () => {
  await writeFile(at('a'), 'aaaa');
  const first = await withFileBytes(at('a'), limits, (bytes) => Promise.resolve(bytes.buffer));
  await expect(withFileBytes(at('a'), limits, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await withFileBytes(at('a'), limits, (bytes) => Promise.resolve(bytes.buffer))).toBe(first);
});

test('a file above the limit is not read', async () => {
  await writeFile(at('large'), Buffer.alloc(1001));
  await expect(withFileBytes(at('large'), { maxBytes: 1000 }, copyOf)).rejects.toThrow(
    new DatasetError(
      `${at('large')}: expected an image file of at most 1000 bytes, found 1001. ` +
        `Raise maxBytes if that is its size, else take it out of the annotations`,
    ),
  );
});

test('a pipe or a device is refused rather than waited for', async () => {
  execFileSync('mkfifo', [at('pipe')]);
  for (const file of [at('pipe'), '/dev/zero']) {
    await expect(withFileBytes(file, limits, copyOf)).rejects.toMatchObject({
      name: 'DatasetError',
      message: `${file}: expected an image, but it cannot be read: it is not a regular file`,
    });
  }
});

test('a path with a null byte is an error of the data', async () => {
  await expect(withFileBytes('a\0b', limits, copyOf)).rejects.toThrow(DatasetError);
});
