import { DatasetError } from '../src/dataset-error';
import { parseCocoKeypoints } from '../src/parse-coco-keypoints';
import { TINY_KEYPOINTS, tinyCoco } from './tiny-coco';

type Change = (coco: ReturnType<typeof tinyCoco>) => void;

test('parseCocoKeypoints(json, source) keeps the fields of pose estimation, in the order of the file', () => {
  const coco = parseCocoKeypoints(tinyCoco(), 'tiny.json');
  expect(coco.source).toBe('tiny.json');
  expect(coco.images).toEqual([
    { id: 7, file_name: 'a.jpg', width: 64, height: 48 },
    { id: 3, file_name: 'b.jpg', width: 32, height: 80 },
  ]);
  expect(coco.annotations.map(({ id }) => id)).toEqual([30, 11, 12, 10]);
  expect(coco.annotations[0]).toEqual({
    id: 30,
    image_id: 3,
    category_id: 1,
    keypoints: TINY_KEYPOINTS,
    num_keypoints: 15,
    bbox: [-4, 6, 20, 30],
    area: 800,
    iscrowd: 0,
  });
  expect(coco.annotations[2].iscrowd).toBe(1);
  expect(coco.categories).toEqual(tinyCoco().categories);
});

test('the result shares nothing with the input', () => {
  const json = tinyCoco();
  const coco = parseCocoKeypoints(json, 'tiny.json');
  coco.annotations[0].keypoints[0] = -1;
  coco.annotations[0].bbox[0] = -1;
  coco.images[0].width = 1;
  coco.categories[0].keypoints[0] = 'x';
  expect(json).toEqual(tinyCoco());
});

test('iscrowd, num_keypoints and skeleton may be missing', () => {
  const json = tinyCoco();
  for (const annotation of json.annotations) delete annotation.num_keypoints;
  delete json.annotations[0].iscrowd;
  delete json.categories[0].skeleton;
  const coco = parseCocoKeypoints(json, 'tiny.json');
  expect(coco.annotations.map((annotation) => annotation.num_keypoints)).toEqual([15, 0, 0, 15]);
  expect(coco.annotations[0].iscrowd).toBe(0);
  expect('skeleton' in coco.categories[0]).toBe(false);
});

test('an image that is listed twice in the same way counts once', () => {
  const json = tinyCoco();
  json.images.push({ ...json.images[0] });
  expect(parseCocoKeypoints(json, 'tiny.json').images).toHaveLength(2);
});

const ownIds: [string, Change, string][] = [
  [
    'an image id with another file name',
    (c) => c.images.push({ ...c.images[0], file_name: 'c.jpg' }),
    'images[2].file_name: expected "a.jpg" as where image 7 is listed first, found "c.jpg"',
  ],
  [
    'an image id with another size',
    (c) => c.images.push({ ...c.images[0], height: 49 }),
    'images[2].height: expected 48 as where image 7 is listed first, found 49',
  ],
  [
    'an annotation id twice',
    (c) => (c.annotations[3].id = 11),
    'annotations[3].id: expected an id of its own, found 11, the id of annotations[1]',
  ],
  [
    'a category id twice',
    (c) => c.categories.push({ ...c.categories[0] }),
    'categories[1].id: expected an id of its own, found 1 again',
  ],
];

