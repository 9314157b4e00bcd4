import path from 'node:path';
import type { CocoKeypoints } from '../../src/coco-types';
import { DatasetError } from '../../src/dataset-error';
import { imageInstances } from '../../src/instances/image-instances';
import { parseCocoKeypoints } from '../../src/parse-coco-keypoints';
import { MPII_SKELETON } from '../../src/skeletons/mpii';
import { TINY_KEYPOINTS, tinyCoco } from '../tiny-coco';

const imageFolder = path.resolve('images');

function tiny(): CocoKeypoints {
  const coco = parseCocoKeypoints(tinyCoco(), 'tiny.json');
  const [, unlabelled, crowd] = coco.annotations;
  unlabelled.segmentation = [[1, 2, 5, 2, 5, 9]];
  crowd.segmentation = { size: [48, 64], counts: [3000, 72] };
  return coco;
}

test('imageInstances(coco, options) is the images with their people and the regions to ignore', () => {
  expect(imageInstances(tiny(), { imageFolder })).toEqual([
    {
      imageId: 7,
      imageFile: path.join(imageFolder, 'a.jpg'),
      imageSize: [64, 48],
      people: [{ annotationId: 10, keypoints: TINY_KEYPOINTS, box: [5, 6, 40, 30], area: 800 }],
      ignore: [
        { kind: 'polygons', polygons: [[1, 2, 5, 2, 5, 9]] },
        { kind: 'mask', size: [64, 48], runs: [3000, 72] },
      ],
    },
    {
      imageId: 3,
      imageFile: path.join(imageFolder, 'b.jpg'),
      imageSize: [32, 80],
      people: [{ annotationId: 30, keypoints: TINY_KEYPOINTS, box: [-4, 6, 20, 30], area: 800 }],
      ignore: [],
    },
  ]);
});

test.each([undefined, []])('a person with segmentation %j is ignored in the box', (segmentation) => {
  const coco = tiny();
  coco.annotations[1].segmentation = segmentation;
  expect(imageInstances(coco, { imageFolder })[0].ignore[0]).toEqual({ kind: 'box', box: [5, 6, 40, 30] });
});

test('people with fewer keypoints than minKeypoints are ignored', () => {
  const coco = tiny();
  coco.annotations[0].keypoints = coco.annotations[0].keypoints.map((value, i) => (i < 6 ? value : 0));
  expect(imageInstances(coco, { imageFolder, minKeypoints: 3 }).map(({ imageId }) => imageId)).toEqual([7]);
  const all = imageInstances(coco, { imageFolder, minKeypoints: 3, empty: true });
  expect(all[1]).toMatchObject({ imageId: 3, people: [], ignore: [{ kind: 'box', box: [-4, 6, 20, 30] }] });
});

test('images without people come with option empty', () => {
  const coco = tiny();
  coco.images.push({ id: 99, file_name: 'c.jpg', width: 5, height: 6 });
  expect(imageInstances(coco, { imageFolder })).toHaveLength(2);
  expect(imageInstances(coco, { imageFolder, empty: true })[2]).toEqual({
    imageId: 99,
    imageFile: path.join(imageFolder, 'c.jpg'),
    imageSize: [5, 6],
    people: [],
    ignore: [],
  });
});

test.each<[string, (coco: CocoKeypoints) => void, string]>([
  [
    'a mask of another size',
    ({ annotations }) => (annotations[2].segmentation = { size: [64, 48], counts: [3072] }),
    'tiny.json: annotation 12: segmentation: size: expected [48, 64], [height, width] of image 7, found [64, 48]',
  ],
  [
    'a mask that does not cover the image',
    ({ annotations }) => (annotations[2].segmentation = { size: [48, 64], counts: [1] }),
    'tiny.json: annotation 12: segmentation: counts: expected runs over 48 x 64 (height x width) = 3072 pixels, found 1',
  ],
  [
    'an image that is not listed',
    ({ annotations }) => (annotations[0].image_id = 8),
    'tiny.json: annotation 30: image_id: expected the id of one of the images, found 8',
  ],
  [
    'a file name that leads out of the folder',
    ({ images }) => (images[0].file_name = '../a.jpg'),
    `tiny.json: image 7: file_name: expected a file in ${imageFolder}, found "../a.jpg", which leads out of it`,
  ],
  [
    'nobody',
    ({ annotations }) => annotations.splice(0, 4),
    'tiny.json: annotations: expected at least one image with a person with 1 or more labelled keypoints, found none ' +
      'among 2 images',
  ],
])('%s is refused', (_, change, message) => {
  const coco = tiny();
  change(coco);
  expect(() => imageInstances(coco, { imageFolder })).toThrow(new DatasetError(message));
});

test('options are checked', () => {
  expect(() => imageInstances(tiny(), { imageFolder, minKeypoints: 0 })).toThrow(
    new DatasetError('imageInstances: minKeypoints: expected a whole number above 0, found 0'),
  );
  expect(() => imageInstances(tiny(), { imageFolder, skeleton: MPII_SKELETON })).toThrow(/expected the 16 keypoints/);
});
