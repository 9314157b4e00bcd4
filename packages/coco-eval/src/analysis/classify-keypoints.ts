import type { CocoKeypointAnnotation } from '../input/coco-types';
import type { PersonMatch } from './match-people';

/** What can be said of a keypoint that was found of a person. */
export type KeypointErrorKind = 'good' | 'jitter' | 'inversion' | 'swap' | 'miss';

/** In this order wherever they are listed. */
export const ERROR_KINDS: readonly KeypointErrorKind[] = ['good', 'jitter', 'inversion', 'swap', 'miss'];

/** Keypoint similarity from which on a keypoint is near a place: half of what a perfect one has. */
export const NEAR = 0.5;
/** Keypoint similarity from which on it is good: as near as people agree with each other, by and large. */
export const GOOD = 0.85;

/** The keypoints of one match; [K] each. */
export interface ClassifiedKeypoints {
  /** null where the person's keypoint is not labelled. */
  readonly kinds: readonly (KeypointErrorKind | null)[];
  /** Similarity with the person's own keypoint, 0 to 1: the OKS term; -1 where it is not labelled. */
  readonly similarities: Float64Array;
  /** The highest similarity with any keypoint that it may have been taken for, the person's own among them. */
  readonly highest: Float64Array;
}

const { exp } = Math;
const EPSILON = 2 ** -52;

/**
 * Tells the kind of each labelled keypoint (Ronchi and Perona 2017, section 3.1; matteorr/coco-analyze
 * pycocotools/cocoanalyze.py, _find_kpt_errors). Where the keypoint was found is compared with the same keypoint of the
 * person and of all others of the image, and with the keypoint on the other side of the body of all of them. The one
 * with the highest similarity exp(-d^2 / (2 area (2 sigma)^2)), area being that of whose keypoint it is, decides:
 * below 0.5, miss; the person's own, good from 0.85 on, else jitter; the person's other side, inversion; another
 * person's, swap. Of equal similarities the first in this order decides: own, others, own other side, others' other side.
 *
 * @param keypoints flat [x, y, anything] triplets of the detection, image pixels
 * @param match     the person that it was matched with, and the others
 * @param variances (2 sigma)^2 of each of the K keypoints
 * @param flipped   the keypoint on the other side, or itself
 */
export function classifyKeypoints(
  keypoints: ArrayLike<number>,
  { person, others }: PersonMatch,
  variances: Float64Array,
  flipped: Int32Array,
): ClassifiedKeypoints {
  const K = variances.length;
  const kinds = new Array<KeypointErrorKind | null>(K).fill(null);
  const similarities = new Float64Array(K).fill(-1);
  const highest = new Float64Array(K).fill(-1);
  for (let k = 0; k < K; k++) {
    const withKeypoint = ({ keypoints: labels, area }: CocoKeypointAnnotation, j: number): number => {
      if (!(labels[3 * j + 2] > 0)) return -1;
      const [dx, dy] = [keypoints[3 * k] - labels[3 * j], keypoints[3 * k + 1] - labels[3 * j + 1]];
      return exp(-((dx * dx + dy * dy) / variances[k] / (area + EPSILON) / 2));
    };
    similarities[k] = withKeypoint(person, k);
    if (similarities[k] < 0) continue;
    let best = similarities[k];
    let kind: KeypointErrorKind = best < GOOD ? 'jitter' : 'good';
    const compare = (whose: CocoKeypointAnnotation, j: number, confusion: KeypointErrorKind): void => {
      const similarity = withKeypoint(whose, j);
      if (similarity > best) [best, kind] = [similarity, confusion];
    };
    for (const other of others) compare(other, k, 'swap');
    if (flipped[k] !== k) {
      compare(person, flipped[k], 'inversion');
      for (const other of others) compare(other, flipped[k], 'swap');
    }
    highest[k] = best;
    kinds[k] = best < NEAR ? 'miss' : kind;
  }
  return { kinds, similarities, highest };
}
