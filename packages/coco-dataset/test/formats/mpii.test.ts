import { mkdir, writeFile } from 'node:fs/promises';
import fc from 'fast-check';
import sharp from 'sharp';
import { DatasetError } from '../../src/dataset-error';
import { mpiiToCoco } from '../../src/formats/mpii-to-coco';
import { parseMpii } from '../../src/formats/parse-mpii';
import { readMpii } from '../../src/formats/read-mpii';
import { personInstances } from '../../src/instances/person-instances';
import { parseCocoKeypoints } from '../../src/parse-coco-keypoints';
import { MPII_SKELETON } from '../../src/skeletons/mpii';
import { temporaryFolder } from '../temporary-folder';

const at = temporaryFolder();

const PERSON = {
  image: 'a.jpg',
  center: [594, 257],
  scale: 3,
  joints: Array.from({ length: 16 }, (_, k) => [10 + k, 20.5 + k]),
  joints_vis: Array.from({ length: 16 }, (_, k) => (k === 1 ? 0 : 1)),
};

test('parseMpii(json, source) counts pixels from 0 and moves and enlarges the crop as published code does', () => {
  const [person] = parseMpii([PERSON], 'mpii.json');
  expect(person.center).toEqual([593, 257 + 45 - 1]);
  expect(person.scale).toBe(3.75);
  expect(person.box).toEqual([593 - 300, 301 - 300, 600, 600]);
  expect(person.keypoints.slice(0, 9)).toEqual([9, 19.5, 2, 0, 0, 0, 11, 21.5, 2]);
  expect(person.keypoints).toHaveLength(48);
});

test('a centre of -1 is neither moved nor is its scale enlarged', () => {
  const [person] = parseMpii([{ ...PERSON, center: [-1, -1] }], 'mpii.json');
  expect([person.center, person.scale]).toEqual([[-2, -2], 3]);
});

test('the box is the crop of centre and scale less its padding', () => {
  const decimal = fc.integer({ min: 1, max: 100_000 }).map((n) => n / 100);
  fc.assert(
    fc.property(decimal, decimal, fc.integer({ min: 1, max: 2000 }), (x, y, scale100) => {
      const record = { ...PERSON, center: [x, y], scale: scale100 / 100 };
      const [{ center, scale, box }] = parseMpii([record], 'mpii.json');
      expect(box[0] + box[2] / 2).toBeCloseTo(center[0], 8);
      expect(box[1] + box[3] / 2).toBeCloseTo(center[1], 8);
      expect((box[2] / 200) * 1.25).toBeCloseTo(scale, 10);
      expect(box[3]).toBe(box[2]);
    }),
  );
});

test('the test list has no joints', () => {
  const { image, center, scale } = PERSON;
  expect(parseMpii([{ image, center, scale }], 'test.json')[0].keypoints).toEqual(new Array(48).fill(0));
  expect(() => parseMpii([{ image, center, scale }, PERSON], 'test.json')).toThrow(
    new DatasetError(
      'test.json: [1].joints: expected none, as in the first record (a test list), found an array of 16',
    ),
  );
});

const joints = (change: (list: unknown[]) => void): unknown[] => {
  const list: unknown[] = structuredClone(PERSON.joints);
  change(list);
  return list;
};

test.each<[string, unknown, string]>([
  ['an object', {}, ': expected a list of people {image, center, scale, joints, joints_vis}, found an object'],
  ['nobody', [], ': expected at least one person, found an empty list'],
  ['a number', [PERSON, 3], ': [1]: expected an object, found 3'],
  ['no image', [{ ...PERSON, image: '' }], ': [0].image: expected a text that is not empty, found ""'],
  ['no centre', [{ ...PERSON, center: undefined }], ': [0].center: expected 2 numbers, [x, y], found nothing'],
  ['a centre of three', [{ ...PERSON, center: [1, 2, 3] }], ': [0].center: expected 2 numbers, [x, y], found 3'],
  ['a scale of 0', [{ ...PERSON, scale: 0 }], ': [0].scale: expected a number above 0 and up to 1000000, found 0'],
  [
    'a scale without bounds',
    [{ ...PERSON, scale: 1e300 }],
    ': [0].scale: expected a number above 0 and up to 1000000, found 1e+300',
  ],
  [
    'missing joints',
    [PERSON, { ...PERSON, joints: undefined }],
    ': [1].joints: expected 16 joints [x, y], found nothing',
  ],
  [
    '15 joints',
    [{ ...PERSON, joints: joints((list) => list.pop()) }],
    ': [0].joints: expected 16 joints [x, y], found an array of 15',
  ],
  [
    'a joint of text',
    [{ ...PERSON, joints: joints((list) => (list[3] = [1, 'x'])) }],
    ': [0].joints[3]: expected two finite numbers, [x, y], found [1,"x"]',
  ],
  [
    'a joint of one number',
    [{ ...PERSON, joints: joints((list) => (list[3] = [1])) }],
    ': [0].joints[3]: expected two finite numbers, [x, y], found [1]',
  ],
  [
    'no visibility',
    [{ ...PERSON, joints_vis: undefined }],
    ': [0].joints_vis: expected 16 numbers, 0 or 1, found nothing',
  ],
  [
    'a visibility of 2',
    [{ ...PERSON, joints_vis: PERSON.joints_vis.map(() => 2) }],
    ': [0].joints_vis[0]: expected 0 or 1, found 2',
  ],
])('%s is refused', (_, json, message) => {
  expect(() => parseMpii(json, 'mpii.json')).toThrow(new DatasetError(`mpii.json${message}`));
});

