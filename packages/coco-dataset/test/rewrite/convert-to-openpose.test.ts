import { readFile, writeFile } from 'node:fs/promises';
import { DatasetError } from '../../src/dataset-error';
import { personInstances } from '../../src/instances/person-instances';
import { readCocoKeypoints } from '../../src/read-coco-keypoints';
import { convertToOpenPose } from '../../src/rewrite/convert-to-openpose';
import { OPENPOSE_SKELETON } from '../../src/skeletons/openpose';
import { openPoseKeypoints } from '../../src/skeletons/openpose-keypoints';
import { temporaryFolder } from '../temporary-folder';
import { TINY_KEYPOINTS, tinyCoco } from '../tiny-coco';

const at = temporaryFolder();

async function convert(json: object): Promise<void> {
  await writeFile(at('coco.json'), JSON.stringify(json));
  await convertToOpenPose(at('coco.json'), at('openpose.json'));
}

test('convertToOpenPose writes a COCO file with the keypoints of OpenPose', async () => {
  await convert(tinyCoco());
  const coco = await readCocoKeypoints(at('openpose.json'));
  const people = personInstances(coco, { imageFolder: at('images'), skeleton: OPENPOSE_SKELETON });
  expect(people).toHaveLength(2);
  expect(people[0].keypoints).toEqual(openPoseKeypoints(TINY_KEYPOINTS));
  expect(people[0].numKeypoints).toBe(16);
  expect(coco.annotations.map(({ num_keypoints }) => num_keypoints)).toEqual([16, 0, 0, 16]);
  expect(coco.categories[0].skeleton?.[0]).toEqual([2, 9]);
});

test('other fields stay', async () => {
  const json = { info: { year: 2017 }, ...tinyCoco() };
  Object.assign(json.annotations[2], { segmentation: { size: [48, 64], counts: [3072] }, track: 9 });
  await convert(json);
  const written = JSON.parse(await readFile(at('openpose.json'), 'utf8')) as typeof json;
  expect(written.info).toEqual(json.info);
  expect(written.images).toEqual(json.images);
  expect(written.annotations[2]).toMatchObject({ segmentation: { size: [48, 64], counts: [3072] }, track: 9 });
});

test.each<[string, (json: ReturnType<typeof tinyCoco>) => void, string]>([
  [
    'another skeleton',
    ({ categories }) => (categories[0].keypoints = ['nose']),
    'categories[0].keypoints: expected the 17 of COCO, found nose',
  ],
  [
    'too few keypoints',
    ({ annotations }) => (annotations[1].keypoints = [1, 2, 2]),
    'annotations[1].keypoints: expected 51 numbers, found an array of 3',
  ],
  [
    'keypoints of text',
    ({ annotations }) => ((annotations[1].keypoints as unknown[])[0] = 'x'),
    'annotations[1].keypoints: expected 51 numbers, found an array of 51',
  ],
  [
    'a file without categories',
    (json) => delete (json as Partial<typeof json>).categories,
    'categories: expected an array, found nothing: not a COCO file',
  ],
  [
    'a number as annotation',
    ({ annotations }) => ((annotations as unknown[])[1] = 3),
    'annotations[1]: expected an object, found 3',
  ],
])('%s is refused', async (_, change, message) => {
  const json = tinyCoco();
  change(json);
  await expect(convert(json)).rejects.toThrow(new DatasetError(`${at('coco.json')}: ${message}`));
  await expect(readFile(at('openpose.json'))).rejects.toThrow('ENOENT');
});
