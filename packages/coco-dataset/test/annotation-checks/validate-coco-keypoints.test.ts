import { writeFile } from 'node:fs/promises';
import { validateCocoKeypoints } from '../../src/annotation-checks/validate-coco-keypoints';
import { DatasetError } from '../../src/dataset-error';
import { readCocoKeypoints } from '../../src/read-coco-keypoints';
import { temporaryFolder } from '../temporary-folder';
import { TINY_KEYPOINTS, tinyCoco } from '../tiny-coco';

const at = temporaryFolder();

/** The tiny file without the box that lies partly outside of its image, its only warning. */
function soundCoco(): ReturnType<typeof tinyCoco> {
  const json = tinyCoco();
  json.annotations[0].bbox = [4, 6, 20, 30];
  return json;
}

type Change = (coco: ReturnType<typeof tinyCoco>) => void;

/** The defects of the tiny file after a change, as `severity path: expected; found`. */
async function defects(change: Change): Promise<string[]> {
  const json = soundCoco();
  change(json);
  return defectsOf(JSON.stringify(json));
}

async function defectsOf(text: string): Promise<string[]> {
  await writeFile(at('x.json'), text);
  const { defects, errors, warnings } = await validateCocoKeypoints(at('x.json'));
  expect(defects).toHaveLength(errors + warnings);
  const read = await readCocoKeypoints(at('x.json')).catch((error: unknown) => error);
  const first = defects.find(({ severity }) => severity === 'error');
  if (first) expect(read).toEqual(new DatasetError(first.message));
  else expect(read).toHaveProperty('annotations');
  return defects.map(({ severity, path, expected, found }) => `${severity} ${path}: ${expected}; ${found}`);
}

test('a sound file has no defects', async () => {
  await writeFile(at('x.json'), JSON.stringify(soundCoco()));
  expect(await validateCocoKeypoints(at('x.json'))).toEqual({
    source: at('x.json'),
    defects: [],
    errors: 0,
    warnings: 0,
  });
});

const points = (change: (keypoints: number[]) => void): number[] => {
  const keypoints = [...TINY_KEYPOINTS];
  change(keypoints);
  return keypoints;
};

const errors: [string, Change, string[]][] = [
  ['a missing field', (c) => delete c.annotations[0].area, ['annotations[0].area: a number, 0 or more; nothing']],
  ['a wrong type', (c) => (c.annotations[0].id = '5'), ['annotations[0].id: a whole number; "5"']],
  ['null for a number', (c) => (c.annotations[0].area = NaN), ['annotations[0].area: a number, 0 or more; null']],
  [
    'keypoints that are not 3K',
    (c) => (c.annotations[3].keypoints = [1, 2, 2]),
    ['annotations[3].keypoints: 51 numbers, [x, y, v] for each of the 17 keypoints of category "person"; 3'],
  ],
  [
    'every bad number of a list of keypoints',
    (c) => (c.annotations[3].keypoints = points((keypoints) => keypoints.splice(1, 2, null as never, 3))),
    ['annotations[3].keypoints[1]: a finite number; null', 'annotations[3].keypoints[2]: visibility 0, 1 or 2; 3'],
  ],
  [
    'an id twice',
    (c) => (c.annotations[3].id = 30),
    ['annotations[3].id: an id of its own; 30, the id of annotations[0]'],
  ],
  [
    'an image that is not there',
    (c) => (c.annotations[0].image_id = 5),
    ['annotations[0].image_id: the id of one of the images; 5'],
  ],
  [
    'a category that is not there',
    (c) => (c.annotations[0].category_id = 5),
    ['annotations[0].category_id: the id of one of the categories; 5'],
  ],
  [
    'a negative box',
    (c) => (c.annotations[0].bbox = [1, 2, 3, -4]),
    ['annotations[0].bbox: a width and height of 0 or more; 3 and -4'],
  ],
  ['a negative area', (c) => (c.annotations[0].area = -1), ['annotations[0].area: a number, 0 or more; -1']],
  [
    'a category without keypoints, but not the annotations that refer to it',
    (c) => delete c.categories[0].keypoints,
    [
      'categories[0].keypoints: the names of its keypoints (person_keypoints_*.json has them, instances_*.json does not); nothing',
    ],
  ],
  [
    'a skeleton out of range',
    (c) =>
      (c.categories[0].skeleton = [
        [1, 2],
        [0, 1],
        [1, 18],
      ]),
    [
      'categories[0].skeleton[1]: pairs of keypoint numbers from 1 to 17; [0,1]',
      'categories[0].skeleton[2]: pairs of keypoint numbers from 1 to 17; [1,18]',
    ],
  ],
  [
    'an image listed again with another size and name',
    (c) => c.images.push({ ...c.images[0], file_name: 'c.jpg', width: 5 }),
    [
      'images[2].file_name: "a.jpg" as where image 7 is listed first; "c.jpg"',
      'images[2].width: 64 as where image 7 is listed first; 5',
    ],
  ],
  ...['../a.jpg', '/a.jpg', 'a/../../b.jpg', '.', 'a/..'].map((name): [string, Change, string[]] => [
    `the file name ${name}`,
    (c) => (c.images[1].file_name = name),
    [`images[1].file_name: a file in the image folder; "${name}", which leads out of it`],
  ]),
  [
    'half a character in a file name',
    (c) => (c.images[1].file_name = 'a\ud800.jpg'),
    ['images[1].file_name: Unicode text; "a\\ud800.jpg", half a character'],
  ],
  [
    'an image without height, but not its annotations',
    (c) => delete c.images[1].height,
    ['images[1].height: a whole number of pixels above 0; nothing'],
  ],
  [
    'a mask of the wrong length on a crowd',
    (c) => (c.annotations[2].segmentation = { size: [48, 64], counts: [5, 6] }),
    ['annotations[2].segmentation.counts: runs of 3072 pixels together; 11'],
  ],
  [
    'half a point on a person without keypoints',
    (c) =>
      (c.annotations[1].segmentation = [
        [1, 2, 3, 4, 5, 6],
        [1, 2, 3, 4, 5, 6, 7],
      ]),
    ['annotations[1].segmentation[1]: a polygon [x, y, x, y, ...]; 7 numbers'],
  ],
  [
    'no list of images',
    (c) => delete (c as Partial<typeof c>).images,
    [
      'images: an array; nothing',
      ...[0, 1, 2, 3].map((i) => `annotations[${i}].image_id: the id of one of the images; ${i === 0 ? 3 : 7}`),
    ],
  ],
  [
    'nobody',
    (c) => (c.annotations = c.annotations.slice(1, 3)),
    ['annotations: at least one person with labelled keypoints; none among 2 annotations (1 of them crowd)'],
  ],
  [
    'no category',
    (c) => ((c.categories = []), (c.annotations = [])),
    [
      'categories: at least one; none',
      'annotations: at least one person with labelled keypoints; none among 0 annotations (0 of them crowd)',
    ],
  ],
];

