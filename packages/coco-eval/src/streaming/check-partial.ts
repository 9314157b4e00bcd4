import type { EvalParams } from '../evaluation/eval-params';
import { checkNumbers, fail, isFiniteNumber } from '../input/json-checks';
import { PARTIAL_FORMAT, type PartialCell, type PartialEvaluation } from './partial-evaluation';

/**
 * @param settings those of the evaluator that is to take the part over
 * @throws CocoEvalError unless this is a whole part of an evaluation with these settings
 */
export function checkPartial(partial: PartialEvaluation, settings: string, params: EvalParams): void {
  const { format, imageIds, cells } = partial as Partial<PartialEvaluation>;
  if (format !== PARTIAL_FORMAT) fail('params', 'partial.format', `'${PARTIAL_FORMAT}'`, format);
  if (partial.settings !== settings) {
    fail('params', 'partial.settings', `the settings of this evaluator, ${settings}`, partial.settings);
  }
  checkNumbers('params', () => 'partial.imageIds', imageIds);
  if (!Array.isArray(cells)) fail('params', 'partial.cells', 'a list', cells);
  const images = new Set(imageIds);
  const seen = new Set<string>();
  (cells as readonly PartialCell[]).forEach((cell, i) => {
    checkCell(cell, `partial.cells[${i}]`, images, params);
    const key = `${cell.imageId} ${cell.categoryId}`;
    if (seen.has(key)) fail('params', `partial.cells[${i}]`, 'an image of a category once', `${key} again`);
    seen.add(key);
  });
}

function checkCell(cell: PartialCell, path: string, images: ReadonlySet<number>, params: EvalParams): void {
  const { imageId, categoryId, scores, outcomes, positives } = cell;
  const [A, T] = [params.areaRng.length, params.iouThrs.length];
  if (!images.has(imageId)) fail('params', `${path}.imageId`, 'one of partial.imageIds', imageId);
  if (!isFiniteNumber(categoryId)) fail('params', `${path}.categoryId`, 'a number', categoryId);
  checkNumbers('params', () => `${path}.scores`, scores);
  checkNumbers('params', () => `${path}.positives`, positives, A);
  const digits = A * T * scores.length;
  if (typeof outcomes !== 'string' || outcomes.length !== digits || /[^012]/.test(outcomes)) {
    fail('params', `${path}.outcomes`, `${digits} digits 0, 1 or 2`, outcomes);
  }
}
