import path from 'node:path';
import { DatasetError } from '../../src/dataset-error';
import type { Detection } from '../../src/detections/read-detections';
import { personInstances, type PersonInstancesOptions } from '../../src/instances/person-instances';
import { parseCocoKeypoints } from '../../src/parse-coco-keypoints';
import { tinyCoco } from '../tiny-coco';

const imageFolder = path.resolve('images');

const LIST: Detection[] = [
  { id: 1, image_id: 7, category_id: 1, bbox: [-3, 4, 20, 30], score: 0.5 },
  { id: 2, image_id: 3, category_id: 1, bbox: [1, 2, 10, 20], score: 0.2 },
  { id: 3, image_id: 7, category_id: 44, bbox: [-3, 4, 20, 30], score: 0.99 },
  { id: 4, image_id: 7, category_id: 1, bbox: [-3, 4, 20, 28], score: 0.9 },
];

function detected(detections: PersonInstancesOptions['detections'], options: Partial<PersonInstancesOptions> = {}) {
  return personInstances(parseCocoKeypoints(tinyCoco(), 'tiny.json'), { imageFolder, detections, ...options });
}
const numbers = (...args: Parameters<typeof detected>) => detected(...args).map(({ annotationId }) => annotationId);

test('personInstances(coco, { detections }) is the detected people without keypoints', () => {
  const people = detected({ list: LIST });
  expect(people).toHaveLength(3);
  expect(people[0]).toEqual({
    annotationId: 1,
    imageId: 7,
    imageFile: path.join(imageFolder, 'a.jpg'),
    imageSize: [64, 48],
    box: [-3, 4, 20, 30],
    area: 600,
    keypoints: new Array(51).fill(0),
    numKeypoints: 0,
    score: 0.5,
  });
  people[0].box[0] = 9;
  expect(LIST[0].bbox[0]).toBe(-3);
});

test('thresholds select them, in the order of the file', () => {
  expect(numbers({ list: LIST })).toEqual([1, 2, 4]);
  expect(numbers({ list: LIST, minScore: 0.5 })).toEqual([1, 4]);
  expect(numbers({ list: LIST, nmsThreshold: 0.9 })).toEqual([2, 4]);
  expect(numbers({ list: LIST, nmsThreshold: 0.95 })).toEqual([1, 2, 4]);
  expect(numbers({ list: LIST }, { minArea: 560 })).toEqual([1, 4]);
});

test('boxes of other images and categories do not suppress each other', () => {
  const apart = [LIST[0], { ...LIST[0], id: 5, image_id: 3, score: 0.8 }, LIST[2]];
  expect(numbers({ list: apart, nmsThreshold: 0 })).toEqual([1, 5]);
});

test.each<[string, PersonInstancesOptions['detections'], string]>([
  [
    'an image that is not listed',
    { list: [{ ...LIST[0], image_id: 9 }] },
    'detection 1: image_id: expected the id of one of the images of tiny.json, found 9. ' +
      'Read the detections of its images only: readDetections(file, { imageIds })',
  ],
  [
    'none left',
    { list: LIST, minScore: 0.95 },
    'detections: expected at least one of category 1 (person) that passes the thresholds, found none among 4 (3 of that ' +
      'category)',
  ],
  ['a score threshold of NaN', { list: LIST, minScore: NaN }, 'minScore: expected a number, found NaN'],
  ['an IoU above 1', { list: LIST, nmsThreshold: 65 }, 'nmsThreshold: expected an IoU from 0 to 1, found 65'],
])('%s is refused', (_, detections, message) => {
  expect(() => detected(detections)).toThrow(new DatasetError(message));
});
