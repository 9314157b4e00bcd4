import { COCO_SKELETON } from '@pose/coco-dataset';
import type { CocoAnnotation, CocoFile } from '@pose/synthetic-coco';
import { corruptAnnotations } from '../corrupt-annotations';

const { flipPairs } = COCO_SKELETON;
const PEOPLE = 40;

/** Person i has keypoint k at (10 i + k, 20 i + 2 k), but for the nose, which is not labelled. */
function person(i: number): CocoAnnotation {
  const keypoints = Array.from({ length: 17 }, (_, k) =>
    k === 0 ? [0, 0, 0] : [10 * i + k, 20 * i + 2 * k, 2],
  ).flat();
  const bbox: [number, number, number, number] = [10 * i, 20 * i, 30 + i, 60];
  return {
    id: i,
    image_id: i,
    category_id: 1,
    keypoints,
    num_keypoints: 16,
    bbox,
    area: 900,
    iscrowd: 0,
    segmentation: [],
  };
}
const CLEAN: CocoFile = {
  info: { description: 'forty people', version: '1' },
  licenses: [],
  images: [],
  categories: [],
  annotations: Array.from({ length: PEOPLE }, (_, i) => person(i)),
};

const corrupted = corruptAnnotations(CLEAN, { share: 0.3, seed: 5, flipPairs });
const pairs = CLEAN.annotations.map((clean, i) => ({ clean, wrong: corrupted.annotations[i] }));
const changed = pairs.filter(({ clean, wrong }) => wrong !== clean);

/** Where a corrupted keypoint is minus where it was. */
const offset = ({ clean, wrong }: (typeof pairs)[number], k: number) =>
  [0, 1].map((axis) => wrong.keypoints[k * 3 + axis] - clean.keypoints[k * 3 + axis]);
const isShift = (pair: (typeof pairs)[number]) =>
  Array.from({ length: 16 }, (_, i) => offset(pair, i + 1)).every(
    ([dx, dy], _, all) => Math.hypot(dx - all[0][0], dy - all[0][1]) < 1e-9,
  );
const isSwap = ({ clean, wrong }: (typeof pairs)[number]) =>
  flipPairs.every(([l, r]) => wrong.keypoints[l * 3] === clean.keypoints[r * 3]);

test('the share of people is corrupted, a third in each way, and nothing but their keypoints', () => {
  expect(changed).toHaveLength(12);
  expect(changed.filter(isShift)).toHaveLength(4);
  expect(changed.filter(isSwap)).toHaveLength(4);
  for (const { clean, wrong } of changed) {
    expect(wrong).toEqual({ ...clean, keypoints: expect.any(Array), num_keypoints: 16 });
    expect(wrong.keypoints).not.toEqual(clean.keypoints);
    expect(wrong.keypoints.slice(0, 3)).toEqual([0, 0, 0]);
  }
});

test('displaced keypoints lie a third of the box away', () => {
  for (const pair of changed.filter(isShift)) {
    const [dx, dy] = offset(pair, 1);
    const [, , width, height] = pair.clean.bbox;
    expect(Math.hypot((3 * dx) / width, (3 * dy) / height)).toBeCloseTo(1, 9);
  }
});

test("another person's keypoints keep their places in the box", () => {
  const others = changed.filter((pair) => !isShift(pair) && !isSwap(pair));
  expect(others).toHaveLength(4);
  for (const { clean, wrong } of others) {
    const [x, y, width, height] = clean.bbox;
    const donorWidth = width / (wrong.keypoints[6] - wrong.keypoints[3]); // a step of one pixel there
    const donor = CLEAN.annotations.find(({ bbox }) => Math.abs(bbox[2] - donorWidth) < 1e-6);
    expect(donor?.id).not.toBe(clean.id);
    expect((wrong.keypoints[3] - x) / width).toBeCloseTo(1 / donorWidth, 9);
    expect((wrong.keypoints[4] - y) / height).toBeCloseTo(2 / 60, 9);
  }
});

test('the seed decides who and how', () => {
  expect(corruptAnnotations(CLEAN, { share: 0.3, seed: 5, flipPairs })).toEqual(corrupted);
  expect(corruptAnnotations(CLEAN, { share: 0.3, seed: 6, flipPairs })).not.toEqual(corrupted);
});
