import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import type { CocoFile } from '../src/coco-file';
import { makeSyntheticCoco } from '../src/make-synthetic-coco';
import { SyntheticCocoError } from '../src/synthetic-coco-error';

let folder: string;
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'synthetic-coco-'))));
afterEach(() => rm(folder, { recursive: true, force: true }));

const small = { seed: 9, train: 6, val: 3, imageSize: [128, 96] as [number, number] };
const coco = async (path: string) => JSON.parse(await readFile(path, 'utf8')) as CocoFile;

async function bytes(root: string): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const entry of (await readdir(root, { recursive: true, withFileTypes: true })).filter((e) => e.isFile())) {
    const path = join(entry.parentPath, entry.name);
    files[path.slice(root.length)] = (await readFile(path)).toString('base64');
  }
  return files;
}

test('writes a COCO layout whose files are valid and belong together', async () => {
  const progress: [number, number][] = [];
  const out = join(folder, 'set');
  const made = await makeSyntheticCoco({ out, ...small, onProgress: (done, total) => progress.push([done, total]) });
  expect(progress).toEqual(Array.from({ length: 9 }, (_, i) => [i + 1, 9]));
  expect((await readdir(out)).sort()).toEqual(['annotations', 'synthetic.json', 'train2017', 'val2017']);
  expect((await readdir(join(out, 'annotations'))).sort()).toEqual([
    'person_keypoints_train2017.json',
    'person_keypoints_val2017.json',
  ]);
  const allIds = new Set<number>();
  for (const split of [made.train, made.val]) {
    const file = await coco(split.annotationFile);
    expect(file.images.map((image) => image.file_name)).toEqual((await readdir(split.imageFolder)).sort());
    expect(file.images.length).toBe(split.images);
    expect(file.annotations.length).toBe(split.people);
    expect(file.categories).toHaveLength(1);
    expect(file.categories[0]).toMatchObject({ id: 1, name: 'person', supercategory: 'person' });
    expect(file.categories[0].keypoints).toHaveLength(17);
    expect(file.categories[0].skeleton).toHaveLength(19);
    const imageIds = new Set(file.images.map((image) => image.id));
    for (const id of [...imageIds, ...file.annotations.map((a) => a.id)]) {
      expect(allIds.has(id)).toBe(false);
      allIds.add(id);
    }
    for (const annotation of file.annotations) {
      expect(imageIds.has(annotation.image_id)).toBe(true);
      expect(annotation).toMatchObject({ category_id: 1, iscrowd: 0 });
      expect(annotation.keypoints).toHaveLength(51);
      expect(annotation.num_keypoints).toBe(annotation.keypoints.filter((v, i) => i % 3 === 2 && v > 0).length);
      expect(annotation.segmentation[0].length).toBeGreaterThanOrEqual(6);
    }
    for (const image of file.images) {
      const info = await sharp(join(split.imageFolder, image.file_name)).metadata();
      expect([info.format, info.width, info.height]).toEqual(['jpeg', 128, 96]);
    }
  }
  expect(made.train.imageFolder).toBe(join(out, 'train2017'));
  expect((await coco(made.train.annotationFile)).images[0].file_name).toBe('000000000001.jpg');
});

test('the same options give the same bytes, another seed gives others, and the splits share no image', async () => {
  const [a, b, c] = ['a', 'b', 'c'].map((name) => join(folder, name));
  await makeSyntheticCoco({ out: a, ...small });
  await makeSyntheticCoco({ out: b, ...small });
  await makeSyntheticCoco({ out: c, ...small, seed: 10 });
  const first = await bytes(a);
  expect(await bytes(b)).toEqual(first);
  const other = await bytes(c);
  expect(Object.keys(other)).toEqual(Object.keys(first));
  for (const path of Object.keys(first)) expect(other[path]).not.toBe(first[path]);
  const images = Object.entries(first).filter(([path]) => path.endsWith('.jpg'));
  expect(new Set(images.map(([, data]) => data)).size).toBe(9);
});

test('a longer set starts with the shorter one', async () => {
  const short = await makeSyntheticCoco({ out: join(folder, 'short'), ...small });
  const long = await makeSyntheticCoco({ out: join(folder, 'long'), ...small, train: 8, val: 4 });
  const [few, many] = [await bytes(short.root), await bytes(long.root)];
  for (const path of Object.keys(few)) if (path.endsWith('.jpg')) expect(many[path]).toBe(few[path]);
  for (const split of ['train', 'val'] as const) {
    const [start, whole] = [await coco(short[split].annotationFile), await coco(long[split].annotationFile)];
    expect(whole.images.slice(0, start.images.length)).toEqual(start.images);
    expect(whole.annotations.slice(0, start.annotations.length)).toEqual(start.annotations);
  }
});

