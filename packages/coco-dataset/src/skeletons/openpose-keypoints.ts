import { DatasetError } from '../dataset-error';
import { COCO_SKELETON } from './coco';
import { OPENPOSE_SKELETON } from './openpose';

const LEFT_SHOULDER = COCO_SKELETON.keypoints.indexOf('left_shoulder');
const RIGHT_SHOULDER = COCO_SKELETON.keypoints.indexOf('right_shoulder');

/** For each keypoint of OpenPose its index in COCO, -1 for the neck. */
const COCO_INDEX = OPENPOSE_SKELETON.keypoints.map((name) => COCO_SKELETON.keypoints.indexOf(name));

/**
 * OpenPose's 18 keypoints of one person from COCO's 17 (pytorch_Realtime_Multi-Person_Pose_Estimation
 * lib/datasets/datasets.py). The neck is the middle of the shoulders, x and y rounded to whole pixels, halves to even;
 * its v is the product of theirs, but never above 2, so it is labelled where both shoulders are.
 *
 * @param keypoints  17 flat [x, y, v] triplets, pixels of any space
 * @param inputSize  [width, height] of the network input that the keypoints are in; when given, a keypoint outside of it
 *   (x < 0, x >= width, and so on) becomes (-1, -1, 0) as in the reference. Without it keypoints stay where they are, and
 *   a neck that is not labelled is (0, 0, 0) as COCO writes such keypoints
 * @returns 18 flat [x, y, v] triplets in the order of `OPENPOSE_SKELETON`, same space
 * @throws DatasetError when there are not 51 numbers
 */
export function openPoseKeypoints(
  keypoints: ArrayLike<number>,
  inputSize?: readonly [width: number, height: number],
): number[] {
  const expected = 3 * COCO_SKELETON.keypoints.length;
  if (keypoints.length !== expected) {
    throw new DatasetError(
      `openPoseKeypoints: expected ${expected} numbers, [x, y, v] of COCO's keypoints, found ${keypoints.length}`,
    );
  }
  const converted: number[] = [];
  for (const k of COCO_INDEX) {
    const [x, y, v] = k < 0 ? neck(keypoints) : [keypoints[3 * k], keypoints[3 * k + 1], keypoints[3 * k + 2]];
    if (inputSize && (x < 0 || x >= inputSize[0] || y < 0 || y >= inputSize[1])) converted.push(-1, -1, 0);
    else if (k < 0 && v === 0 && !inputSize) converted.push(0, 0, 0);
    else converted.push(x, y, v);
  }
  return converted;
}

function neck(keypoints: ArrayLike<number>): [x: number, y: number, v: number] {
  const [left, right] = [3 * LEFT_SHOULDER, 3 * RIGHT_SHOULDER];
  const middle = (axis: number): number => roundHalfToEven((keypoints[right + axis] + keypoints[left + axis]) / 2);
  return [middle(0), middle(1), Math.min(2, keypoints[left + 2] * keypoints[right + 2])];
}

function roundHalfToEven(value: number): number {
  const rounded = Math.round(value);
  // Math.round takes halves up.
  return rounded - value === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}
