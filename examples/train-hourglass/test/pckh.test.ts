import { MPII_SKELETON } from '@pose/coco-dataset';
import { pckh } from '../pckh';

/** A person whose keypoints stand in a column, 10 pixels apart, so that the head is 10 pixels long. */
const PERSON = MPII_SKELETON.keypoints.flatMap((_, i) => [100, 10 * i, 2]);

/** The person with some keypoints moved to the right. */
function moved(pixels: Record<string, number>): number[] {
  return PERSON.map((value, i) => value + (i % 3 === 0 ? (pixels[MPII_SKELETON.keypoints[i / 3]] ?? 0) : 0));
}

test('pckh counts the keypoints that are less than half a head off', () => {
  const results = [{ keypoints: moved({ left_wrist: 4.9, right_wrist: 5, head_top: -6 }) }, { keypoints: PERSON }];
  const people = [{ keypoints: PERSON }, { keypoints: PERSON }];
  expect(pckh(results, people)).toEqual({
    PCKh: expect.closeTo((14 + 2 * 0.5) / 16, 12),
    head: 0.5,
    shoulder: 1,
    elbow: 1,
    wrist: 0.75,
    hip: 1,
    knee: 1,
    ankle: 1,
  });
});

test('pckh leaves out keypoints that are not labelled and people whose head has no length', () => {
  const at = (name: string) => 3 * MPII_SKELETON.keypoints.indexOf(name);
  const handless = PERSON.slice();
  for (const side of ['left', 'right']) handless.fill(0, at(`${side}_wrist`), at(`${side}_wrist`) + 3);
  const headless = PERSON.slice();
  headless.fill(0, at('upper_neck'), at('upper_neck') + 3);
  const far = PERSON.map((value) => value + 500);
  const results = [{ keypoints: moved({ right_knee: 50 }) }, { keypoints: far }];
  expect(pckh(results, [{ keypoints: handless }, { keypoints: headless }])).toMatchObject({
    PCKh: expect.closeTo(13 / 14, 12),
    head: 1,
    wrist: 0,
    knee: 0.5,
  });
});
