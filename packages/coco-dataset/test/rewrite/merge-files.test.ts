import { readdir, readFile, writeFile } from 'node:fs/promises';
import fc from 'fast-check';
import { DatasetError } from '../../src/dataset-error';
import { mergeFiles, type MergeOptions } from '../../src/rewrite/merge-files';
import { subsetFile } from '../../src/rewrite/subset-file';
import { temporaryFolder } from '../temporary-folder';
import { CATEGORY, cocoText, cocoTexts, type CocoText } from './coco-json';

const at = temporaryFolder();

interface CocoJson {
  images: { id: number; file_name: string }[];
  annotations: { id: number; image_id: number }[];
}

async function run(texts: readonly string[], options?: MergeOptions): Promise<string> {
  const inputs = texts.map((_, i) => at(`${i}.json`));
  for (const [i, text] of texts.entries()) await writeFile(inputs[i], text);
  await mergeFiles(inputs, at('out.json'), options);
  return readFile(at('out.json'), 'utf8');
}

test('mergeFiles joins files that do not overlap, every element byte by byte', async () => {
  await fc.assert(
    fc.asyncProperty(cocoTexts(0), cocoTexts(1000), cocoTexts(2 ** 33), async (...cocos) => {
      const written = await run(cocos.map(cocoText));
      const images = cocos.flatMap((coco) => coco.images);
      const annotations = cocos.flatMap((coco) => coco.annotations);
      expect(JSON.parse(written)).toEqual(JSON.parse(cocoText({ ...cocos[0], images, annotations })));
      for (const { text } of [...images, ...annotations]) expect(written).toContain(`\n${text}`);
    }),
    { numRuns: 40 },
  );
});