test('a complete set of the same options is left alone', async () => {
  const out = join(folder, 'set');
  const first = await makeSyntheticCoco({ out, ...small });
  const before = await stat(first.train.annotationFile);
  const again = await makeSyntheticCoco({ out, ...small, onProgress: () => expect('an image').toBe('made again') });
  expect(again).toEqual(first);
  expect((await stat(first.train.annotationFile)).mtimeMs).toBe(before.mtimeMs);
});

test.each(['annotations/person_keypoints_val2017.json', 'train2017/000000000002.jpg'])(
  'a set that lacks %s is made again',
  async (missing) => {
    const out = join(folder, 'set');
    await makeSyntheticCoco({ out, ...small });
    const whole = await bytes(out);
    await rm(join(out, missing));
    await makeSyntheticCoco({ out, ...small });
    expect(await bytes(out)).toEqual(whole);
  },
);

test('a run that is cut off leaves no annotation file, and the next run completes it', async () => {
  const out = join(folder, 'set');
  const cut = makeSyntheticCoco({
    out,
    ...small,
    onProgress: (done) => {
      if (done === 3) throw new Error('cut off');
    },
  });
  await expect(cut).rejects.toThrow('cut off');
  expect(await readdir(join(out, 'annotations'))).toEqual([]);
  await makeSyntheticCoco({ out, ...small });
  await makeSyntheticCoco({ out: join(folder, 'other'), ...small });
  expect(await bytes(out)).toEqual(await bytes(join(folder, 'other')));
});

test('refuses a folder with other files, and leaves it as it was', async () => {
  await mkdir(join(folder, 'mine'));
  await writeFile(join(folder, 'mine', 'thesis.txt'), 'text');
  const call = makeSyntheticCoco({ out: join(folder, 'mine'), ...small });
  await expect(call).rejects.toThrow(SyntheticCocoError);
  await expect(call).rejects.toThrow('to be new, empty or a synthetic set (with synthetic.json), found other files');
  expect(await readdir(join(folder, 'mine'))).toEqual(['thesis.txt']);
});

test('refuses a set of other options, and says which', async () => {
  const out = join(folder, 'set');
  await makeSyntheticCoco({ out, ...small });
  const before = await bytes(out);
  const call = makeSyntheticCoco({ out, ...small, seed: 10, train: 7 });
  await expect(call).rejects.toThrow(SyntheticCocoError);
  await expect(call).rejects.toThrow('found seed 9 instead of 10, train 6 instead of 7');
  expect(await bytes(out)).toEqual(before);
});

test.each(['not json', 'null', '{"generator":"another"}'])('refuses a synthetic.json that holds %s', async (text) => {
  await writeFile(join(folder, 'synthetic.json'), text);
  await expect(makeSyntheticCoco({ out: folder, ...small })).rejects.toThrow(SyntheticCocoError);
  expect(await readdir(folder)).toEqual(['synthetic.json']);
});

test.each([
  [{ train: -1 }, 'Expected train to be a whole number from 0 to 1000000, found -1'],
  [{ val: 0.5 }, 'Expected val'],
  [{ train: 0, val: 0 }, 'Expected train + val to be at least 1, found 0'],
  [{ seed: -3 }, 'Expected seed'],
  [{ jpegQuality: 0 }, 'Expected jpegQuality to be a whole number from 1 to 100, found 0'],
  [{ imageSize: [256] as unknown as [number, number] }, 'Expected imageSize to be [width, height], found [256]'],
  [{ imageSize: [256, 32] as [number, number] }, 'Expected imageSize[1]'],
  [{ maxPeople: 9 }, 'Expected maxPeople'],
  [{ out: '' }, "Expected out to be a folder's path"],
])('refuses %j before it writes anything', async (change, message) => {
  const out = join(folder, 'set');
  const call = makeSyntheticCoco({ out, ...small, ...change });
  await expect(call).rejects.toThrow(SyntheticCocoError);
  await expect(call).rejects.toThrow(message);
  expect(await readdir(folder)).toEqual([]);
});
