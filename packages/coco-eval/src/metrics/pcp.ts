import { fail, isFiniteNumber } from '../input/json-checks';
import { checkPeople } from './people-pairs';
import { toShares } from './shares';

export interface PcpOptions {
  /** The body's parts, as pairs of 0-based keypoint indices: [[5, 7], [7, 9], ...]. */
  readonly limbs: readonly (readonly [number, number])[];
  /** Largest distance of an end, inclusive, as a share of the labelled limb's length. Default 0.5. */
  readonly threshold?: number;
}

export interface PcpResult {
  /** Mean of `perLimb` over the limbs that have a sample, 0 where none has. */
  readonly average: number;
  /** Share of correct ones, -1 where nobody has both ends. */
  readonly perLimb: readonly number[];
  /** Limbs that have a sample. */
  readonly count: number;
}

const { hypot } = Math;

/**
 * Percentage of correct parts (Ferrari et al. 2008), as shares 0 to 1: a limb is correct when both predicted ends lie
 * within `threshold` times the labelled limb's length of their places. This is the strict PCP; the loose one takes the
 * mean of both ends (Pishchulin et al. 2012). A limb counts when both its ends are labelled; one whose ends are labelled
 * at the same place is correct only when it is found exactly there.
 *
 * @param predictions flat [x, y, anything] triplets of each person, pixels of any space
 * @param groundTruth flat [x, y, v] triplets of the same people in the same order and space; v > 0 counts
 * @throws CocoEvalError as `pck`, or when a limb is not two different keypoints of the people
 */
export function pcp(
  predictions: readonly ArrayLike<number>[],
  groundTruth: readonly ArrayLike<number>[],
  { limbs, threshold = 0.5 }: PcpOptions,
): PcpResult {
  if (!isFiniteNumber(threshold)) fail('params', 'threshold', 'a finite number', threshold);
  checkLimbs(limbs, checkPeople(predictions, groundTruth) / 3);
  const [correct, samples] = [new Float64Array(limbs.length), new Float64Array(limbs.length)];
  groundTruth.forEach((labelled, n) => {
    const predicted = predictions[n];
    const error = (k: number) => hypot(predicted[3 * k] - labelled[3 * k], predicted[3 * k + 1] - labelled[3 * k + 1]);
    limbs.forEach(([a, b], limb) => {
      if (!(labelled[3 * a + 2] > 0 && labelled[3 * b + 2] > 0)) return;
      samples[limb]++;
      const length = hypot(labelled[3 * a] - labelled[3 * b], labelled[3 * a + 1] - labelled[3 * b + 1]);
      if (error(a) <= threshold * length && error(b) <= threshold * length) correct[limb]++;
    });
  });
  const { average, shares, count } = toShares(correct, samples);
  return { average, perLimb: shares, count };
}

function checkLimbs(limbs: PcpOptions['limbs'], keypoints: number): void {
  if (limbs.length === 0) fail('params', 'limbs', 'at least one pair of keypoints', limbs);
  limbs.forEach((limb, i) => {
    if (limb.length !== 2 || limb[0] === limb[1]) fail('params', `limbs[${i}]`, 'two different keypoints', limb);
    for (const k of limb) {
      if (!(Number.isInteger(k) && k >= 0 && k < keypoints)) {
        fail('params', `limbs[${i}]`, `indices of ${keypoints} keypoints`, k);
      }
    }
  });
}
