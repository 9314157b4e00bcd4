import { evaluateKeypoints, type KeypointEvaluation } from '../evaluation/evaluate-keypoints';
import type { KeypointEvalParams } from '../evaluation/eval-params';
import type { CocoGroundTruth, CocoKeypointResult } from '../input/coco-types';
import type { ClassifiedKeypoints } from './classify-keypoints';
import { correctKeypoints } from './correct-keypoints';
import type { PersonMatch } from './match-people';
import { optimalScores } from './optimal-scores';
import { precisionRecallCurves, type EvaluationCurves, type PrecisionRecallCurve } from './precision-recall-curves';

/** In the order in which they are made. */
type Correction = 'miss' | 'swap' | 'inversion' | 'jitter' | 'score' | 'falsePositives' | 'falseNegatives';

/** The detections as they are, or after this correction and all before it. */
export interface CorrectionStep {
  readonly corrected: 'none' | Correction;
  /** Mean AP over the thresholds, 0 to 1; -1 where there was nothing to find. */
  readonly ap: number;
  /** One for each threshold; none for a threshold with nothing to find. */
  readonly curves: readonly PrecisionRecallCurve[];
}

export interface CorrectionInput {
  readonly groundTruth: CocoGroundTruth;
  readonly detections: readonly CocoKeypointResult[];
  /** With one area range and one maxDets. */
  readonly params: Partial<KeypointEvalParams>;
  readonly matches: readonly PersonMatch[];
  readonly classified: readonly ClassifiedKeypoints[];
  readonly variances: Float64Array;
}

/**
 * Evaluates the detections as they are and after each correction, one upon the other (Ronchi and Perona 2017, section 4;
 * matteorr/coco-analyze pycocotools/cocoanalyze.py, summarize): keypoints missed, swapped, inverted and jittered, then
 * scores, then what is still a false positive taken away, then whom nothing found taken away.
 */
export function evaluateCorrections(input: CorrectionInput): CorrectionStep[] {
  const { groundTruth, matches, classified, variances, params } = input;
  const detections = [...input.detections];
  const evaluate = (settings = params): KeypointEvaluation => evaluateKeypoints(groundTruth, detections, settings);
  const steps = [stepOf('none', evaluate())];
  for (const kind of ['miss', 'swap', 'inversion', 'jitter'] as const) {
    matches.forEach(({ detection, person }, i) => {
      if (!classified[i].kinds.includes(kind)) return;
      const { keypoints, ...rest } = detections[detection];
      detections[detection] = {
        ...rest,
        keypoints: correctKeypoints(keypoints, person, classified[i], kind, variances),
      };
    });
    steps.push(stepOf(kind, evaluate()));
  }
  optimalScores(evaluate({ ...params, maxDets: [detections.length] })).forEach((score, i) => {
    detections[i] = { ...detections[i], score };
  });
  const scored = evaluate();
  return [
    ...steps,
    stepOf('score', scored),
    stepOf('falsePositives', withoutFalsePositives(scored)),
    stepOf('falseNegatives', withoutFalseNegatives(scored)),
  ];
}

function stepOf(corrected: CorrectionStep['corrected'], evaluation: EvaluationCurves): CorrectionStep {
  const curves = precisionRecallCurves(evaluation);
  const ap = curves.length === 0 ? -1 : curves.reduce((sum, curve) => sum + curve.ap, 0) / curves.length;
  return { corrected, ap, curves };
}

/** Without detections that match nobody, precision is 1 up to the recall that the others reach, and 0 beyond. */
function withoutFalsePositives(evaluation: KeypointEvaluation): EvaluationCurves {
  return idealCurves(evaluation, (recall, reached) => (reached > 0 && recall <= reached ? 1 : 0));
}

/** Without people whom no detection matches either, nothing is left to be wrong; where nobody was found, nothing at all. */
function withoutFalseNegatives(evaluation: KeypointEvaluation): EvaluationCurves {
  return idealCurves(evaluation, (_, reached) => (reached > 0 ? 1 : -1));
}

function idealCurves(
  { params, precision: { shape }, recall }: KeypointEvaluation,
  precisionAt: (recall: number, reached: number) => number,
): EvaluationCurves {
  const [T, R, ...columns] = shape;
  const size = columns.reduce((product, side) => product * side, 1);
  const data = new Float64Array(T * R * size).fill(-1);
  for (let t = 0; t < T; t++) {
    for (let column = 0; column < size; column++) {
      const reached = recall.data[t * size + column];
      if (reached < 0) continue;
      for (let r = 0; r < R; r++) data[(t * R + r) * size + column] = precisionAt(params.recThrs[r], reached);
    }
  }
  return { params, precision: { shape, data } };
}
