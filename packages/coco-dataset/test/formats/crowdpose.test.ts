import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { DatasetError } from '../../src/dataset-error';
import { crowdPoseToCoco, readCrowdPose } from '../../src/formats/crowdpose';
import { personInstances } from '../../src/instances/person-instances';
import { CROWDPOSE_SKELETON } from '../../src/skeletons/crowdpose';
import { goldenFile } from '../golden-file';
import { temporaryFolder } from '../temporary-folder';

const at = temporaryFolder();

/** A file as CrowdPose publishes it: no areas, COCO's limbs. */
function crowdPose() {
  return {
    images: [{ file_name: '7.jpg', id: 7, height: 48, width: 64, crowdIndex: 0.33 } as Record<string, unknown>],
    annotations: [
      {
        id: 5,
        image_id: 7,
        category_id: 1,
        num_keypoints: 14,
        iscrowd: 0,
        bbox: [2, 3, 20, 30],
        keypoints: CROWDPOSE_SKELETON.keypoints.flatMap((_, k) => [k, 2 * k, 2]),
      } as Record<string, unknown>,
    ],
    categories: [
      {
        supercategory: 'person',
        id: 1,
        name: 'person',
        keypoints: [...CROWDPOSE_SKELETON.keypoints],
        skeleton: [
          [16, 14],
          [17, 15],
        ],
      } as Record<string, unknown>,
    ],
  };
}

async function read(json: unknown) {
  await writeFile(at('crowdpose.json'), JSON.stringify(json));
  return readCrowdPose(at('crowdpose.json'));
}

test('readCrowdPose(file) is CocoKeypoints with crowd indices, areas and limbs', async () => {
  const coco = await read(crowdPose());
  expect(coco.images).toEqual([{ id: 7, file_name: '7.jpg', width: 64, height: 48, crowdIndex: 0.33 }]);
  expect(coco.annotations[0].area).toBeCloseTo(0.53 * 20 * 30, 10);
  expect(coco.categories[0].skeleton).toHaveLength(15);
  expect(coco.categories[0].skeleton?.[0]).toEqual([11, 9]);
  const [person] = personInstances(coco, { imageFolder: at('images'), skeleton: CROWDPOSE_SKELETON });
  expect(person).toMatchObject({ annotationId: 5, box: [2, 3, 19, 29], numKeypoints: 14 });
});

test('an area that is there stays', async () => {
  const json = crowdPose();
  json.annotations[0].area = 17;
  expect((await read(json)).annotations[0].area).toBe(17);
});

test('crowdPoseToCoco(json, source) keeps other fields, and the json as it is', () => {
  const json = { info: { year: 2019 }, ...crowdPose() };
  const before = structuredClone(json);
  const coco = crowdPoseToCoco(json, 'crowdpose.json');
  expect(json).toEqual(before);
  expect(coco).toMatchObject({ info: { year: 2019 }, images: json.images });
  expect((coco.categories as object[])[0]).toMatchObject({ supercategory: 'person' });
});

test.each<[string, (json: ReturnType<typeof crowdPose>) => void, string]>([
  [
    'no crowd index',
    ({ images }) => delete images[0].crowdIndex,
    'images[0].crowdIndex: expected a number from 0 to 1, found nothing',
  ],
  [
    'a crowd index above 1',
    ({ images }) => (images[0].crowdIndex = 33),
    'images[0].crowdIndex: expected a number from 0 to 1, found 33',
  ],
  [
    'other keypoints',
    ({ categories }) => (categories[0].keypoints = ['nose']),
    `categories[0].keypoints: expected the 14 of CrowdPose (${CROWDPOSE_SKELETON.keypoints.join(', ')}), found nose`,
  ],
  [
    'a box of text',
    ({ annotations }) => (annotations[0].bbox = [1, 2, 3, 'x']),
    'annotations[0].bbox[3]: expected a finite number, found "x"',
  ],
  [
    'no box',
    ({ annotations }) => delete annotations[0].bbox,
    'annotations[0].bbox: expected 4 numbers, [x, y, width, height], found nothing',
  ],
])('%s is refused', async (_, change, message) => {
  const json = crowdPose();
  change(json);
  await expect(read(json)).rejects.toThrow(new DatasetError(`${at('crowdpose.json')}: ${message}`));
});

test('areas are those that published evaluations take', async () => {
  const golden = JSON.parse(readFileSync(goldenFile('crowdpose-14-real/gt.json'), 'utf8')) as {
    annotations: { area: number; bbox: number[] }[];
  };
  const json = crowdPose();
  const [person] = json.annotations;
  json.annotations = golden.annotations.map(({ bbox }, i) => ({ ...person, id: i + 1, bbox }));
  const { annotations } = await read(json);
  expect(annotations.length).toBeGreaterThan(0);
  annotations.forEach(({ area }, i) => expect(area).toBeCloseTo(golden.annotations[i].area, 6));
});
