import { cp, rm } from 'node:fs/promises';
import { basename } from 'node:path';
import type { PersonInstance } from '@pose/coco-dataset';
import { BatchLoader, type Batch } from '@pose/trainer';
import { buildBatch } from '../src/data/build-batch';
import { keepsImages } from '../src/data/keeps-images';
import { shuffledOrder } from '../src/data/shuffled-order';
import { Workspace } from '../src/data/workspace';
import { openTiny, TINY_SETTINGS, tinyData } from './synthetic-data';
import { temporaryFolder } from './temporary-folder';

const file = temporaryFolder();
let people: readonly PersonInstance[];
beforeAll(async () => {
  people = (await openTiny(await tinyData(file('data')))).loader.items;
});

const [seed, batchSize] = [5, 2];
const settings = TINY_SETTINGS;

const base64 = ({ input }: Pick<Batch, 'input'>) =>
  Buffer.from(input.buffer, input.byteOffset, input.byteLength).toString('base64');

/** The batches of an epoch, of which every sample is decoded by itself. */
async function decodedAnew(epoch: number): Promise<string[]> {
  const order = shuffledOrder(people.length, seed, epoch);
  const all: string[] = [];
  for (let from = 0; from < order.length; from += batchSize) {
    const places = [...order.subarray(from, from + batchSize)];
    const seeds = places.map((place) => [seed, epoch, place]);
    const items = places.map((place) => people[place]);
    const task = { settings, items, seeds, capacity: batchSize, skipUnreadable: false, keepImages: false };
    all.push(base64((await buildBatch<'top-down'>(task, new Workspace())).arrays));
  }
  return all;
}

async function inputs(batches: AsyncGenerator<Batch>): Promise<string[]> {
  const all: string[] = [];
  for await (const batch of batches) all.push(base64(batch));
  return all;
}

test.each([0, 1])(
  '%i workers decode each image of a small set once: later epochs do without the files',
  async (workers) => {
    const copies = file(`copies-${workers}`);
    const items = people.map((person) => ({ ...person, imageFile: `${copies}/${basename(person.imageFile)}` }));
    for (const [i, { imageFile }] of people.entries()) await cp(imageFile, items[i].imageFile);
    const loader = new BatchLoader({ items, settings, batchSize, seed, workers });
    try {
      expect(await inputs(loader.shuffled(0))).toEqual(await decodedAnew(0));
      await rm(copies, { recursive: true });
      expect(await inputs(loader.shuffled(1))).toEqual(await decodedAnew(1));
      await expect(inputs(loader.inOrder())).rejects.toThrow('there is no such file');
    } finally {
      await loader.close();
    }
  },
);

test('keepsImages: the images of all threads fit into 512 MB, each counted once', () => {
  const image = (id: number) => ({ imageId: id, imageFile: `${id}.jpg`, imageSize: [1024, 1024] as const });
  const images = (count: number) => Array.from({ length: count }, (_, i) => image(i));
  expect(keepsImages(images(170), 1)).toBe(true);
  expect(keepsImages(images(171), 1)).toBe(false);
  expect(keepsImages(images(85), 2)).toBe(true);
  expect(keepsImages(images(86), 2)).toBe(false);
  expect(keepsImages([...images(170), ...images(170)], 1)).toBe(true);
});
