import { COCO_SIGMAS } from '../similarity/coco-sigmas';
import { checkNumbers, fail, isFiniteNumber } from '../input/json-checks';
import { checkSigmas, type OksGroundTruth, oksVariances } from '../similarity/object-keypoint-similarity';

/** How well one keypoint is found, over all people who have it labelled. */
export interface KeypointError {
  /** People who have it labelled. With 0 the other numbers are -1. */
  readonly count: number;
  /** Mean distance, as a share of the square root of the person's area. */
  readonly meanDistance: number;
  /** Median of the same; of an even count the mean of the middle two. */
  readonly medianDistance: number;
  /** Share of people whose OKS term of this keypoint is above 0.5, and above 0.75. */
  readonly above50: number;
  readonly above75: number;
}

export interface KeypointErrors {
  readonly perKeypoint: readonly KeypointError[];
  /** OKS of each person, 0 to 1, to find the worst with; -1 where no keypoint is labelled. */
  readonly oks: Float64Array;
}

const { exp, sqrt } = Math;

/**
 * Errors keypoint by keypoint, of results that belong to known people, such as those from ground-truth boxes: no matching,
 * one result for each person. The OKS term of a keypoint is exp(-d^2 / (2 area (2 sigma)^2)), the summand of OKS
 * (https://cocodataset.org/#keypoints-eval); d is the distance in image pixels.
 *
 * @param detections  flat [x, y, anything] triplets of each person, image pixels
 * @param groundTruth the same people in the same order; `bbox` is not read
 * @param sigmas      K standard deviations, by default COCO's 17
 * @returns for nobody, counts of 0
 * @throws CocoEvalError when the lists do not agree in their lengths, a number is missing or not finite, or a person with
 *   labelled keypoints has no area
 */
export function perKeypointErrors(
  detections: readonly ArrayLike<number>[],
  groundTruth: readonly Omit<OksGroundTruth, 'bbox'>[],
  sigmas: ArrayLike<number> = COCO_SIGMAS,
): KeypointErrors {
  checkSigmas(sigmas);
  if (detections.length !== groundTruth.length) {
    fail('detections', 'detections', `one result for each of ${groundTruth.length} people`, detections);
  }
  const K = sigmas.length;
  const variances = oksVariances(sigmas);
  const distances: number[][] = Array.from({ length: K }, () => []);
  const terms: number[][] = Array.from({ length: K }, () => []);
  const oks = Float64Array.from(groundTruth, ({ keypoints, area }, n) => {
    const detection = detections[n];
    checkNumbers('groundTruth', () => `[${n}].keypoints`, keypoints, 3 * K);
    checkNumbers('detections', () => `[${n}]`, detection, 3 * K);
    let sum = 0;
    let labelled = 0;
    for (let k = 0, i = 0; k < K; k++, i += 3) {
      if (!(keypoints[i + 2] > 0)) continue;
      if (!(isFiniteNumber(area) && area > 0)) fail('groundTruth', `[${n}].area`, 'a number above 0', area);
      const [dx, dy] = [detection[i] - keypoints[i], detection[i + 1] - keypoints[i + 1]];
      const squared = (dx * dx + dy * dy) / area;
      const term = exp(-squared / variances[k] / 2);
      distances[k].push(sqrt(squared));
      terms[k].push(term);
      sum += term;
      labelled++;
    }
    return labelled > 0 ? sum / labelled : -1;
  });
  return { perKeypoint: distances.map((all, k) => summarize(all, terms[k])), oks };
}

function summarize(distances: number[], terms: number[]): KeypointError {
  const count = distances.length;
  if (count === 0) return { count, meanDistance: -1, medianDistance: -1, above50: -1, above75: -1 };
  const sorted = Float64Array.from(distances).sort();
  const share = (limit: number) => terms.filter((term) => term > limit).length / count;
  return {
    count,
    meanDistance: distances.reduce((sum, distance) => sum + distance, 0) / count,
    medianDistance: (sorted[(count - 1) >> 1] + sorted[count >> 1]) / 2,
    above50: share(0.5),
    above75: share(0.75),
  };
}