test('whatever stands in a record, it is refused with its place or gives finite numbers', () => {
  const field = fc.constantFrom('image', 'center', 'scale', 'joints', 'joints_vis');
  const value = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.array(fc.array(fc.oneof(fc.integer(), fc.string()))));
  fc.assert(
    fc.property(field, value, (key, found) => {
      let people;
      try {
        people = parseMpii([PERSON, { ...PERSON, [key]: found }], 'mpii.json');
      } catch (error) {
        expect(error).toBeInstanceOf(DatasetError);
        expect((error as Error).message).toMatch(new RegExp(`^mpii\\.json: \\[1\\]\\.${key}(\\[\\d+\\])?: expected `));
        return;
      }
      const [, { center, scale, box, keypoints }] = people;
      expect([...center, scale, ...box, ...keypoints].every(Number.isFinite)).toBe(true);
    }),
    { numRuns: 500 },
  );
});

async function twoImages(): Promise<void> {
  await mkdir(at('images'));
  for (const [name, width, height] of [
    ['a.jpg', 64, 48],
    ['b.jpg', 30, 90],
  ] as const) {
    await sharp({ create: { width, height, channels: 3, background: 'red' } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toFile(at(`images/${name}`));
  }
}

test('readMpii(file, options) is person instances with the sizes of their images', async () => {
  await twoImages();
  await writeFile(at('train.json'), JSON.stringify([PERSON, { ...PERSON, image: 'b.jpg' }, PERSON]));
  const progress: number[][] = [];
  const people = await readMpii(at('train.json'), {
    imageFolder: at('images'),
    onProgress: (...values) => progress.push(values),
  });
  expect(people.map(({ annotationId, imageId, imageSize }) => [annotationId, imageId, ...imageSize])).toEqual([
    [1, 1, 64, 48],
    [2, 2, 30, 90],
    [3, 1, 64, 48],
  ]);
  expect(people[1]).toMatchObject({ imageFile: at('images/b.jpg'), area: 360_000, numKeypoints: 15, scale: 3.75 });
  expect(progress).toEqual([
    [1, 2],
    [2, 2],
  ]);
});

test('mpiiToCoco(people, folder) is a COCO keypoint file of the same people', async () => {
  await twoImages();
  await writeFile(at('train.json'), JSON.stringify([{ ...PERSON, center: [30, 20], scale: 0.1 }]));
  const people = await readMpii(at('train.json'), { imageFolder: at('images') });
  const coco = parseCocoKeypoints(mpiiToCoco(people, at('images')), 'mpii.json');
  expect(coco.images).toEqual([{ id: 1, file_name: 'a.jpg', width: 64, height: 48 }]);
  const [instance] = personInstances(coco, { imageFolder: at('images'), skeleton: MPII_SKELETON });
  const { annotationId, imageFile, keypoints, numKeypoints, area } = people[0];
  expect(instance).toMatchObject({ annotationId, imageFile, keypoints, numKeypoints, area });
});

test('images that are missing or outside of the folder are refused', async () => {
  await twoImages();
  await writeFile(at('train.json'), JSON.stringify([{ ...PERSON, image: 'c.jpg' }]));
  await expect(readMpii(at('train.json'), { imageFolder: at('images') })).rejects.toThrow(
    /c\.jpg: expected an image, but its size cannot be read: .*missing/,
  );
  await writeFile(at('train.json'), JSON.stringify([{ ...PERSON, image: '../a.jpg' }]));
  await expect(readMpii(at('train.json'), { imageFolder: at('images') })).rejects.toThrow(
    new DatasetError(
      `${at('train.json')}: [0].image: expected a file in ${at('images')}, found "../a.jpg", which leads out of it`,
    ),
  );
});
