import type { KeypointEvaluation } from './keypoint-evaluation';
import { KEYPOINT_STATS, STATS_MAX_DETS } from './keypoint-stats';

/**
 * The ten lines that pycocotools prints (cocoeval.py, _summarize), joined by line feeds.
 *
 * @param evaluation what evaluateKeypoints returned
 */
export function summaryTable(evaluation: Pick<KeypointEvaluation, 'params' | 'stats'>): string {
  const { iouThrs } = evaluation.params;
  const allThresholds = `${fixed(iouThrs[0], 2)}:${fixed(iouThrs[iouThrs.length - 1], 2)}`;
  return KEYPOINT_STATS.map(({ name, of, iouThr, area }) => {
    const title = of === 'precision' ? 'Average Precision  (AP)' : 'Average Recall     (AR)';
    const iou = (iouThr === undefined ? allThresholds : fixed(iouThr, 2)).padEnd(9);
    const maxDets = String(STATS_MAX_DETS).padStart(3);
    const value = fixed(evaluation.stats[name], 3);
    return ` ${title} @[ IoU=${iou} | area=${area.padStart(6)} | maxDets=${maxDets} ] = ${value}`;
  }).join('\n');
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
