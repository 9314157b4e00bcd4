import { ModelError, readCheckpoint } from '../../src';
import { zipRecords } from '../../src/checkpoint/zip-records';
import { EXPECTED, expectedValues, fixture } from './fixtures';
import { zipFile, type ZipFileOptions } from './zip-file';

const NAME = 'network.pth';

/** The records of a file of torch.save. */
function records(): [string, Uint8Array][] {
  const { names, read } = zipRecords(fixture(NAME));
  return names.map((name) => [name, read(name) as Uint8Array]);
}

/** With another content under `network/<name>`; without the record when there is none. */
function replaced(name: string, content?: Uint8Array | string): [string, Uint8Array][] {
  const rest = records().filter(([other]) => other !== `network/${name}`);
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return bytes ? [...rest, [`network/${name}`, bytes]] : rest;
}

test('zipRecords(bytes) are views of the records that PyTorch wrote', () => {
  const bytes = fixture(NAME);
  const { names, read } = zipRecords(bytes);
  expect(names.slice(0, 5)).toEqual(
    ['data.pkl', '.format_version', '.storage_alignment', 'byteorder', 'data/0'].map((name) => `network/${name}`),
  );
  expect(new TextDecoder().decode(read('network/byteorder'))).toBe('little');
  expect(read('network/data/0')?.buffer).toBe(bytes.buffer);
  // PyTorch aligns storages to 64 bytes.
  expect((read('network/data/0')?.byteOffset ?? NaN) % 64).toBe(0);
  expect(read('data/0')).toBeUndefined();
});

test.each<[string, ZipFileOptions]>([
  ['plain', {}],
  ['zip64', { zip64: true }],
  ['with a comment', { comment: 'a remark '.repeat(50) }],
])('readCheckpoint(%s archive)', (_, options) => {
  const { format, tensors } = readCheckpoint(zipFile(records(), options));
  expect(format).toBe('zip');
  for (const [key, tensor] of Object.entries(EXPECTED[NAME])) {
    expect(tensors.get(key)?.read()).toEqual(expectedValues(tensor));
  }
});

test.each<[string, Uint8Array, RegExp]>([
  [
    'compressed records',
    zipFile(records(), { method: 8 }),
    /^Expected uncompressed records .* found "network\/data.pkl" compressed \(method 8\)/,
  ],
  [
    'encrypted records',
    zipFile(records(), { flags: 1 }),
    /^Expected records without encryption, found "network\/data.pkl"/,
  ],
  [
    'a name twice',
    zipFile([...records(), records()[0]]),
    /^Expected each name once, found "network\/data.pkl" again at byte \d+ of the zip/,
  ],
  [
    'another archive',
    zipFile([['word/document.xml', Uint8Array.of(1)]]),
    /^Expected a zip archive of torch.save, .* 1 records: "word\/document.xml"$/,
  ],
  [
    'a big-endian file',
    zipFile(replaced('byteorder', 'big')),
    /^Expected a little-endian file, found byte order "big"/,
  ],
  [
    'a storage that is missing',
    zipFile(replaced('data/0')),
    /^"conv1.weight": expected 216 bytes in "network\/data\/0", found no such record$/,
  ],
  [
    'a storage that is too short',
    zipFile(replaced('data/0', '1234')),
    /^"conv1.weight": expected 216 bytes in "network\/data\/0", found 4$/,
  ],
  [
    'a pickle that is cut off',
    zipFile(replaced('data.pkl', '\x02')),
    /^Expected an opcode of a pickle, found byte 0x02 at byte 0 of network\/data.pkl$/,
  ],
])('readCheckpoint(...) refuses %s', (_, bytes, message) => {
  expect(() => readCheckpoint(bytes)).toThrow(message);
  expect(() => readCheckpoint(bytes)).toThrow(ModelError);
});

test('files from before the record of the byte order are taken for little-endian', () => {
  expect(readCheckpoint(zipFile(replaced('byteorder'))).tensors.size).toBe(8);
});

test('an archive with more records than bytes is refused', () => {
  const bytes = zipFile(records(), { zip64: true });
  const end64 = bytes.length - 22 - 20 - 56;
  const view = new DataView(bytes.buffer);
  view.setBigUint64(end64 + 32, 2n ** 63n, true);
  expect(() => readCheckpoint(bytes)).toThrow(
    /^Expected at most 1048576 records, found 922337203685477\d+ at byte \d+ of the zip archive$/,
  );
  view.setBigUint64(end64 + 32, 1000n, true);
  expect(() => readCheckpoint(bytes)).toThrow(
    /^Expected an entry of the central directory, found 0x06064b50 at byte \d+/,
  );
  view.setBigUint64(end64 + 48, 2n ** 40n, true);
  expect(() => readCheckpoint(bytes)).toThrow(/^Expected an offset of at most \d+, found 1099511627776 at byte \d+/);
});
