import { openPoseToCoco } from '../../src';

// Names in the orders of openpose's POSE_COCO_BODY_PARTS and of COCO's annotation files.
const OPENPOSE = 'nose neck r_shoulder r_elbow r_wrist l_shoulder l_elbow l_wrist r_hip r_knee r_ankle l_hip l_knee l_ankle r_eye l_eye r_ear l_ear'.split(' '); // prettier-ignore
const COCO = 'nose l_eye r_eye l_ear r_ear l_shoulder r_shoulder l_elbow r_elbow l_wrist r_wrist l_hip r_hip l_knee r_knee l_ankle r_ankle'.split(' '); // prettier-ignore

const keypoints = OPENPOSE.flatMap((_, k) => [10 * k, 10 * k + 1, k / 32]);
const expected = COCO.flatMap((name) => {
  const k = OPENPOSE.indexOf(name);
  return [10 * k, 10 * k + 1, k / 32];
});

test('openPoseToCoco(keypoints, into) puts each keypoint in its place and drops the neck', () => {
  expect(Array.from(openPoseToCoco(keypoints))).toEqual(expected);
  const into = new Float32Array(51);
  expect(openPoseToCoco(Float32Array.from(keypoints), into)).toBe(into);
  expect(Array.from(into)).toEqual(expected);
});

test('openPoseToCoco refuses another number of keypoints', () => {
  expect(() => openPoseToCoco(keypoints.slice(3))).toThrow("54 numbers, OpenPose's 18 keypoints as [x, y, score], but found 51"); // prettier-ignore
  expect(() => openPoseToCoco(keypoints, new Float32Array(54))).toThrow(
    'Expected room for 51 floats in into but found 54',
  );
});
