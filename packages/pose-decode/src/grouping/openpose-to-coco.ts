import { DecodeError } from '../decode-error';
import { room } from '../room';

/** For each of COCO's 17 keypoints its index among OpenPose's 18; the neck, 1, is not among them. */
const OPENPOSE_INDEX = [0, 15, 14, 17, 16, 5, 2, 6, 3, 7, 4, 11, 8, 12, 9, 13, 10];

/**
 * One person's keypoints in COCO's order from those in OpenPose's, as results for COCO need them; the neck is dropped
 * (CMU-Perceptual-Computing-Lab/openpose src/openpose/pose/poseParameters.cpp POSE_COCO_BODY_PARTS has the order).
 *
 * @param keypoints 18 flat [x, y, score] triplets, pixels of any space
 * @param into      room for the 51 numbers; default a new array
 * @returns 17 flat triplets, unchanged
 * @throws DecodeError when there are not 54 numbers, or `into` has not room for 51
 */
export function openPoseToCoco(keypoints: ArrayLike<number>, into?: Float32Array): Float32Array {
  if (keypoints.length !== 54) {
    throw new DecodeError(
      `Expected 54 numbers, OpenPose's 18 keypoints as [x, y, score], but found ${keypoints.length}`,
    );
  }
  const converted = room(into, 3 * OPENPOSE_INDEX.length);
  OPENPOSE_INDEX.forEach((from, k) => {
    for (let axis = 0; axis < 3; axis++) converted[3 * k + axis] = keypoints[3 * from + axis];
  });
  return converted;
}
