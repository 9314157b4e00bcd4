import { KEYPOINT_NAMES, type KeypointName } from '../src/keypoints';
import { sceneAnnotations, type PersonAnnotation } from '../src/scene-annotations';
import { sceneOf, squareProp, standing, tPose } from './people';

const at = (annotation: PersonAnnotation, name: KeypointName) =>
  annotation.keypoints.slice(3 * KEYPOINT_NAMES.indexOf(name), 3 * KEYPOINT_NAMES.indexOf(name) + 3);
const visibility = (annotation: PersonAnnotation) =>
  Object.fromEntries(KEYPOINT_NAMES.map((name) => [name, at(annotation, name)[2]]));
const all = (v: number) => Object.fromEntries(KEYPOINT_NAMES.map((name) => [name, v]));

test('all keypoints of an open pose seen from the front are visible, left ones at the right of the image', () => {
  const [annotation] = sceneAnnotations(sceneOf([standing()]));
  expect(visibility(annotation)).toEqual(all(2));
  expect(annotation.num_keypoints).toBe(17);
  for (const joint of ['eye', 'ear', 'shoulder', 'elbow', 'wrist', 'hip', 'knee', 'ankle'] as const)
    expect(at(annotation, `left_${joint}`)[0]).toBeGreaterThan(at(annotation, `right_${joint}`)[0]);
});

test.each(KEYPOINT_NAMES.filter((name) => !/eye|nose|ear/.test(name)))(
  'a square over the %s hides exactly it',
  (name) => {
    const [free] = sceneAnnotations(sceneOf([standing()]));
    const [x, y] = at(free, name);
    const [hidden] = sceneAnnotations(sceneOf([standing()], [squareProp(x + 0.5, y + 0.5, 3)]));
    expect(visibility(hidden)).toEqual({ ...all(2), [name]: 1 });
    expect(hidden.keypoints.filter((_, i) => i % 3 < 2)).toEqual(free.keypoints.filter((_, i) => i % 3 < 2));
    expect(hidden.bbox).toEqual(free.bbox);
    expect(hidden.area).toBeLessThan(free.area);
  },
);

test('a prop behind the person, or a see-through one, hides nothing', () => {
  const [free] = sceneAnnotations(sceneOf([standing()]));
  const [x, y] = at(free, 'left_elbow');
  expect(sceneAnnotations(sceneOf([standing()], [{ ...squareProp(x, y, 9), depth: -1 }]))[0]).toEqual(free);
  expect(sceneAnnotations(sceneOf([standing()], [squareProp(x, y, 9, 0.3)]))[0]).toEqual(free);
});

test('joints outside of the image are (0, 0, 0) and the box ends at the border', () => {
  // The pelvis on the right border: the person's left arm and leg are out.
  const [annotation] = sceneAnnotations(sceneOf([standing({ root: [256, 128] })]));
  for (const joint of ['shoulder', 'elbow', 'wrist', 'hip', 'knee', 'ankle'] as const) {
    expect(at(annotation, `left_${joint}`)).toEqual([0, 0, 0]);
    expect(at(annotation, `right_${joint}`)[2]).toBe(2);
  }
  expect(annotation.num_keypoints).toBe(annotation.keypoints.filter((v, i) => i % 3 === 2 && v > 0).length);
  expect(annotation.bbox[0] + annotation.bbox[2]).toBe(256);
});

test('from behind, the face is hidden and left is at the left', () => {
  const [annotation] = sceneAnnotations(sceneOf([standing({ yaw: 180 })]));
  expect(visibility(annotation)).toEqual({ ...all(2), nose: 1, left_eye: 1, right_eye: 1 });
  expect(at(annotation, 'left_wrist')[0]).toBeLessThan(at(annotation, 'right_wrist')[0]);
});

test('from the side, the far eye, ear, shoulder and hip are hidden', () => {
  const pose = tPose();
  for (const side of ['left', 'right'] as const) pose.arms[side] = { flex: 70, abduct: 5, twist: 0, elbow: 5 };
  // Facing the right edge, the person's right side is near.
  const seen = visibility(sceneAnnotations(sceneOf([standing({ yaw: 90, pose })]))[0]);
  expect(seen).toMatchObject({ nose: 2, right_eye: 2, right_ear: 2, right_shoulder: 2, right_hip: 2, right_wrist: 2 });
  expect(seen).toMatchObject({ left_eye: 1, left_ear: 1, left_shoulder: 1, left_hip: 1 });
});

test('an arm across the chest hides nothing of itself; hands behind the back are hidden', () => {
  const pose = tPose();
  pose.arms.left = { flex: 22, abduct: 12, twist: 68, elbow: 98 };
  expect(visibility(sceneAnnotations(sceneOf([standing({ pose })]))[0])).toMatchObject({
    left_wrist: 2,
    left_elbow: 2,
  });
  pose.arms.left = { flex: -40, abduct: 5, twist: 80, elbow: 60 };
  expect(visibility(sceneAnnotations(sceneOf([standing({ pose })]))[0])).toMatchObject({
    left_wrist: 1,
    left_shoulder: 2,
  });
});

test('a person in front hides one behind, not the other way round', () => {
  const behind = standing({ depth: 0, stature: 150 });
  const front = standing({ depth: 1, stature: 190, root: [128, 128] });
  const [hidden, free] = sceneAnnotations(sceneOf([behind, front]));
  expect(visibility(free)).toEqual(all(2));
  expect(visibility(hidden)).toMatchObject({ left_hip: 1, right_hip: 1, left_shoulder: 1 });
  const alone = sceneAnnotations(sceneOf([behind]))[0];
  expect(hidden.bbox).toEqual(alone.bbox);
  expect(hidden.area).toBeLessThan(alone.area);
});

test('the box and the polygon hold the silhouette tightly', () => {
  const [{ bbox, area, segmentation }] = sceneAnnotations(sceneOf([standing()]));
  const xs = segmentation[0].filter((_, i) => i % 2 === 0);
  const ys = segmentation[0].filter((_, i) => i % 2 === 1);
  expect([Math.min(...xs), Math.min(...ys)]).toEqual(bbox.slice(0, 2));
  expect([Math.max(...xs), Math.max(...ys)]).toEqual([bbox[0] + bbox[2], bbox[1] + bbox[3]]);
  expect(area).toBeLessThan(bbox[2] * bbox[3]);
  // Stature 160: the head's top to the soles, arms' span.
  expect(bbox[3]).toBeGreaterThan(140);
  expect(bbox[3]).toBeLessThan(175);
});
