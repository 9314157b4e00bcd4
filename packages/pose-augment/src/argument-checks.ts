import { AugmentError } from './augment-error';
import type { Affine, Box, FlipPairs, Image, Keypoints, Size } from './types';

export function checkFinite(name: string, values: ArrayLike<number>, length: number): void {
  if (values.length !== length || !Array.prototype.every.call(values, Number.isFinite)) {
    throw new AugmentError(`Expected ${length} finite numbers for ${name} but received ${show(values)}`);
  }
}

export function checkPositive(name: string, value: number): void {
  if (!(value > 0 && value < Infinity)) {
    throw new AugmentError(`Expected a positive number for ${name} but received ${value}`);
  }
}

export function checkNotNegative(name: string, value: number): void {
  if (!(value >= 0 && value < Infinity)) {
    throw new AugmentError(`Expected a number from 0 on for ${name} but received ${value}`);
  }
}

export function checkCount(name: string, value: number): void {
  if (!(Number.isInteger(value) && value >= 0)) {
    throw new AugmentError(`Expected a whole number from 0 on for ${name} but received ${value}`);
  }
}

export function checkProbability(name: string, value: number): void {
  if (!(value >= 0 && value <= 1)) {
    throw new AugmentError(`Expected a probability from 0 to 1 for ${name} but received ${value}`);
  }
}

export function checkSize(name: string, size: Size): void {
  if (size.length !== 2 || !size.every((value) => Number.isInteger(value) && value > 0)) {
    throw new AugmentError(`Expected [width, height], two positive integers, for ${name} but received ${show(size)}`);
  }
}

/** A line or a point is a box as well, a box turned inside out is not. */
export function checkBox(box: Box): void {
  checkFinite('box', box, 4);
  if (box[2] < 0 || box[3] < 0) {
    throw new AugmentError(`Expected a box [x, y, width, height] without negative sides but received ${show(box)}`);
  }
}

export function checkAffine(name: string, matrix: Affine): void {
  checkFinite(name, matrix, 6);
}

export function checkImage(image: Image): void {
  checkSize('image', [image.width, image.height]);
  if (image.channels !== 3) {
    throw new AugmentError(`Expected an RGB image with 3 channels but received ${image.channels as number} channels`);
  }
  const expected = image.width * image.height * 3;
  if (image.data.length !== expected) {
    throw new AugmentError(
      `Expected ${expected} bytes for a ${image.width}x${image.height} RGB image but received ${image.data.length}`,
    );
  }
}

/** Positions are checked for labelled keypoints only: the others carry none. */
export function checkKeypoints(keypoints: Keypoints): void {
  if (keypoints.length % 3 !== 0) {
    throw new AugmentError(`Expected keypoints as triplets [x, y, v, ...] but received ${keypoints.length} numbers`);
  }
  for (let i = 0; i < keypoints.length; i += 3) {
    const visibility = keypoints[i + 2];
    if (
      !(visibility >= 0) ||
      (visibility > 0 && !(Number.isFinite(keypoints[i]) && Number.isFinite(keypoints[i + 1])))
    ) {
      throw new AugmentError(
        `Expected finite [x, y, v >= 0] for keypoint ${i / 3} but received [${keypoints[i]}, ${keypoints[i + 1]}, ${visibility}]`,
      );
    }
  }
}

export function checkFlipPairs(flipPairs: FlipPairs, count: number): void {
  for (const pair of flipPairs) {
    if (pair.length !== 2 || !pair.every((index) => Number.isInteger(index) && index >= 0 && index < count)) {
      throw new AugmentError(`Expected flip pairs of keypoint indices 0..${count - 1} but received ${show(pair)}`);
    }
  }
}

export function checkKeypointIndices(name: string, indices: readonly number[]): void {
  if (!indices.every((index) => Number.isInteger(index) && index >= 0)) {
    throw new AugmentError(`Expected keypoint indices 0, 1, ... for ${name} but received ${show(indices)}`);
  }
}

function show(values: ArrayLike<number>): string {
  return `[${Array.from(values).join(', ')}]`;
}
