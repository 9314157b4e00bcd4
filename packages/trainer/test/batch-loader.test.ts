import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import type { PersonInstance } from '@pose/coco-dataset';
import { makeSyntheticCoco } from '@pose/synthetic-coco';
import { BatchLoader, type Batch, type BatchLoaderOptions } from '@pose/trainer';
import { runChild } from './children/run-child';
import { openTiny, TINY_SETTINGS, tinyData } from './synthetic-data';
import { temporaryFolder } from './temporary-folder';

const file = temporaryFolder();
let people: readonly PersonInstance[];
beforeAll(async () => {
  const { loader } = await openTiny(await tinyData(file('data')));
  people = loader.items;
});

const settings = TINY_SETTINGS;

/** Runs with a loader, and ends its threads. */
async function withLoader<T>(
  options: Partial<BatchLoaderOptions>,
  run: (loader: BatchLoader) => Promise<T>,
): Promise<T> {
  const loader = new BatchLoader({ items: people, settings, batchSize: 2, seed: 5, workers: 1, ...options });
  return run(loader).finally(() => loader.close());
}

async function collect(batches: AsyncGenerator<Batch>): Promise<Batch[]> {
  const all: Batch[] = [];
  for await (const batch of batches) all.push(batch);
  return all;
}

const bytes = ({ input, targets, weight, crops }: Batch) =>
  [input, ...targets, weight, crops].map(({ buffer, byteOffset, byteLength }) =>
    Buffer.from(buffer, byteOffset, byteLength),
  );
const ids = (batch: Batch) => batch.items.map(({ annotationId }) => annotationId);

/** The people, with the picture of the one at `index` in a file of its own that `change` has spoilt. */
async function spoil(index: number, name: string, change: (file: string) => Promise<void>): Promise<PersonInstance[]> {
  const imageFile = file(name);
  await cp(people[index].imageFile, imageFile);
  await change(imageFile);
  return people.map((person, i) => (i === index ? { ...person, imageFile } : person));
}

test('order and content are the same to the byte for 0, 1 and 3 workers', async () => {
  const load = (workers: number) => withLoader({ workers }, (loader) => collect(loader.shuffled(2)));
  const [none, one, three] = [await load(0), await load(1), await load(3)];
  expect(none.length).toBe(Math.ceil(people.length / 2));
  for (const other of [one, three]) {
    expect(other.map(ids)).toEqual(none.map(ids));
    other.forEach((batch, i) => bytes(batch).forEach((part, j) => expect(part.equals(bytes(none[i])[j])).toBe(true)));
  }
});

test('shuffled(epoch, first) goes on where shuffled(epoch) would be, and epochs differ in order and content', async () => {
  await withLoader({ workers: 0, batchSize: 3 }, async (loader) => {
    const all = await collect(loader.shuffled(0));
    const rest = await collect(loader.shuffled(0, 1));
    expect(rest.map(ids)).toEqual(all.slice(1).map(ids));
    rest.forEach((batch, i) => expect(bytes(batch)).toEqual(bytes(all[i + 1])));
    const next = await collect(loader.shuffled(1));
    expect(next.flatMap(ids)).not.toEqual(all.flatMap(ids));
    expect(next.flatMap(ids).sort()).toEqual(people.map(({ annotationId }) => annotationId).sort());
    expect(bytes(next[0])[0].equals(bytes(all[0])[0])).toBe(false);
  });
});

test('order(epoch) is that of shuffled(epoch), and chosen(places, epoch) gives its samples', async () => {
  await withLoader({ workers: 0, batchSize: 1 }, async (loader) => {
    const epoch = await collect(loader.shuffled(3));
    const order = loader.order(3);
    expect(epoch.flatMap(ids)).toEqual(Array.from(order, (place) => people[place].annotationId));
    const chosen = await collect(loader.chosen([order[2], order[0]], 3));
    expect(chosen.map(bytes)).toEqual([bytes(epoch[2]), bytes(epoch[0])]);
    expect(await collect(loader.chosen([], 3))).toEqual([]);
  });
});

