import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DatasetError } from '../src/dataset-error';
import { locateCocoSplit } from '../src/locate-coco-split';
import { temporaryFolder } from './temporary-folder';

const at = temporaryFolder();

async function annotate(split: string): Promise<void> {
  await mkdir(at('annotations'), { recursive: true });
  await writeFile(at(`annotations/person_keypoints_${split}.json`), '{}');
}

test.each(['train2017', 'images/train2017'])('locateCocoSplit(root, split) finds images in %s', async (folder) => {
  await annotate('train2017');
  await mkdir(at(folder), { recursive: true });
  expect(await locateCocoSplit(at('.'), 'train2017')).toEqual({
    annotationFile: at('annotations/person_keypoints_train2017.json'),
    imageFolder: at(folder),
  });
});

test('paths are absolute for a relative root', async () => {
  await annotate('val');
  await mkdir(at('val'));
  const { annotationFile, imageFolder } = await locateCocoSplit(path.relative('.', at('.')), 'val');
  expect([annotationFile, imageFolder]).toEqual([at('annotations/person_keypoints_val.json'), at('val')]);
});

test('every place that was looked at is named', async () => {
  await expect(locateCocoSplit(at('.'), 'val')).rejects.toThrow(
    new DatasetError(
      `split "val": expected an annotation file at ${at('annotations/person_keypoints_val.json')} and ` +
        `an image folder at ${at('val')} or ${at('images/val')}, but there is none`,
    ),
  );
});

test('only what is missing is named', async () => {
  await annotate('val');
  await expect(locateCocoSplit(at('.'), 'val')).rejects.toThrow(
    new DatasetError(`split "val": expected an image folder at ${at('val')} or ${at('images/val')}, but there is none`),
  );
});

test('a file in the place of the image folder is no image folder', async () => {
  await annotate('val');
  await writeFile(at('val'), '');
  await expect(locateCocoSplit(at('.'), 'val')).rejects.toThrow('expected an image folder');
});

test('a root that is not there is named', async () => {
  await expect(locateCocoSplit(at('none'), 'val')).rejects.toThrow(`but ${at('none')} is not a folder`);
});

test.each(['', '..', 'a/b', '..\\x'])('%j is not the name of a split', async (split) => {
  await expect(locateCocoSplit(at('.'), split)).rejects.toThrow('split: expected a name such as "train2017"');
});
