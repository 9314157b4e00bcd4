import { renameSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeSyntheticCoco } from '@pose/synthetic-coco';
import { renderImage } from '../src/render-image';
import { renderImages } from '../src/render-images';

let folder: string;
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'synthetic-coco-'))));
afterEach(() => rm(folder, { recursive: true, force: true }));

const small = { seed: 9, imageSize: [64, 64] as [number, number] };

test('makeSyntheticCoco gives what renderImage gives, image by image, when threads share the work', async () => {
  const progress: number[] = [];
  const { train, val } = await makeSyntheticCoco({
    out: join(folder, 'set'),
    ...small,
    train: 60,
    val: 20,
    onProgress: (done) => progress.push(done),
  });
  expect(progress).toEqual(Array.from({ length: 80 }, (_, i) => i + 1));
  for (const [split, index, { annotationFile, imageFolder }, name] of [
    ['train', 0, train, '000000000001.jpg'],
    ['train', 59, train, '000000000060.jpg'],
    ['val', 19, val, '000001000020.jpg'],
  ] as const) {
    const file = join(folder, name);
    const people = await renderImage({ ...small, split, index, file, jpegQuality: 88 });
    expect((await readFile(join(imageFolder, name))).equals(await readFile(file))).toBe(true);
    const { annotations } = JSON.parse(await readFile(annotationFile, 'utf8')) as {
      annotations: { image_id: number }[];
    };
    expect(annotations.filter(({ image_id }) => image_id === parseInt(name, 10))).toMatchObject(people);
  }
});

test('a failure in a thread ends the work and comes through', async () => {
  const out = join(folder, 'set');
  const cut = makeSyntheticCoco({
    out,
    ...small,
    train: 80,
    val: 0,
    onProgress: (done) => {
      if (done === 5) renameSync(join(out, 'train2017'), join(folder, 'moved'));
    },
  });
  await expect(cut).rejects.toThrow('ENOENT');
});

test('renderImages begins no image after a failure', async () => {
  const begun: number[] = [];
  const imageAt = (place: number) => {
    begun.push(place);
    const file = join(folder, place === 1 ? 'missing/1.jpg' : `${place}.jpg`);
    return { ...small, split: 'train', index: place, file, jpegQuality: 88 };
  };
  await expect(renderImages(20, imageAt)).rejects.toThrow('ENOENT');
  expect(begun.length).toBeLessThan(5);
});