test.each([0, 2])('with %i workers, two epochs read at the same time do not disturb each other', async (workers) => {
  // Images that take long enough to decode for the decoding of two of them to overlap.
  const root = file(`large-${workers}`);
  await makeSyntheticCoco({ out: root, seed: 3, train: 8, val: 1, imageSize: [640, 480] });
  const { loader: large } = await openTiny(root);
  const items = large.items;
  const read = async (loader: BatchLoader, epoch: number) =>
    (await collect(loader.shuffled(epoch))).map((batch) => bytes(batch)[0].toString('base64'));
  const alone = await withLoader({ items, workers: 0, batchSize: 1 }, async (loader) => [
    await read(loader, 0),
    await read(loader, 1),
  ]);
  await withLoader({ items, workers, batchSize: 1 }, async (loader) => {
    for (let round = 0; round < 4; round++) {
      const together = await Promise.all([read(loader, 0), read(loader, 1)]);
      together.forEach((epoch, i) => epoch.forEach((sample, k) => expect(sample === alone[i][k]).toBe(true)));
    }
  });
});

test('inOrder() gives everybody once, in order, the last batch smaller', async () => {
  const batchSize = people.length - 1;
  await withLoader({ batchSize, settings: { ...settings, augmentation: undefined } }, async (loader) => {
    expect([loader.batches, loader.samples, loader.batchSize, loader.seed]).toEqual([2, people.length, batchSize, 5]);
    const batches = await collect(loader.inOrder());
    expect(batches.map(({ items }) => items.length)).toEqual([batchSize, 1]);
    expect(batches.flatMap(ids)).toEqual(people.map(({ annotationId }) => annotationId));
    expect([batches[1].input.length, batches[1].targets[0].length]).toEqual([64 * 64 * 3, 16 * 16 * 17]);
    expect([batches[1].weight.length, batches[1].crops.length]).toEqual([17, 4]);
  });
});

describe.each([0, 2])('with %i workers, a batch that cannot be prepared fails in its turn', (workers) => {
  const failure = (spoilt: PersonInstance[]) =>
    withLoader({ workers, items: spoilt, batchSize: 1 }, (loader) => collect(loader.inOrder())).catch((e: Error) => e);

  test('a missing image', async () => {
    const error = await failure(await spoil(2, 'missing.jpg', (name) => rm(name)));
    expect(error).toMatchObject({
      name: 'TrainerError',
      message: expect.stringContaining(
        `Could not prepare a batch. ${file('missing.jpg')}: expected an image, but there is no such file`,
      ),
    });
  });

  test('a truncated image', async () => {
    const cut = async (name: string) => writeFile(name, (await readFile(name)).subarray(0, 1000));
    const error = await failure(await spoil(1, 'cut.jpg', cut));
    expect(error).toMatchObject({
      name: 'TrainerError',
      message: expect.stringContaining(`${file('cut.jpg')}: expected a whole image, but decoding 1000 bytes failed`),
    });
  });

  test('an image of another size than annotated', async () => {
    const wrong = people.map((person, i) =>
      i === 1 ? { ...person, imageSize: [128, 96] as [number, number] } : person,
    );
    expect(await failure(wrong)).toMatchObject({
      name: 'TrainerError',
      message: expect.stringContaining(
        `${people[1].imageFile}: expected 128x96 pixels (width x height), the size that image ${people[1].imageId} is annotated with, found 128x128`,
      ),
    });
  });
});

