import fc from 'fast-check';
import type { CocoKeypoints } from '../../src/coco-types';
import { DatasetError } from '../../src/dataset-error';
import { parseCocoKeypoints } from '../../src/parse-coco-keypoints';
import { duplicate } from '../../src/subset/duplicate';
import { splitByShare, subset } from '../../src/subset/subset';
import { tinyCoco } from '../tiny-coco';

/** Images with the given ids, and one annotation on each. */
function withImages(ids: readonly number[]): CocoKeypoints {
  const tiny = parseCocoKeypoints(tinyCoco(), 'many.json');
  return {
    ...tiny,
    images: ids.map((id) => ({ id, file_name: `${id}.jpg`, width: 64, height: 48 })),
    annotations: ids.map((image_id, i) => ({ ...tiny.annotations[0], id: i + 1, image_id })),
  };
}
const imageIds = (coco: CocoKeypoints): number[] => coco.images.map(({ id }) => id);
const hundred = withImages(Array.from({ length: 100 }, (_, i) => 1000 + 7 * i));

test('subset(coco, { first }) is the first images with their annotations', () => {
  const first = subset(parseCocoKeypoints(tinyCoco(), 'tiny.json'), { first: 1 });
  expect(imageIds(first)).toEqual([7]);
  expect(first.annotations.map(({ id }) => id)).toEqual([11, 12, 10]);
  expect(subset(hundred, { first: 500 })).toEqual(hundred);
});

test('subset(coco, { imageIds }) keeps the order of the file', () => {
  expect(imageIds(subset(hundred, { imageIds: [1021, 1000, 1014] }))).toEqual([1000, 1014, 1021]);
  expect(imageIds(subset(hundred, { imageIds: [1021, 1000, 1014], first: 2 }))).toEqual([1000, 1014]);
});

test('subset(coco, { withKeypoints }) leaves out crowds, people without keypoints, and images without people', () => {
  const coco = parseCocoKeypoints(tinyCoco(), 'tiny.json');
  coco.images.push({ id: 99, file_name: 'c.jpg', width: 5, height: 5 });
  const people = subset(coco, { withKeypoints: true });
  expect(imageIds(people)).toEqual([7, 3]);
  expect(people.annotations.map(({ id }) => id)).toEqual([30, 10]);
});

test('subset(coco, { share, seed }) draws the same images again, and more of the same with a larger share', () => {
  const drawn = (share: number, seed?: number) => imageIds(subset(hundred, { share, seed }));
  expect(drawn(0.3, 5)).toHaveLength(30);
  expect(drawn(0.3, 5)).toEqual(drawn(0.3, 5));
  expect(drawn(0.3, 5)).not.toEqual(drawn(0.3, 6));
  expect(drawn(0.3)).toEqual(drawn(0.3, 0));
  expect(drawn(0.6, 5)).toEqual(expect.arrayContaining(drawn(0.3, 5)));
  expect(drawn(0.0001)).toHaveLength(1);
  expect(drawn(1)).toEqual(imageIds(hundred));
});

test('every image is drawn about as often', () => {
  const times = new Map<number, number>();
  for (let seed = 0; seed < 400; seed++) {
    for (const id of imageIds(subset(hundred, { share: 0.25, seed }))) times.set(id, (times.get(id) ?? 0) + 1);
  }
  // 100 expected, standard deviation 8.7.
  expect(Math.min(...times.values())).toBeGreaterThan(65);
  expect(Math.max(...times.values())).toBeLessThan(135);
});

test('splitByShare(coco, share, seed) shares out all images and annotations', () => {
  const ids = fc.uniqueArray(fc.integer({ min: 0, max: 2 ** 40 }), { minLength: 2, maxLength: 40 });
  const share = fc.integer({ min: 1, max: 99 }).map((n) => n / 100);
  fc.assert(
    fc.property(ids, share, fc.integer(), (list, part, seed) => {
      const coco = withImages(list);
      const size = Math.max(1, Math.round(part * list.length));
      if (size === list.length) {
        expect(() => splitByShare(coco, part, seed)).toThrow(DatasetError);
        return;
      }
      const [first, second] = splitByShare(coco, part, seed);
      expect(imageIds(first)).toHaveLength(size);
      for (const [key, of] of [
        ['images', coco.images],
        ['annotations', coco.annotations],
      ] as const) {
        const inFirst = new Set<object>(first[key]);
        expect(of.filter((each) => inFirst.has(each))).toEqual(first[key]);
        expect(of.filter((each) => !inFirst.has(each))).toEqual(second[key]);
      }
    }),
  );
});

test.each<[Parameters<typeof subset>[1], string]>([
  [{ first: 0 }, 'first: expected a whole number of images above 0, found 0'],
  [{ first: 1.5 }, 'first: expected a whole number of images above 0, found 1.5'],
  [{ share: 0 }, 'share: expected a number above 0, at most 1, found 0'],
  [{ share: NaN }, 'share: expected a number above 0, at most 1, found NaN'],
  [{ share: 0.5, seed: 0.5 }, 'seed: expected a whole number, found 0.5'],
  [{ imageIds: [1000, 1, 2] }, 'many.json: images: expected the ids 1, 2 among 100 images, found 2 of 3 missing'],
  [{ imageIds: [] }, 'many.json: images: expected at least one that is chosen, found none'],
])('subset refuses %j', (options, message) => {
  expect(() => subset(hundred, options)).toThrow(new DatasetError(message));
});

test('duplicate(instances, times) is whole passes one after the other', () => {
  expect(duplicate(['a', 'b'], 3)).toEqual(['a', 'b', 'a', 'b', 'a', 'b']);
  expect(() => duplicate(['a'], 0)).toThrow(new DatasetError('duplicate: expected a whole number above 0, found 0'));
});
