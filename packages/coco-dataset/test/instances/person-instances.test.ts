import path from 'node:path';
import { COCO_SKELETON } from '../../src/skeletons/coco';
import { DatasetError } from '../../src/dataset-error';
import { parseCocoKeypoints } from '../../src/parse-coco-keypoints';
import { personInstances } from '../../src/instances/person-instances';
import { TINY_KEYPOINTS, tinyCoco } from '../tiny-coco';

const imageFolder = path.resolve('images');
const tiny = () => parseCocoKeypoints(tinyCoco(), 'tiny.json');

test('personInstances(coco, options) is the people with labelled keypoints, in the order of the file', () => {
  expect(personInstances(tiny(), { imageFolder })).toEqual([
    {
      annotationId: 30,
      imageId: 3,
      imageFile: path.join(imageFolder, 'b.jpg'),
      imageSize: [32, 80],
      box: [0, 6, 19, 29],
      area: 800,
      keypoints: TINY_KEYPOINTS,
      numKeypoints: 15,
    },
    {
      annotationId: 10,
      imageId: 7,
      imageFile: path.join(imageFolder, 'a.jpg'),
      imageSize: [64, 48],
      box: [5, 6, 39, 29],
      area: 800,
      keypoints: TINY_KEYPOINTS,
      numKeypoints: 15,
    },
  ]);
});

test('paths are absolute for a relative image folder, and may lead into folders below it', () => {
  const coco = tiny();
  coco.images[0].file_name = 'below/../deeper/a.jpg';
  const files = personInstances(coco, { imageFolder: 'images' }).map(({ imageFile }) => imageFile);
  expect(files).toEqual([path.join(imageFolder, 'b.jpg'), path.join(imageFolder, 'deeper/a.jpg')]);
});

test.each(['../a.jpg', '/etc/a.jpg', 'x/../../a.jpg', '..', '.'])('file name %j leads out of the folder', (name) => {
  const coco = tiny();
  coco.images[0].file_name = name;
  expect(() => personInstances(coco, { imageFolder })).toThrow(
    new DatasetError(
      `tiny.json: image 7: file_name: expected a file in ${imageFolder}, found "${name}", which leads out of it`,
    ),
  );
});

test('a file name may begin with two dots', () => {
  const coco = tiny();
  coco.images[0].file_name = '..a.jpg';
  expect(personInstances(coco, { imageFolder })[1].imageFile).toBe(path.join(imageFolder, '..a.jpg'));
});

test.each([
  ['outside the image', { bbox: [40, 5, 10, 10] }],
  ['without area', { area: 0 }],
  ['of a single pixel', { bbox: [4, 5, 1, 1] }],
] as const)('a person with a box %s is left out and reported', (_, change) => {
  const coco = tiny();
  Object.assign(coco.annotations[0], change);
  const unusable: number[] = [];
  const instances = personInstances(coco, { imageFolder, onUnusableBox: ({ id }) => unusable.push(id) });
  expect(instances.map(({ annotationId }) => annotationId)).toEqual([10]);
  expect(unusable).toEqual([30]);
});

test('no person left is an error', () => {
  const coco = tiny();
  for (const annotation of coco.annotations) annotation.area = 0;
  expect(() => personInstances(coco, { imageFolder })).toThrow(
    new DatasetError(
      'tiny.json: annotations: expected at least one person with labelled keypoints and a box in the image, ' +
        'found none among 4 annotations (2 with labelled keypoints but no such box)',
    ),
  );
});

test('keypoints are copies', () => {
  const coco = tiny();
  personInstances(coco, { imageFolder })[0].keypoints[0] = -1;
  expect(coco).toEqual(tiny());
});

test('the skeleton must have the keypoints of the categories', () => {
  expect(personInstances(tiny(), { imageFolder, skeleton: COCO_SKELETON })).toHaveLength(2);
  const three = { ...COCO_SKELETON, name: 'three', keypoints: ['nose', 'left_eye', 'right_eye'] };
  expect(() => personInstances(tiny(), { imageFolder, skeleton: three })).toThrow(
    /^tiny\.json: categories\[0\]\.keypoints: expected the 3 keypoints of skeleton "three", found 17 \(nose, left_eye/,
  );
  const swapped = { ...COCO_SKELETON, keypoints: [...COCO_SKELETON.keypoints].reverse() };
  expect(() => personInstances(tiny(), { imageFolder, skeleton: swapped })).toThrow(
    new DatasetError('tiny.json: categories[0].keypoints[0]: expected "right_ankle" of skeleton "coco", found "nose"'),
  );
});

test('minKeypoints and minArea leave people out', () => {
  const coco = tiny();
  coco.annotations[0].area = 799;
  const ids = (options: object) => personInstances(coco, { imageFolder, ...options }).map((each) => each.annotationId);
  expect(ids({ minArea: 800 })).toEqual([10]);
  expect(ids({ minKeypoints: 15 })).toEqual([30, 10]);
  expect(ids({ minKeypoints: 0 })).toEqual([30, 11, 10]);
  expect(() => ids({ minKeypoints: 16, minArea: 5 })).toThrow(
    new DatasetError(
      'tiny.json: annotations: expected at least one person with 16 labelled keypoints, an area of 5 square pixels and a ' +
        'box in the image, found none among 4 annotations (0 with 16 labelled keypoints but no such box)',
    ),
  );
  expect(() => ids({ minKeypoints: 0.5 })).toThrow(/minKeypoints: expected a whole number, 0 or more, found 0\.5/);
  expect(() => ids({ minArea: NaN })).toThrow(/minArea: expected a number, 0 or more, found NaN/);
});
