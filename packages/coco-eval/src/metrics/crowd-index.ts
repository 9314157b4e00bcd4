import { checkNumbers, fail } from '../input/json-checks';
import { checkBox } from '../similarity/box-iou';

/** A labelled person among others of an image. */
export interface BoxedPerson {
  /** Flat [x, y, v] triplets in image pixels; v > 0 counts. */
  readonly keypoints: ArrayLike<number>;
  /** [x, y, width, height] in image pixels. */
  readonly bbox: ArrayLike<number>;
}

/**
 * How crowded an image is (Crowd Index of Li et al. 2019, CrowdPose): for each person, the number of other people's
 * keypoints in the person's box, edges included, divided by the number of the person's own; then the mean over the
 * people. Someone without a labelled keypoint has no part in the mean. Rounded to two decimals this is `crowdIndex` of
 * CrowdPose's images.
 *
 * @param people everybody labelled in the image
 * @returns 0 or more; 0 for nobody
 * @throws CocoEvalError when numbers are missing or not finite, or a box has a width or height below 0
 */
export function crowdIndex(people: readonly BoxedPerson[]): number {
  people.forEach(({ keypoints, bbox }, i) => {
    checkNumbers('groundTruth', () => `[${i}].keypoints`, keypoints);
    if (keypoints.length % 3 !== 0) fail('groundTruth', `[${i}].keypoints`, 'triplets [x, y, v]', keypoints);
    checkBox('groundTruth', `[${i}].bbox`, bbox);
  });
  const ratios = people.flatMap((person, i) => {
    const own = labelledInside(person.keypoints);
    if (own === 0) return [];
    const others = people.filter((_, j) => j !== i);
    return [others.reduce((sum, { keypoints }) => sum + labelledInside(keypoints, person.bbox), 0) / own];
  });
  return ratios.length > 0 ? ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length : 0;
}

/** How many keypoints are labelled, and inside the box if there is one. */
function labelledInside(keypoints: ArrayLike<number>, box?: ArrayLike<number>): number {
  let count = 0;
  for (let i = 0; i < keypoints.length; i += 3) {
    if (keypoints[i + 2] > 0 && (!box || contains(box, keypoints[i], keypoints[i + 1]))) count++;
  }
  return count;
}

function contains(box: ArrayLike<number>, x: number, y: number): boolean {
  return x >= box[0] && x <= box[0] + box[2] && y >= box[1] && y <= box[1] + box[3];
}
