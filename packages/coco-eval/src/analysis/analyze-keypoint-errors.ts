import { evaluateKeypoints } from '../evaluation/evaluate-keypoints';
import type { KeypointEvalParams } from '../evaluation/eval-params';
import type { CocoGroundTruth, CocoKeypointResult } from '../input/coco-types';
import { COCO_SIGMAS } from '../similarity/coco-sigmas';
import { oksVariances } from '../similarity/object-keypoint-similarity';
import { classifyKeypoints, ERROR_KINDS, type KeypointErrorKind } from './classify-keypoints';
import { type CorrectionStep, evaluateCorrections } from './corrections';
import { type ErrorAnalysisOptions, flippedKeypoints } from './error-analysis-options';
import { type JointOksLoss, jointOksLoss } from './joint-oks-loss';
import { matchedPeople } from './match-people';

/** The keypoints of a detection that was matched with a person. */
export interface AnalyzedDetection {
  /** Place in the list of detections, from 0. */
  readonly detection: number;
  readonly imageId: number;
  /** Id of the person's annotation. */
  readonly annotationId: number;
  /** Their OKS, 0.1 to 1. */
  readonly oks: number;
  /** [K]: null where the person's keypoint is not labelled. */
  readonly kinds: readonly (KeypointErrorKind | null)[];
}

/** How often each kind occurs among labelled keypoints of matched people. */
export interface KeypointErrorCounts {
  readonly labelled: number;
  readonly counts: Readonly<Record<KeypointErrorKind, number>>;
  /** counts / labelled; -1 where `labelled` is 0. */
  readonly shares: Readonly<Record<KeypointErrorKind, number>>;
}

export interface KeypointErrorAnalysis {
  /** Those that were matched, image by image, by falling score. */
  readonly detections: readonly AnalyzedDetection[];
  readonly overall: KeypointErrorCounts;
  /** [K] */
  readonly perKeypoint: readonly KeypointErrorCounts[];
  /** [K] */
  readonly perJointOksLoss: readonly JointOksLoss[];
  /** As they are, then after each correction upon those before it. */
  readonly corrections: readonly CorrectionStep[];
}

/** The lowest OKS at which a detection is taken to be of a person (coco-analyze's oksLocThrs). */
const MATCH_OKS = 0.1;

/**
 * Where a network errs, after Ronchi and Perona 2017, "Benchmarking and Error Diagnosis in Multi-Instance Pose
 * Estimation": detections are matched with people as in the evaluation, but from an OKS of 0.1 on; each labelled keypoint
 * of a matched person is good or has a jitter, inversion, swap or miss (`classifyKeypoints` has the rules); and the AP is
 * measured after all errors of each kind are corrected, one kind upon the other. Over people of all areas, 20 detections
 * an image. Takes about ten times as long as an evaluation.
 *
 * @param groundTruth a parsed COCO annotation file, keypoints in image pixels
 * @param detections  a parsed COCO results list; neither is changed
 * @param options     images, categories, OKS thresholds, sigmas and flip pairs that differ from the evaluation's defaults
 * @throws CocoEvalError as `evaluateKeypoints`, and when a flip pair is not of two keypoints of the skeleton
 */
export function analyzeKeypointErrors(
  groundTruth: CocoGroundTruth,
  detections: readonly CocoKeypointResult[],
  options: ErrorAnalysisOptions = {},
): KeypointErrorAnalysis {
  const flipped = flippedKeypoints(options);
  const variances = oksVariances(options.sigmas ?? COCO_SIGMAS);
  const params: Partial<KeypointEvalParams> = { ...options, areaRng: [[0, 1e10]], areaRngLbl: ['all'], maxDets: [20] };
  const matches = matchedPeople(
    groundTruth,
    evaluateKeypoints(groundTruth, detections, { ...params, iouThrs: [MATCH_OKS] }),
  );
  const classified = matches.map((match) =>
    classifyKeypoints(detections[match.detection].keypoints, match, variances, flipped),
  );
  const similarities = classified.map((found) => found.similarities);
  return {
    detections: matches.map(({ detection, person }, i) => ({
      detection,
      imageId: person.image_id,
      annotationId: person.id,
      oks: meanOfLabelled(similarities[i]),
      kinds: classified[i].kinds,
    })),
    overall: countKinds(classified.flatMap(({ kinds }) => kinds)),
    perKeypoint: Array.from(variances, (_, k) => countKinds(classified.map(({ kinds }) => kinds[k]))),
    perJointOksLoss: jointOksLoss(similarities, variances.length),
    corrections: evaluateCorrections({ groundTruth, detections, params, matches, classified, variances }),
  };
}

function meanOfLabelled(similarities: Float64Array): number {
  const labelled = similarities.filter((similarity) => similarity >= 0);
  return labelled.reduce((sum, similarity) => sum + similarity, 0) / labelled.length;
}

function countKinds(kinds: readonly (KeypointErrorKind | null)[]): KeypointErrorCounts {
  const counts = { good: 0, jitter: 0, inversion: 0, swap: 0, miss: 0 };
  for (const kind of kinds) if (kind !== null) counts[kind]++;
  const labelled = ERROR_KINDS.reduce((sum, kind) => sum + counts[kind], 0);
  const shares = { ...counts };
  for (const kind of ERROR_KINDS) shares[kind] = labelled === 0 ? -1 : counts[kind] / labelled;
  return { labelled, counts, shares };
}
