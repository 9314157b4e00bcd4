import { COCO_SKELETON } from '../../src/skeletons/coco';

const { keypoints, flipPairs, limbs, sigmas, upperBody, lowerBody } = COCO_SKELETON;

test('flip pairs are the keypoints whose names differ in left and right', () => {
  const byName = keypoints.flatMap((name, k) =>
    name.startsWith('left_') ? [[k, keypoints.indexOf(name.replace('left_', 'right_'))]] : [],
  );
  expect(flipPairs).toEqual(byName);
  expect(new Set(flipPairs.flat()).size).toBe(16);
});

test("limbs are COCO's skeleton, counted from 0", () => {
  // categories[0].skeleton of person_keypoints_val2017.json
  const published = '16-14 14-12 17-15 15-13 12-13 6-12 7-13 6-7 6-8 7-9 8-10 9-11 2-3 1-2 1-3 2-4 3-5 4-6 5-7'.split(
    ' ',
  );
  expect(limbs.map(([a, b]) => `${a + 1}-${b + 1}`)).toEqual(published);
});

test('sigmas belong to the keypoints and are equal on the left and right', () => {
  expect(sigmas).toHaveLength(keypoints.length);
  for (const [left, right] of flipPairs) expect(sigmas[left]).toBe(sigmas[right]);
  // The paper's k_i = 2 sigma_i of hips (0.214) and eyes (0.05), https://cocodataset.org/#keypoints-eval
  expect(2 * sigmas[11]).toBeCloseTo(0.214, 12);
  expect(2 * sigmas[1]).toBeCloseTo(0.05, 12);
});

test('the upper and the lower body share out all keypoints, the hips below', () => {
  expect([...upperBody, ...lowerBody]).toEqual(keypoints.map((_, k) => k));
  expect(keypoints[lowerBody[0]]).toBe('left_hip');
});