describe.each([0, 2])('with %i workers, images that cannot be used are skipped on demand', (workers) => {
  test('each is reported once, and its people are left out', async () => {
    const cut = async (name: string) => writeFile(name, (await readFile(name)).subarray(0, 1000));
    const items = await spoil(1, `skipped-${workers}.jpg`, cut);
    const messages: string[] = [];
    const onSkip = (message: string) => messages.push(message);
    await withLoader({ workers, items, batchSize: 3, onUnreadable: 'skip', onSkip }, async (loader) => {
      const good = await withLoader({ workers: 0, batchSize: 3 }, (whole) => collect(whole.inOrder()));
      for (let epoch = 0; epoch < 2; epoch++) {
        const batches = await collect(loader.inOrder());
        expect(batches.flatMap(ids)).toEqual(good.flatMap(ids).filter((_, i) => i !== 1));
        expect(bytes(batches[1])).toEqual(bytes(good[1]));
        const { input, weight } = batches[0];
        const size = 64 * 64 * 3;
        expect([input.subarray(0, size), input.subarray(size)]).toEqual([
          good[0].input.subarray(0, size),
          good[0].input.subarray(2 * size),
        ]);
        expect(weight).toHaveLength(2 * 17);
      }
    });
    expect(messages).toEqual([expect.stringMatching(/^Skipped: .*skipped-\d\.jpg: expected a whole image/)]);
  });

  test('a batch of which nothing is left does not come, and data of which nothing is left is an error', async () => {
    const items = people.map((person, i) => (i === 1 ? person : { ...person, imageFile: file('nowhere.jpg') }));
    const onSkip = jest.fn();
    await withLoader({ workers, items, batchSize: 1, onUnreadable: 'skip', onSkip }, async (loader) => {
      expect((await collect(loader.inOrder())).map(({ index }) => index)).toEqual([1]);
    });
    expect(onSkip).toHaveBeenCalledTimes(1);
    const none = items.filter((_, i) => i !== 1);
    await withLoader({ workers, items: none, onUnreadable: 'skip', onSkip }, async (loader) => {
      await expect(collect(loader.inOrder())).rejects.toThrow(`None of the ${none.length} images can be used.`);
    });
  });
});

test.each([0, 2])('with %i workers, released arrays are written to again, with the same content', async (workers) => {
  const fresh = await withLoader({ workers: 0 }, (loader) => collect(loader.shuffled(0)));
  await withLoader({ workers }, async (loader) => {
    const buffers = new Set<ArrayBufferLike>();
    let before: Batch | undefined;
    for (let epoch = 0; epoch < 3; epoch++) {
      for await (const batch of loader.shuffled(0)) {
        expect(bytes(batch)).toEqual(bytes(fresh[batch.index]));
        buffers.add(batch.input.buffer);
        batch.release();
        batch.release();
        before = batch;
      }
    }
    // Without workers there is one set of arrays; handed to a worker, a buffer is empty on this side.
    if (workers === 0) expect(buffers.size).toBe(1);
    else expect([...buffers].filter(({ byteLength }) => byteLength > 0).length).toBeLessThanOrEqual(workers + 1);
    expect(before?.items).toBeDefined();
  });
});

test('a failure behind the batch in use is not an unhandled rejection, and the batches before it are good', async () => {
  const items = await spoil(1, 'later.jpg', (name) => rm(name));
  // Node ends with status 1 on an unhandled rejection. Jest's own `process` tells nothing of them.
  const ended = await runChild('spoilt-batch.cjs', { input: { items, settings, batchSize: 1, workers: 1 } });
  expect(ended).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('later.jpg') });
});

test.each([0, 4])('close() ends the %d threads', async (workers) => {
  const ended = await runChild('close-loader.cjs', { input: { items: people, settings, batchSize: 1, workers } });
  expect(ended).toMatchObject({ code: 0, stderr: '' });
  expect(JSON.parse(ended.stdout)).toEqual({ started: workers, ended: workers });
});

test('after close() loading fails', async () => {
  const loader = new BatchLoader({ items: people, settings, batchSize: 1, workers: 1 });
  await loader.close();
  await expect(loader.shuffled(0).next()).rejects.toThrow('Could not prepare a batch. The loader is closed.');
});

test('settings out of range are refused', () => {
  const make = (options: Partial<BatchLoaderOptions>) => () =>
    new BatchLoader({ items: people, settings, batchSize: 1, workers: 0, ...options });
  expect(make({ items: [] })).toThrow('items: expected at least one person or image, found none.');
  expect(make({ batchSize: 0 })).toThrow('batchSize: expected a whole number, 1 or more, found 0.');
  expect(make({ workers: 1.5 })).toThrow('workers: expected a whole number, 0 or more, found 1.5.');
  expect(make({ seed: -1 })).toThrow('seed: expected a whole number, 0 or more, found -1.');
});
