import { checkNumbers, fail, isFiniteNumber } from '../input/json-checks';
import type { ScoredPerson } from '../similarity/people-oks';

export interface NearbyJointsNmsOptions {
  /** Two keypoints are near when their distance is below this share of the first person's diagonal. Default 0.05. */
  readonly distanceThreshold?: number;
  /** Two people are close when more than this many of their keypoints are near. Default half of them, rounded down. */
  readonly countThreshold?: number;
  /** Most people to keep. Default 30. */
  readonly maxDets?: number;
}

const { hypot, max, min } = Math;

/**
 * Non-maximum suppression of predicted people by the keypoints that lie near each other, which needs no areas (Geng et
 * al. 2021, DEKR, lib/core/nms.py; mmpose mmpose/evaluation/functional/nms.py `nearby_joints_nms`). By falling score, each
 * person who is not yet ignored forms a group with all who are close to them; if the group's best scored is not ignored,
 * that one is kept and the whole group is ignored from then on. Near is measured by the diagonal of the first person's
 * keypoint extents, so a small person may be close to a large one that is not close to them. Equal scores keep the order
 * of the list.
 *
 * @param people of one image and category, all with the same number of keypoints
 * @returns indices of the people kept, in the order of their keeping; when there are more than `maxDets`, the best scored
 * @throws CocoEvalError when numbers are missing or not finite, people differ in their number of keypoints, or an option
 *   is not of its kind
 */
export function nearbyJointsNms(
  people: readonly Omit<ScoredPerson, 'area'>[],
  options: NearbyJointsNmsOptions = {},
): number[] {
  const size = people.length > 0 ? people[0].keypoints.length : 3;
  if (size === 0 || size % 3 !== 0) fail('detections', '[0].keypoints', 'triplets [x, y, score]', people[0].keypoints);
  const { distanceThreshold = 0.05, countThreshold = Math.floor(size / 6), maxDets = 30 } = options;
  if (!(isFiniteNumber(distanceThreshold) && distanceThreshold > 0)) {
    fail('params', 'distanceThreshold', 'a number above 0', distanceThreshold);
  }
  if (!(
    Number.isInteger(countThreshold) &&
    countThreshold >= 0 &&
    (people.length === 0 || countThreshold < size / 3)
  )) {
    fail('params', 'countThreshold', `a whole number from 0 to ${size / 3 - 1}, below the keypoints`, countThreshold);
  }
  if (!(Number.isInteger(maxDets) && maxDets > 0)) fail('params', 'maxDets', 'a whole number above 0', maxDets);
  people.forEach(({ keypoints, score }, i) => {
    checkNumbers('detections', () => `[${i}].keypoints`, keypoints, size);
    if (!isFiniteNumber(score)) fail('detections', `[${i}].score`, 'a finite number', score);
  });

  const byScore = (one: number, other: number): number => people[other].score - people[one].score || one - other;
  const ignored = new Set<number>();
  const kept: number[] = [];
  for (const i of [...people.keys()].sort(byScore)) {
    if (ignored.has(i)) continue;
    const limit = distanceThreshold * diagonal(people[i].keypoints);
    const isClose = (j: number): boolean =>
      j === i || nearKeypoints(people[i].keypoints, people[j].keypoints, limit) > countThreshold;
    const group = [...people.keys()].filter(isClose);
    const best = group.reduce((one, other) => (byScore(one, other) <= 0 ? one : other));
    if (ignored.has(best)) continue;
    kept.push(best);
    for (const j of group) ignored.add(j);
  }
  return kept.length > maxDets ? kept.sort(byScore).slice(0, maxDets) : kept;
}

/** Diagonal of the smallest box around the keypoints. */
function diagonal(keypoints: ArrayLike<number>): number {
  const axis = (first: number): number[] =>
    Array.from({ length: keypoints.length / 3 }, (_, k) => keypoints[3 * k + first]);
  const extent = (values: number[]): number => max(...values) - min(...values);
  return hypot(extent(axis(0)), extent(axis(1)));
}

/** How many keypoints of two people are nearer to each other than the limit. */
function nearKeypoints(one: ArrayLike<number>, other: ArrayLike<number>, limit: number): number {
  let near = 0;
  for (let i = 0; i < one.length; i += 3) if (hypot(one[i] - other[i], one[i + 1] - other[i + 1]) < limit) near++;
  return near;
}