const fields: [string, Change, string][] = [
  [
    'too few keypoints',
    (c) => (c.annotations[1].keypoints = new Array(48).fill(0)),
    'annotations[1].keypoints: expected 51 numbers, [x, y, v] for each of the 17 keypoints of category "person", found 48',
  ],
  [
    'no keypoints',
    (c) => delete c.annotations[1].keypoints,
    'annotations[1].keypoints: expected 51 numbers, [x, y, v] for each of the 17 keypoints of category "person", found nothing',
  ],
  [
    'a NaN',
    (c) => ((c.annotations[0].keypoints as number[])[4] = NaN),
    'annotations[0].keypoints[4]: expected a finite number, found NaN',
  ],
  [
    'a keypoint that is text',
    (c) => ((c.annotations[0].keypoints as unknown[])[4] = '12'),
    'annotations[0].keypoints[4]: expected a finite number, found "12"',
  ],
  [
    'a visibility of 3',
    (c) => ((c.annotations[0].keypoints as number[])[5] = 3),
    'annotations[0].keypoints[5]: expected visibility 0, 1 or 2, found 3',
  ],
  [
    'a negative box',
    (c) => (c.annotations[3].bbox = [1, 2, -3, 4]),
    'annotations[3].bbox: expected a width and height of 0 or more, found -3 and 4',
  ],
  [
    'an infinite box',
    (c) => (c.annotations[3].bbox = [1, 2, Infinity, 4]),
    'annotations[3].bbox[2]: expected a finite number, found Infinity',
  ],
  [
    'a negative area',
    (c) => (c.annotations[3].area = -1),
    'annotations[3].area: expected a number, 0 or more, found -1',
  ],
  ['a crowd of 2', (c) => (c.annotations[3].iscrowd = 2), 'annotations[3].iscrowd: expected 0 or 1, found 2'],
  [
    'half a num_keypoints',
    (c) => (c.annotations[3].num_keypoints = 0.5),
    'annotations[3].num_keypoints: expected a whole number, 0 or more, found 0.5',
  ],
  [
    'an unknown image',
    (c) => (c.annotations[3].image_id = 99),
    'annotations[3].image_id: expected the id of one of the images, found 99',
  ],
  [
    'an unknown category',
    (c) => (c.annotations[3].category_id = 2),
    'annotations[3].category_id: expected the id of one of the categories, found 2',
  ],
  ['a null annotation', (c) => (c.annotations[3] = null as never), 'annotations[3]: expected an object, found null'],
  [
    'an id beyond the exact integers',
    (c) => (c.annotations[3].id = 2 ** 53),
    'annotations[3].id: expected a whole number, found 9007199254740992',
  ],
  [
    'an image without a name',
    (c) => (c.images[1].file_name = ''),
    'images[1].file_name: expected a text that is not empty, found ""',
  ],
  [
    'an image without width',
    (c) => (c.images[1].width = 0),
    'images[1].width: expected a whole number of pixels above 0, found 0',
  ],
  [
    'a category without keypoints',
    (c) => delete c.categories[0].keypoints,
    'categories[0].keypoints: expected the names of its keypoints (person_keypoints_*.json has them, instances_*.json does not), found nothing',
  ],
  [
    'a keypoint name twice',
    (c) => ((c.categories[0].keypoints as string[])[2] = 'nose'),
    'categories[0].keypoints[2]: expected a name of its own, found nose again',
  ],
  [
    'a skeleton counted from 0',
    (c) => (c.categories[0].skeleton = [[0, 1]]),
    'categories[0].skeleton[0]: expected pairs of keypoint numbers from 1 to 17, found [0,1]',
  ],
  ['no category', (c) => (c.categories = []), 'categories: expected at least one, found none'],
  [
    'no images field',
    (c) => delete (c as Partial<typeof c>).images,
    'images: expected an array, found nothing: not a COCO file',
  ],
  [
    'no people',
    (c) => (c.annotations = c.annotations.slice(1, 3)),
    'annotations: expected at least one person with labelled keypoints, found none among 2 annotations (1 of them crowd)',
  ],
  [
    'labelled keypoints on a crowd only',
    (c) => (c.annotations = [{ ...c.annotations[0], iscrowd: 1 }]),
    'annotations: expected at least one person with labelled keypoints, found none among 1 annotations (1 of them crowd)',
  ],
];

test.each([...ownIds, ...fields])('%s is an error that says where', (_, change, message) => {
  const json = tinyCoco();
  change(json);
  expect(() => parseCocoKeypoints(json, 'dir/tiny.json')).toThrow(new DatasetError(`dir/tiny.json: ${message}`));
});

test.each([
  [[{ image_id: 1 }], 'an array of 1 (a file of detections rather than annotations?)'],
  [null, 'null'],
  ['text', '"text"'],
])('%j is not a COCO file', (json, found) => {
  expect(() => parseCocoKeypoints(json, 'x.json')).toThrow(
    new DatasetError(`x.json: expected an object with images, annotations and categories, found ${found}`),
  );
});