test('mergeFiles with renumber changes ids and nothing else', async () => {
  const numbered = ({ text }: { text: string }, id: number, image_id?: number): string =>
    text
      .replace(/"id" ?: \d+(?=[^[\]]*$)/, (field) => field.replace(/\d+$/, String(id)))
      .replace(/^\{"image_id":\d+/, `{"image_id":${String(image_id)}`);
  await fc.assert(
    fc.asyncProperty(cocoTexts(0), cocoTexts(0), async (...cocos) => {
      const written = await run(cocos.map(cocoText), { renumber: true });
      const { images, annotations } = JSON.parse(written) as CocoJson;
      expect(images.map(({ id }) => id)).toEqual(images.map((_, i) => i + 1));
      expect(annotations.map(({ id }) => id)).toEqual(annotations.map((_, i) => i + 1));

      let [image, annotation] = [0, 0];
      for (const coco of cocos) {
        const first = image;
        for (const each of coco.images) expect(written).toContain(`\n${numbered(each, ++image)}`);
        for (const each of coco.annotations) {
          const place = coco.images.findIndex(({ id }) => id === each.image_id);
          expect(written).toContain(`\n${numbered(each, ++annotation, first + place + 1)}`);
        }
      }
    }),
    { numRuns: 40 },
  );
});

test('a data set that was split into subsets comes together again', async () => {
  await fc.assert(
    fc.asyncProperty(cocoTexts(0), fc.nat(), async (coco, seed) => {
      fc.pre(coco.images.length > 1);
      await writeFile(at('all.json'), cocoText(coco));
      await subsetFile(at('all.json'), at('a.json'), { share: 0.4, seed });
      const kept = new Set((JSON.parse(await readFile(at('a.json'), 'utf8')) as CocoJson).images.map(({ id }) => id));
      const imageIds = coco.images.map(({ id }) => id).filter((id) => !kept.has(id));
      await subsetFile(at('all.json'), at('b.json'), { imageIds });
      await mergeFiles([at('a.json'), at('b.json')], at('again.json'));
      const byId = (text: string) => {
        const json = JSON.parse(text) as CocoJson;
        json.images.sort((a, b) => a.id - b.id);
        json.annotations.sort((a, b) => a.id - b.id);
        return json;
      };
      expect(byId(await readFile(at('again.json'), 'utf8'))).toEqual(byId(cocoText(coco)));
    }),
    { numRuns: 20 },
  );
});

test('licenses are united, and info is that of the first file', async () => {
  const file = (id: number, year: number, licenses: string) =>
    `{"info": {"year": ${year}}, "licenses": [${licenses}], "images": [{"id": ${id}}], "annotations": [], "categories": []}`;
  const a = '{"id": 1, "name": "CC"}';
  const b = '{"id": 2, "name": "MIT"}';
  const written = JSON.parse(await run([file(1, 2014, a), file(2, 2017, `${b}, {"name":"CC","id":1}`)])) as object;
  expect(written).toMatchObject({ info: { year: 2014 }, licenses: [JSON.parse(a), JSON.parse(b)] });
  await expect(run([file(1, 1, a), file(2, 1, '{"id": 1, "name": "BSD"}')])).rejects.toThrow(
    new DatasetError(`${at('1.json')}: licenses: expected license 1 to be the same in all files, found another`),
  );
});

const ONE: CocoText = {
  members: [],
  images: [{ id: 1, text: '{"id": 1}' }],
  annotations: [{ id: 5, image_id: 1, text: '{"id": 5, "image_id": 1}' }],
};
const one = cocoText(ONE);
const other = (change: (text: string) => string): string =>
  change(one.replace('"id": 1}', '"id": 2}').replace('5', '6'));

test.each<[string, string[], MergeOptions, string]>([
  ['one file', [one], {}, 'merge: expected two files or more, found 1'],
  [
    'an image id in both',
    [one, one],
    {},
    '1.json: images[0].id: expected an id that no other file uses, found 1, which is in 0.json. Number them anew ' +
      '(renumber), or merge files that do not overlap',
  ],
  [
    'an annotation id in both',
    [one, other((text) => text.replace('"id": 6', '"id": 5'))],
    {},
    '1.json: annotations[0].id: expected an id that no other file uses, found 5, which is in 0.json. Number them anew ' +
      '(renumber), or merge files that do not overlap',
  ],
  [
    'other categories',
    [one, other((text) => text.replace(CATEGORY, CATEGORY.replace('nose', 'chin')))],
    { renumber: true },
    '1.json: categories: expected the same as in 0.json, found another value',
  ],
  [
    'no categories',
    [one, '{"images": [], "annotations": []}'],
    {},
    '1.json: categories: expected an array, found nothing: not a COCO file',
  ],
  [
    'an image that is not listed',
    [one, one.replace('"image_id": 1', '"image_id": 9')],
    { renumber: true },
    '1.json: annotations[0].image_id: expected the id of one of the images, found 9',
  ],
  [
    'an annotation without image',
    [one, one.replace('"image_id": 1', '"image": 1')],
    {},
    '1.json: annotations[0].image_id: expected a whole number, found nothing',
  ],
])('%s is refused, and nothing is written', async (_, texts, options, message) => {
  const place = (text: string) => text.replace(/\b(\d\.json)/g, (name) => at(name));
  await expect(run(texts, options)).rejects.toThrow(new DatasetError(place(message)));
  expect((await readdir(at('.'))).filter((name) => name.startsWith('out'))).toEqual([]);
});

test('an image that is listed twice in a file stays one image', async () => {
  const twice = one.replace('"images":[', '"images":[{"id": 1},');
  const { images, annotations } = JSON.parse(await run([twice, one], { renumber: true })) as CocoJson;
  expect(images.map(({ id }) => id)).toEqual([1, 1, 2]);
  expect(annotations.map(({ image_id }) => image_id)).toEqual([1, 2]);
});

test('an output that is an input is refused', async () => {
  await run([one, other((text) => text)]);
  await expect(mergeFiles([at('0.json'), at('1.json')], at('1.json'))).rejects.toThrow(/expected another file/);
});
