import { evaluatedCategories, type EvalParams } from '../evaluation/eval-params';
import type { MatchedImages } from '../evaluation/match-images';
import type { PartialCell } from './partial-evaluation';

/** The cells of one matched image that have something in them. */
export function cellsOfImage(
  imageId: number,
  params: EvalParams,
  { detectionCells, groundTruthCells, outcomes: { ignored, outcome } }: MatchedImages,
  scores: Float64Array,
): PartialCell[] {
  const [A, T] = [params.areaRng.length, params.iouThrs.length];
  const [D, G] = [detectionCells.rows.length, groundTruthCells.rows.length];
  const cells: PartialCell[] = [];
  evaluatedCategories(params).forEach((categoryId, k) => {
    const [first, end] = [detectionCells.start[k], detectionCells.start[k + 1]];
    const [firstPerson, endPeople] = [groundTruthCells.start[k], groundTruthCells.start[k + 1]];
    if (first === end && firstPerson === endPeople) return;
    let outcomes = '';
    for (let at = 0; at < A * T; at++) {
      for (let slot = first; slot < end; slot++) outcomes += outcome[at * D + slot];
    }
    const positives = params.areaRng.map((_, a) => {
      const flags = ignored.subarray(a * G + firstPerson, a * G + endPeople);
      return flags.reduce((count, flag) => count + (1 - flag), 0);
    });
    const rows = detectionCells.rows.subarray(first, end);
    cells.push({ imageId, categoryId, scores: Array.from(rows, (row) => scores[row]), outcomes, positives });
  });
  return cells;
}
