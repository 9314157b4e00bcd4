import type { Size } from './heatmap-layout';
import { TargetError } from './target-error';

export function checkSizes(sizes: Record<string, Size>): void {
  for (const [name, size] of Object.entries(sizes)) {
    if (size?.length !== 2 || !size.every((value) => Number.isInteger(value) && value > 0)) {
      const found = Array.isArray(size) ? `[${size.join(', ')}]` : `${size}`;
      throw new TargetError(`Expected [width, height], two positive integers, for ${name} but received ${found}`);
    }
  }
}

export function checkPositive(values: Record<string, number>): void {
  for (const [name, value] of Object.entries(values)) {
    if (!(value > 0 && value < Infinity)) {
      throw new TargetError(`Expected a positive ${name} but received ${value}`);
    }
  }
}

/** Beyond any map; it keeps a slip from allocating all memory for a kernel. */
export const LARGEST_KERNEL = 9999;

/** Standard deviations, by what the caller calls them. */
export function checkSigmas(sigmas: Record<string, number>): void {
  for (const [name, sigma] of Object.entries(sigmas)) {
    if (!(sigma > 0 && sigma <= LARGEST_KERNEL)) {
      throw new TargetError(`Expected a positive ${name} of at most ${LARGEST_KERNEL} but received ${sigma}`);
    }
  }
}

export function checkFraction(name: string, value: number): void {
  if (!(value >= 0 && value <= 1)) throw new TargetError(`Expected ${name} from 0 to 1 but received ${value}`);
}

export function checkChoice(name: string, value: string, [first, second]: readonly [string, string]): void {
  if (value !== first && value !== second) {
    throw new TargetError(`Expected ${name} '${first}' or '${second}' but received '${value}'`);
  }
}

/** Flat [x, y, v] triplets; the position of a keypoint that is not labelled (v = 0) does not matter. */
export function checkKeypoints(keypoints: ArrayLike<number>, whose = ''): void {
  if (keypoints.length === 0 || keypoints.length % 3 !== 0) {
    throw new TargetError(
      `Expected keypoints${whose} as triplets [x, y, v, ...] but received ${keypoints.length} numbers`,
    );
  }
  for (let k = 0; k < keypoints.length / 3; k++) {
    const x = keypoints[3 * k];
    const y = keypoints[3 * k + 1];
    const v = keypoints[3 * k + 2];
    if (!(v >= 0 && v < Infinity) || (v > 0 && !(Number.isFinite(x) && Number.isFinite(y)))) {
      throw new TargetError(`Expected finite [x, y, v >= 0] for keypoint ${k}${whose} but received [${x}, ${y}, ${v}]`);
    }
  }
}

/**
 * People with equally many keypoints.
 *
 * @param keypointCount what the caller says; needed when there are no people
 * @returns the number of keypoints per person
 */
export function checkPeople(people: readonly ArrayLike<number>[], keypointCount?: number): number {
  if (keypointCount !== undefined && !(Number.isInteger(keypointCount) && keypointCount > 0)) {
    throw new TargetError(`Expected a positive integer for keypointCount but received ${keypointCount}`);
  }
  if (people.length === 0 && keypointCount === undefined) {
    throw new TargetError('Expected at least one person, or the option keypointCount, but received neither');
  }
  const count = keypointCount ?? people[0].length / 3;
  for (let n = 0; n < people.length; n++) {
    checkKeypoints(people[n], ` of people[${n}]`);
    if (people[n].length !== 3 * count) {
      throw new TargetError(`Expected ${count} keypoints for people[${n}] but received ${people[n].length / 3}`);
    }
  }
  return count;
}

export function checkJointWeights(jointWeights: ArrayLike<number> | undefined, count: number): void {
  if (!jointWeights) return;
  if (jointWeights.length !== count || !Array.prototype.every.call(jointWeights, Number.isFinite)) {
    const found = Array.from(jointWeights).join(', ');
    throw new TargetError(`Expected ${count} finite jointWeights but received [${found}]`);
  }
}
