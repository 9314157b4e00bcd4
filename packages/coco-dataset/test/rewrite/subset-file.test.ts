import { link, readdir, readFile, writeFile } from 'node:fs/promises';
import fc from 'fast-check';
import { DatasetError } from '../../src/dataset-error';
import { subsetFile } from '../../src/rewrite/subset-file';
import type { SubsetOptions } from '../../src/subset/subset';
import { chooseImages } from '../../src/subset/choose-images';
import { temporaryFolder } from '../temporary-folder';
import { CATEGORY, cocoText, cocoTexts } from './coco-json';

const at = temporaryFolder();

async function run(text: string, options: SubsetOptions): Promise<string> {
  await writeFile(at('in.json'), text);
  await subsetFile(at('in.json'), at('out.json'), options);
  return readFile(at('out.json'), 'utf8');
}

test('subsetFile copies chosen images with their annotations, every element byte by byte', async () => {
  const options = fc.oneof(
    fc.record({ first: fc.integer({ min: 1, max: 12 }) }),
    fc.record({ share: fc.integer({ min: 1, max: 100 }).map((n) => n / 100), seed: fc.nat() }),
  );
  await fc.assert(
    fc.asyncProperty(cocoTexts(7), options, async (coco, choice) => {
      const ids = coco.images.map(({ id }) => id);
      const chosen = new Set(chooseImages(ids, choice, ''));
      const images = coco.images.filter(({ id }) => chosen.has(id));
      const annotations = coco.annotations.filter(({ image_id }) => chosen.has(image_id));
      const written = await run(cocoText(coco), choice);
      expect(JSON.parse(written)).toEqual(JSON.parse(cocoText({ ...coco, images, annotations })));
      for (const { text } of [...images, ...annotations]) expect(written).toContain(`\n${text}`);
      for (const text of [CATEGORY, '{"year": 2017.0}', '1.0']) expect(written).toContain(text);
    }),
    { numRuns: 60 },
  );
});

test('a subset of all images, and a subset of that, are the same bytes', async () => {
  await fc.assert(
    fc.asyncProperty(cocoTexts(0), async (coco) => {
      const once = await run(cocoText(coco), { share: 1 });
      expect(await run(once, { share: 1 })).toBe(once);
    }),
    { numRuns: 20 },
  );
});

test('subsetFile with withKeypoints keeps only people with labelled keypoints', async () => {
  const person = (id: number, image_id: number, keypoints: string, iscrowd = 0) => ({
    id,
    image_id,
    text: `{"id":${id},"image_id":${image_id},"keypoints":${keypoints},"iscrowd":${iscrowd}}`,
  });
  const text = cocoText({
    members: [],
    images: [1, 2, 3].map((id) => ({ id, text: `{"id":${id}}` })),
    annotations: [
      person(10, 3, '[1,2,1]'),
      person(11, 3, '[0,0,0]'),
      person(12, 1, '[0,0,0]'),
      person(13, 2, '[1,2,2]', 1),
    ],
  });
  const written = JSON.parse(await run(text, { withKeypoints: true })) as Record<string, { id: number }[]>;
  expect(written.images.map(({ id }) => id)).toEqual([3]);
  expect(written.annotations.map(({ id }) => id)).toEqual([10]);
});

test('elements may be larger than the buffers', async () => {
  const long = 'x'.repeat(2 ** 20 - 30);
  const images = [1, 2, 3, 4].map((id) => ({ id, note: long.repeat(id) }));
  const text = JSON.stringify({ images, annotations: [] });
  expect(JSON.parse(await run(text, { first: 3 }))).toEqual({ images: images.slice(0, 3), annotations: [] });
});

const GOOD = '{"images": [{"id": 1}], "annotations": [{"id": 5, "image_id": 1}]}';

test.each<[string, string, SubsetOptions, string]>([
  ['no images', '{"annotations": []}', { first: 1 }, ': images: expected an array, found nothing: not a COCO file'],
  [
    'no annotations',
    '{"images": []}',
    { first: 1 },
    ': annotations: expected an array, found nothing: not a COCO file',
  ],
  [
    'an image list that stands twice',
    '{"images": [], "images": []}',
    {},
    ': images: expected one such list, found it again',
  ],
  ['no id', '{"images": [{"ids": 1}]}', {}, ': images[0].id: expected a whole number, found nothing'],
  ['an id of text', '{"images": [{"id": 1}, {"id": "1"}]}', {}, ': images[1].id: expected a whole number, found "1"'],
  ['a number as image', '{"images": [3]}', {}, ': images[0].id: expected a whole number, found nothing'],
  [
    'an image that is not listed',
    '{"images": [{"id": 1}], "annotations": [{"id": 5, "image_id": 2}]}',
    { first: 1 },
    ': annotations[0].image_id: expected the id of one of the images, found 2',
  ],
  [
    'no keypoints',
    GOOD,
    { withKeypoints: true },
    ': annotations[0].keypoints: expected flat [x, y, v] triplets, found none',
  ],
  ['an unknown id', GOOD, { imageIds: [4] }, ': images: expected the ids 4 among 1 images, found 1 of 1 missing'],
  [
    'a cut-off file',
    GOOD.slice(0, -2),
    { first: 1 },
    ':1:65: expected JSON, found the end of the file after 64 characters (cut off?)',
  ],
])('%s is refused, and nothing is written', async (_, text, options, message) => {
  await writeFile(at('out.json'), 'before');
  await expect(run(text, options)).rejects.toThrow(new DatasetError(at('in.json') + message));
  expect(await readFile(at('out.json'), 'utf8')).toBe('before');
  expect((await readdir(at('.'))).sort()).toEqual(['in.json', 'out.json']);
});

test('the input is never overwritten, under whatever name', async () => {
  await writeFile(at('in.json'), GOOD);
  await link(at('in.json'), at('link.json'));
  for (const output of [at('in.json'), `${at('.')}/x/../in.json`, at('link.json')]) {
    await expect(subsetFile(at('in.json'), output, { first: 1 })).rejects.toThrow(
      new DatasetError(`${output}: expected another file than the input ${at('in.json')} to write to, found the same`),
    );
  }
  expect(await readFile(at('in.json'), 'utf8')).toBe(GOOD);
});

test('a folder that is not there is an error', async () => {
  await writeFile(at('in.json'), GOOD);
  await expect(subsetFile(at('in.json'), at('none/out.json'), { first: 1 })).rejects.toThrow(
    /none\/out\.json: cannot be written: ENOENT/,
  );
});
