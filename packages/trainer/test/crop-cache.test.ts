import { readdirSync, readFileSync, statSync } from 'node:fs';
import { cp, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { COCO_SKELETON, type PersonInstance } from '@pose/coco-dataset';
import { BatchLoader, prepareCropCache, SIMPLE_BASELINE_AUGMENTATION, type TopDownSettings } from '@pose/trainer';
import { openTiny, tinyData } from './synthetic-data';
import { temporaryFolder } from './temporary-folder';

const file = temporaryFolder();
let people: readonly PersonInstance[];
beforeAll(async () => {
  people = (await openTiny(await tinyData(file('data')))).loader.items;
});

const settings: TopDownSettings = {
  kind: 'top-down',
  inputSize: [48, 64],
  heatmapSizes: [[12, 16]],
  encoding: { type: 'gaussian' },
  flipPairs: COCO_SKELETON.flipPairs,
  augmentation: {
    ...SIMPLE_BASELINE_AUGMENTATION,
    halfBody: { probability: 0.5, minKeypoints: 3, upperBody: COCO_SKELETON.upperBody },
  },
};
const HEADER = 8 + 32 + 8;

const prepare = (name: string, changes: Partial<Parameters<typeof prepareCropCache>[0]> = {}) =>
  prepareCropCache({ file: file(name), people, settings, workers: 0, onUnreadable: 'fail', ...changes });

async function epoch(changes: Partial<TopDownSettings>, workers: number, number: number) {
  const loader = new BatchLoader({
    items: people,
    settings: { ...settings, ...changes },
    batchSize: 4,
    workers,
    seed: 3,
  });
  const samples: number[][] = [];
  for await (const batch of loader.shuffled(number)) {
    samples.push([...batch.input, ...batch.targets[0], ...batch.weight, ...batch.crops]);
    batch.release();
  }
  await loader.close();
  return samples;
}

test.each([0, 2])('with %i workers, samples from the cache are those from the images, to the byte', async (workers) => {
  const name = `same-${workers}.cache`;
  await prepare(name, { workers });
  for (const number of [0, 1, 2]) {
    expect(await epoch({ cropCache: file(name) }, workers, number)).toEqual(await epoch({}, 0, number));
  }
});

test('samples are made of the cache alone: the images may be gone', async () => {
  await cp(file('data'), file('gone'), { recursive: true, preserveTimestamps: true });
  const items = people.map((person) => ({ ...person, imageFile: person.imageFile.replace('/data/', '/gone/') }));
  await prepare('gone.cache', { people: items });
  await rm(file('gone'), { recursive: true });
  const read = async (source: readonly PersonInstance[], cropCache?: string) => {
    const plain = { ...settings, augmentation: { ...SIMPLE_BASELINE_AUGMENTATION }, cropCache };
    const loader = new BatchLoader({ items: source, settings: plain, batchSize: 3, workers: 0 });
    const inputs: number[] = [];
    for await (const { input } of loader.shuffled(0)) inputs.push(...input);
    return inputs;
  };
  expect(await read(items, file('gone.cache'))).toEqual(await read(people));
});

test('a cache is used again, and made anew for other people, settings or images', async () => {
  const made = async (changes: Parameters<typeof prepare>[1] = {}) => {
    const start = jest.fn();
    const reporter = { start, advance: jest.fn(), stop: jest.fn(), line: jest.fn() };
    await prepare('again.cache', { reporter, ...changes });
    return start.mock.calls.length > 0;
  };
  expect(await made()).toBe(true);
  expect(await made()).toBe(false);
  expect(await made({ people: people.slice(1) })).toBe(true);
  expect(await made({ people: [...people.slice(1), people[1]] })).toBe(false);
  expect(await made()).toBe(true);
  expect(await made({ settings: { ...settings, augmentation: undefined } })).toBe(true);
  expect(await made()).toBe(true);
  const { atime, mtime } = statSync(people[0].imageFile);
  await utimes(people[0].imageFile, atime, new Date());
  expect(await made()).toBe(true);
  await utimes(people[0].imageFile, atime, mtime);
  expect(await made()).toBe(true);
  await truncate(file('again.cache'), statSync(file('again.cache')).size - 1);
  expect(await made()).toBe(true);
  expect(await made()).toBe(false);
  for (const at of [0.1, 0.5, 0.9].map((share) => HEADER + Math.floor(share * 40 * people.length))) {
    const bytes = readFileSync(file('again.cache'));
    bytes[at] ^= 1; // among the columns, 40 bytes a person
    await writeFile(file('again.cache'), bytes);
    expect(await made()).toBe(true);
  }
  expect(await made()).toBe(false);
});

test('a cache that is cut off while it is in use is an error that says what to do', async () => {
  await prepare('cut.cache');
  await truncate(file('cut.cache'), 2000);
  await expect(epoch({ cropCache: file('cut.cache') }, 0, 0)).rejects.toThrow(
    /cut\.cache: expected \d+ bytes at \d+, found the end of the file/,
  );
  await truncate(file('cut.cache'), HEADER - 1);
  await expect(epoch({ cropCache: file('cut.cache') }, 0, 0)).rejects.toThrow('found the end of the file. Remove it');
});

test('a cache that nobody has made is an error that says who does', async () => {
  const failed = epoch({ cropCache: file('none.cache') }, 0, 0);
  await expect(failed).rejects.toThrow(
    /none\.cache: expected a crop cache, but it cannot be opened: ENOENT.*prepareCropCache/,
  );
});

test('another file is not replaced', async () => {
  await writeFile(file('notes.txt'), 'These are my notes, and they are longer than the header of a crop cache.');
  await expect(prepare('notes.txt')).rejects.toThrow(
    'notes.txt: expected a crop cache to replace, found another file.',
  );
  expect(readFileSync(file('notes.txt'), 'utf8')).toMatch(/^These are my notes/);
});

describe('an image that cannot be used', () => {
  const broken = () => people.map((person, i) => (i === 1 ? { ...person, imageFile: file('nowhere.jpg') } : person));

  test('ends the making, and nothing is left', async () => {
    await expect(prepare('broken.cache', { people: broken() })).rejects.toThrow('nowhere.jpg: expected an image');
    expect(readdirSync(file('.')).filter((name) => name.startsWith('broken'))).toEqual([]);
  });

  test('or is left to the loader, which reports it once and skips it', async () => {
    await prepare('skip.cache', { people: broken(), onUnreadable: 'skip' });
    const onSkip = jest.fn();
    const loader = new BatchLoader({
      items: broken(),
      settings: { ...settings, cropCache: file('skip.cache') },
      batchSize: 4,
      workers: 0,
      onUnreadable: 'skip',
      onSkip,
    });
    let count = 0;
    for await (const { items } of loader.inOrder()) count += items.length;
    expect(count).toBe(people.length - 1);
    expect(onSkip.mock.calls).toEqual([[expect.stringContaining('nowhere.jpg')]]);
  });
});

test('a disk without room for it is an error that says how much is needed', async () => {
  const vast = people.map((person, i) => ({
    ...person,
    annotationId: i,
    imageSize: [1e6, 1e6] as [number, number],
    box: [0, 0, 1e6, 1e6] as [number, number, number, number],
  }));
  await expect(prepare('vast.cache', { people: vast })).rejects.toThrow(
    /the crop cache needs \d+\.\d GB, but the disk has \d+\.\d GB left/,
  );
  await expect(prepare('no/such/folder.cache')).rejects.toThrow('folder.cache: expected a folder for the crop cache');
});

test('what a killed process had begun is removed', async () => {
  const begun = `${file('begun.cache')}.999999999.tmp`;
  await writeFile(begun, 'x');
  await writeFile(file('begun.cache.other'), 'y');
  await prepare('begun.cache');
  const names = readdirSync(dirname(begun)).filter((name) => name.startsWith('begun'));
  expect(names).toEqual(['begun.cache', 'begun.cache.other']);
  expect(names).not.toContain(basename(begun));
});
