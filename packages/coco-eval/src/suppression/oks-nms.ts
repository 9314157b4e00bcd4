import { COCO_SIGMAS } from '../similarity/coco-sigmas';
import { fail, isFiniteNumber } from '../input/json-checks';
import { peopleOks, type ScoredPerson } from '../similarity/people-oks';
import { type SoftNmsResult, softSuppression, suppressionGroups } from './greedy-suppression';

export interface OksNmsOptions {
  /** Of two people whose OKS is above this the one with the lower score goes. Default 0.9. */
  readonly threshold?: number;
  /** One for each keypoint. Default `COCO_SIGMAS`. */
  readonly sigmas?: ArrayLike<number>;
  /** Only keypoints that are above this score in both people count. Default all. */
  readonly keypointThreshold?: number;
}

export interface SoftOksNmsOptions extends OksNmsOptions {
  /** Most people to keep. Default 20. */
  readonly maxDets?: number;
}

const { exp } = Math;

/**
 * Non-maximum suppression of predicted people by OKS (deep-high-resolution-net.pytorch lib/nms/nms.py `oks_nms`): the
 * best scored is kept, all whose OKS with it is above the threshold are dropped, and so on. OKS takes the mean of both
 * people's areas. With `keypointThreshold` keypoints count that both people have, as in mmpose
 * mmpose/evaluation/functional/nms.py; HRNet, by a slip, then looks at the second person alone. Equal scores keep the
 * order of the list.
 *
 * @param people of one image and category
 * @returns indices of the people kept, by falling score
 * @throws CocoEvalError when numbers are missing or not finite, or the keypoints are not `sigmas.length` triplets
 */
export function oksNms(people: readonly ScoredPerson[], options: OksNmsOptions = {}): number[] {
  const { threshold = 0.9, sigmas = COCO_SIGMAS, keypointThreshold } = options;
  if (!isFiniteNumber(threshold)) fail('params', 'threshold', 'a finite number', threshold);
  const oks = peopleOks(people, sigmas, keypointThreshold);
  const scores = people.map(({ score }) => score);
  return suppressionGroups(scores, (best, other) => oks(best, other) > threshold).map(([kept]) => kept);
}

/**
 * Soft non-maximum suppression by OKS (Bodla et al. 2017 for boxes; mmpose mmpose/evaluation/functional/nms.py
 * `soft_oks_nms`): nobody is dropped; the best scored is picked, the scores of all others are multiplied by
 * exp(-OKS^2 / threshold), and so on until `maxDets` are picked. Equal scores keep the order of the list.
 *
 * @param people of one image and category
 * @throws CocoEvalError as `oksNms`, or when the threshold is not above 0 or `maxDets` no whole number above 0
 */
export function softOksNms(people: readonly ScoredPerson[], options: SoftOksNmsOptions = {}): SoftNmsResult {
  const { threshold = 0.9, sigmas = COCO_SIGMAS, keypointThreshold, maxDets = 20 } = options;
  if (!(isFiniteNumber(threshold) && threshold > 0)) fail('params', 'threshold', 'a number above 0', threshold);
  if (!(Number.isInteger(maxDets) && maxDets > 0)) fail('params', 'maxDets', 'a whole number above 0', maxDets);
  const oks = peopleOks(people, sigmas, keypointThreshold);
  const scores = people.map(({ score }) => score);
  return softSuppression(scores, (best, other) => exp(-(oks(best, other) ** 2) / threshold), { maxPicks: maxDets });
}
