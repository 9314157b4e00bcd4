import path from 'node:path';
import { pipelineParity } from '@pose/golden-cases';
import { DatasetError } from '../../src/dataset-error';
import { COCO_SKELETON } from '../../src/skeletons/coco';
import { OPENPOSE_SKELETON } from '../../src/skeletons/openpose';
import { openPoseKeypoints } from '../../src/skeletons/openpose-keypoints';

interface Inputs {
  people: [number, number, number][][];
  input_size: number;
}
interface Expected {
  joints18: [number, number, number][][];
}

const parity = pipelineParity(path.join(__dirname, '../fixtures'));

parity<Inputs, Expected>('openpose_targets', ({ inputs, expected, check }) => {
  const converted = inputs.people.flatMap((person) =>
    openPoseKeypoints(person.flat(), [inputs.input_size, inputs.input_size]),
  );
  check('joints18', converted, expected.joints18);
});

/** 17 keypoints at (10 + k, 20 + k), visible; `change` puts other triplets at some of them. */
function person(change: Record<string, readonly [number, number, number]> = {}): number[] {
  return COCO_SKELETON.keypoints.flatMap((name, k) => [...(change[name] ?? [10 + k, 20 + k, 2])]);
}

function keypoint(converted: readonly number[], name: string): number[] {
  const k = OPENPOSE_SKELETON.keypoints.indexOf(name);
  return converted.slice(3 * k, 3 * k + 3);
}

test('openPoseKeypoints(keypoints) moves each keypoint to its place', () => {
  const converted = openPoseKeypoints(person());
  expect(converted).toHaveLength(54);
  COCO_SKELETON.keypoints.forEach((name, k) => expect(keypoint(converted, name)).toEqual([10 + k, 20 + k, 2]));
});

test.each([
  [
    [10, 20, 2],
    [11, 23, 2],
    [10, 22, 2],
  ],
  [
    [11, 20, 2],
    [12, 21, 1],
    [12, 20, 2],
  ],
  [
    [-3, 0, 1],
    [-2, 0, 1],
    [-2, 0, 1],
  ],
  [
    [10, 20, 0],
    [20, 30, 2],
    [0, 0, 0],
  ],
] as const)('the neck of shoulders %j and %j is %j', (left_shoulder, right_shoulder, neck) => {
  const converted = openPoseKeypoints(person({ left_shoulder, right_shoulder }));
  expect(keypoint(converted, 'neck')).toEqual(neck);
});

test('openPoseKeypoints(keypoints, inputSize) unlabels what lies outside of the input', () => {
  const change = {
    nose: [-0.5, 3, 2],
    left_eye: [100, 3, 2],
    right_eye: [3, 50, 2],
    left_ear: [99.5, 49.5, 1],
  } as const;
  const converted = openPoseKeypoints(person(change), [100, 50]);
  for (const name of ['nose', 'left_eye', 'right_eye']) expect(keypoint(converted, name)).toEqual([-1, -1, 0]);
  expect(keypoint(converted, 'left_ear')).toEqual([99.5, 49.5, 1]);
  expect(keypoint(openPoseKeypoints(person(change)), 'nose')).toEqual([-0.5, 3, 2]);
});

test('openPoseKeypoints(keypoints) refuses another number of keypoints', () => {
  expect(() => openPoseKeypoints([1, 2, 2])).toThrow(
    new DatasetError("openPoseKeypoints: expected 51 numbers, [x, y, v] of COCO's keypoints, found 3"),
  );
});
