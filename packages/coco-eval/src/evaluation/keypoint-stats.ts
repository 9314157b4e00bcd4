import type { NumericArray } from './accumulate';
import type { KeypointEvalParams } from './keypoint-params';
import { pairwiseSum } from '../similarity/pairwise-sum';

/** The ten numbers of COCO's keypoint challenge under pycocotools' names, 0 to 1, or -1 where nothing was to be found. */
export interface KeypointStats {
  readonly AP: number;
  readonly AP50: number;
  readonly AP75: number;
  readonly APM: number;
  readonly APL: number;
  readonly AR: number;
  readonly AR50: number;
  readonly AR75: number;
  readonly ARM: number;
  readonly ARL: number;
}

/** What a stat averages over. */
export interface StatDefinition {
  readonly name: keyof KeypointStats;
  readonly of: 'precision' | 'recall';
  /** One threshold, found by exact equality; all where it is not given. */
  readonly iouThr?: number;
  readonly area: 'all' | 'medium' | 'large';
}

/** The column of maxDets that all stats read. */
export const STATS_MAX_DETS = 20;

/** In the order of pycocotools' summary (cocoeval.py, _summarizeKps). */
export const KEYPOINT_STATS: readonly StatDefinition[] = [
  { name: 'AP', of: 'precision', area: 'all' },
  { name: 'AP50', of: 'precision', iouThr: 0.5, area: 'all' },
  { name: 'AP75', of: 'precision', iouThr: 0.75, area: 'all' },
  { name: 'APM', of: 'precision', area: 'medium' },
  { name: 'APL', of: 'precision', area: 'large' },
  { name: 'AR', of: 'recall', area: 'all' },
  { name: 'AR50', of: 'recall', iouThr: 0.5, area: 'all' },
  { name: 'AR75', of: 'recall', iouThr: 0.75, area: 'all' },
  { name: 'ARM', of: 'recall', area: 'medium' },
  { name: 'ARL', of: 'recall', area: 'large' },
];

/** The stats of the curves; those whose area label, threshold or maxDets is not among the params are -1. */
export function keypointStats(
  params: KeypointEvalParams,
  curves: { readonly precision: NumericArray; readonly recall: NumericArray },
): KeypointStats {
  const entries = KEYPOINT_STATS.map((stat) => [stat.name, meanOf(curves[stat.of], stat, params)] as const);
  return Object.fromEntries(entries) as unknown as KeypointStats;
}

/** Mean of the cells above -1 of [T, ..., A, M], added in numpy's order. */
function meanOf({ shape, data }: NumericArray, { iouThr, area }: StatDefinition, params: KeypointEvalParams): number {
  const [A, M] = shape.slice(-2);
  const perThreshold = shape.slice(1, -2).reduce((product, size) => product * size, 1);
  const kept = new Float64Array(data.length);
  let count = 0;
  for (let t = 0; t < shape[0]; t++) {
    if (iouThr !== undefined && params.iouThrs[t] !== iouThr) continue;
    for (let i = 0; i < perThreshold; i++) {
      for (let a = 0; a < A; a++) {
        if (params.areaRngLbl[a] !== area) continue;
        for (let m = 0; m < M; m++) {
          const value = data[((t * perThreshold + i) * A + a) * M + m];
          if (params.maxDets[m] === STATS_MAX_DETS && value > -1) kept[count++] = value;
        }
      }
    }
  }
  return count === 0 ? -1 : pairwiseSum(kept, 0, count) / count;
}
