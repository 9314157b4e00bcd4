import type { Tally } from './accumulate';
import { evaluatedCategories, type EvalParams } from './eval-params';
import type { MatchedImages } from './match-images';

/** How the detections of matched images count, for the curves; `scores` are those of the results, by row. */
export function tallyMatches(
  { detectionCells, groundTruthCells, outcomes }: MatchedImages,
  scores: Float64Array,
  params: EvalParams,
): Tally {
  const [I, K, A] = [params.imgIds.length, evaluatedCategories(params).length, params.areaRng.length];
  const { start, rows } = groundTruthCells;
  const positives = new Float64Array(K * A);
  for (let k = 0; k < K; k++) {
    for (let a = 0; a < A; a++) {
      for (let slot = start[k * I]; slot < start[(k + 1) * I]; slot++) {
        if (outcomes.ignored[a * rows.length + slot] === 0) positives[k * A + a]++;
      }
    }
  }
  const slotScores = new Float64Array(detectionCells.rows.length);
  for (let slot = 0; slot < slotScores.length; slot++) slotScores[slot] = scores[detectionCells.rows[slot]];
  return { start: detectionCells.start, scores: slotScores, outcome: outcomes.outcome, positives };
}