test.each(errors)('%s is an error that readCocoKeypoints throws', async (_, change, expected) => {
  expect(await defects(change)).toEqual(expected.map((defect) => `error ${defect}`));
});

const warnings: [string, Change, string][] = [
  [
    'an empty box',
    (c) => (c.annotations[3].bbox = [1, 2, 0, 4]),
    'annotations[3].bbox: a width and height above 0; 0 and 4',
  ],
  [
    'a box outside of its image',
    (c) => (c.annotations[3].bbox = [60, 2, 6, 4]),
    'annotations[3].bbox: a box within the 64x48 pixels of its image; [60, 2, 6, 4]',
  ],
  [
    'a keypoint outside of its image',
    (c) => (c.annotations[3].keypoints = points((keypoints) => (keypoints[3] = 65))),
    'annotations[3].keypoints[3]: a keypoint within the 64x48 pixels of its image; [65, 21]',
  ],
  [
    'a num_keypoints that disagrees',
    (c) => (c.annotations[3].num_keypoints = 3),
    'annotations[3].num_keypoints: 15, the labelled keypoints; 3',
  ],
  ['an area of 0', (c) => (c.annotations[3].area = 0), 'annotations[3].area: a number above 0; 0'],
  [
    'a bad segmentation where none is kept',
    (c) => (c.annotations[3].segmentation = { size: [48, 64] }),
    'annotations[3].segmentation.counts: run lengths, or their text; nothing',
  ],
  [
    'a polygon of two points',
    (c) => (c.annotations[1].segmentation = [[1, 2, 3, 4]]),
    'annotations[1].segmentation[0]: a polygon of three points or more; 4 numbers',
  ],
];

test.each(warnings)('%s is a warning, and tolerated', async (_, change, expected) => {
  expect(await defects(change)).toEqual([`warning ${expected}`]);
});

test('all defects of a file are listed', async () => {
  const all = await defects((c) => {
    c.images[0].width = 0;
    c.annotations[0] = null as never;
    c.annotations[1].area = 0;
    c.annotations[3].iscrowd = 7;
    c.annotations[3].bbox = [1];
  });
  expect(all).toEqual([
    'error images[0].width: a whole number of pixels above 0; 0',
    'error annotations[0]: an object; null',
    'warning annotations[1].area: a number above 0; 0',
    'error annotations[3].bbox: 4 numbers, [x, y, width, height]; 1',
    'error annotations[3].iscrowd: 0 or 1; 7',
  ]);
});

test('a list that stands twice is an error', async () => {
  const text = JSON.stringify(soundCoco()).replace('{', '{"categories": [],');
  expect(await defectsOf(text)).toEqual(['error categories: one list of this name; a second one']);
});

test('NaN is no JSON; the list of defects ends there', async () => {
  const text = JSON.stringify(soundCoco()).replace('"area":800', '"area":NaN');
  const [defect, ...others] = await defectsOf(text);
  expect(defect).toMatch(/^error : JSON; "NaN,/);
  expect(others).toEqual([]);
});

test('what is no object has that as its only error', async () => {
  expect(await defectsOf('[]')).toEqual([
    'error : an object with images, annotations and categories; an array (a file of detections rather than annotations?)',
  ]);
});

test('beyond the limit, errors and warnings are counted only', async () => {
  const json = soundCoco();
  for (const annotation of json.annotations) Object.assign(annotation, { area: 0, iscrowd: 5 });
  await writeFile(at('x.json'), JSON.stringify(json));
  const { defects, errors, warnings } = await validateCocoKeypoints(at('x.json'), { limit: 2 });
  expect([defects.length, errors, warnings]).toEqual([4, 4, 4]);
});

test('a file that is not there cannot be validated', async () => {
  await expect(validateCocoKeypoints(at('none.json'))).rejects.toThrow('there is no such file');
});
