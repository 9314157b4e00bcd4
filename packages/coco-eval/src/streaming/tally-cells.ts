import type { Tally } from '../evaluation/accumulate';
import { evaluatedCategories, type EvalParams } from '../evaluation/eval-params';
import type { PartialCell } from './partial-evaluation';

const ZERO = '0'.charCodeAt(0);

/** Puts the cells of all images, which came in any order, in the order of the params. */
export function tallyCells(cells: readonly PartialCell[], params: EvalParams): Tally {
  const [I, A, T] = [params.imgIds.length, params.areaRng.length, params.iouThrs.length];
  const categories = evaluatedCategories(params);
  const imageAt = new Map(params.imgIds.map((id, i) => [id, i]));
  const categoryAt = new Map(categories.map((id, k) => [id, k]));
  const placeOf = ({ imageId, categoryId }: PartialCell): number =>
    (categoryAt.get(categoryId) as number) * I + (imageAt.get(imageId) as number);
  const start = new Int32Array(categories.length * I + 1);
  for (const cell of cells) start[placeOf(cell) + 1] = cell.scores.length;
  for (let at = 1; at < start.length; at++) start[at] += start[at - 1];

  const D = start[start.length - 1];
  const scores = new Float64Array(D);
  const outcome = new Uint8Array(A * T * D);
  const positives = new Float64Array(categories.length * A);
  for (const cell of cells) {
    const first = start[placeOf(cell)];
    const count = cell.scores.length;
    scores.set(cell.scores, first);
    for (let at = 0, digit = 0; at < A * T; at++) {
      for (let d = 0; d < count; d++) outcome[at * D + first + d] = cell.outcomes.charCodeAt(digit++) - ZERO;
    }
    const k = categoryAt.get(cell.categoryId) as number;
    for (let a = 0; a < A; a++) positives[k * A + a] += cell.positives[a];
  }
  return { start, scores, outcome, positives };
}
