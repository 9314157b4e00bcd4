import { cocoStats, quantiles } from '../src/coco-stats';
import { parseCocoKeypoints } from '../src/parse-coco-keypoints';
import { tinyCoco } from './tiny-coco';

test('cocoStats(coco) counts images, people, keypoints and box sizes', () => {
  const json = tinyCoco();
  json.annotations[3].bbox = [5, 6, 41, 90];
  const stats = cocoStats(parseCocoKeypoints(json, 'tiny.json'));
  const { categories, ...rest } = stats;
  expect(rest).toEqual({
    source: 'tiny.json',
    images: 2,
    people: 3,
    withKeypoints: 2,
    crowd: 1,
    unusableBoxes: 0,
    peoplePerImage: [0, 1, 1],
    keypointsPerPerson: [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0],
    areas: { small: 2, medium: 0, large: 0 },
    boxes: {
      width: { min: 20, q25: 25.25, median: 30.5, q75: 35.75, max: 41 },
      height: { min: 30, q25: 45, median: 60, q75: 75, max: 90 },
    },
  });
  expect(categories).toHaveLength(1);
  expect(categories[0]).toMatchObject({ id: 1, name: 'person' });
  expect(categories[0].keypoints[0]).toEqual({ name: 'nose', unlabelled: 0, hidden: 2, visible: 0 });
  expect(categories[0].keypoints[1]).toEqual({ name: 'left_eye', unlabelled: 0, hidden: 0, visible: 2 });
  expect(categories[0].keypoints[16]).toEqual({ name: 'right_ankle', unlabelled: 2, hidden: 0, visible: 0 });
});

test('cocoStats(coco) counts boxes that cannot be cropped', () => {
  const json = tinyCoco();
  json.annotations[3].bbox = [64, 6, 5, 5];
  expect(cocoStats(parseCocoKeypoints(json, 'tiny.json')).unusableBoxes).toBe(1);
});

test('cocoStats(coco) sorts people by area, one on a limit into the larger class', () => {
  const json = tinyCoco();
  json.annotations[0].area = 1024;
  json.annotations[3].area = 9216;
  // Without labelled keypoints: not counted.
  json.annotations[1].area = 5;
  expect(cocoStats(parseCocoKeypoints(json, 'tiny.json')).areas).toEqual({ small: 0, medium: 1, large: 1 });
});

test('cocoStats(coco) counts images without people', () => {
  const json = tinyCoco();
  json.images.push({ id: 1, file_name: 'c.jpg', width: 5, height: 5 });
  expect(cocoStats(parseCocoKeypoints(json, 'tiny.json')).peoplePerImage).toEqual([1, 1, 1]);
});

test('quantiles(values) lie between the nearest in rank', () => {
  expect(quantiles([5])).toEqual({ min: 5, q25: 5, median: 5, q75: 5, max: 5 });
  expect(quantiles([10, 2, 9, 1])).toEqual({ min: 1, q25: 1.75, median: 5.5, q75: 9.25, max: 10 });
});
