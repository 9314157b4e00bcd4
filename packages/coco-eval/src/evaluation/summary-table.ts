import type { EvalParams } from './eval-params';
import type { EvaluationSummary } from './evaluation-summary';
import type { StatDefinition } from './stats';

/**
 * The lines that pycocotools prints, ten for keypoints and twelve for boxes (cocoeval.py, _summarize), joined by line
 * feeds.
 *
 * @param evaluation what an evaluation returned
 */
export function summaryTable({
  params,
  stats,
  definitions,
}: Pick<EvaluationSummary<EvalParams, string>, 'params' | 'stats' | 'definitions'>): string {
  const { iouThrs } = params;
  const allThresholds = `${fixed(iouThrs[0], 2)}:${fixed(iouThrs[iouThrs.length - 1], 2)}`;
  return definitions
    .map((definition) => {
      const { name, of, iouThr, area } = definition;
      const title = of === 'precision' ? 'Average Precision  (AP)' : 'Average Recall     (AR)';
      const iou = (iouThr === undefined ? allThresholds : fixed(iouThr, 2)).padEnd(9);
      const maxDets = String(maxDetsOf(definition, params)).padStart(3);
      return ` ${title} @[ IoU=${iou} | area=${area.padStart(6)} | maxDets=${maxDets} ] = ${fixed(stats[name], 3)}`;
    })
    .join('\n');
}

function maxDetsOf({ maxDets }: StatDefinition, params: EvalParams): number | string {
  return 'value' in maxDets ? maxDets.value : (params.maxDets[maxDets.place] ?? '-');
}

/** Like toFixed, but a double that lies halfway goes to the even digit, as Python's format does. */
function fixed(value: number, digits: number): string {
  const rounded = value.toFixed(digits);
  const halves = value * 2 ** (digits + 1);
  // Halfway between two decimals of n digits means: an odd multiple of 2^-(n + 1).
  const halfway = Math.abs(halves % 2) === 1;
  const odd = Number(rounded[rounded.length - 1]) % 2 === 1;
  return halfway && odd ? (value - Math.sign(value) * 0.25 * 10 ** -digits).toFixed(digits) : rounded;
}
