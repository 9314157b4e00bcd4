import type { Curves, NumericArray } from './accumulate';
import type { EvalParams } from './eval-params';
import { pairwiseSum } from '../similarity/pairwise-sum';

/** What a stat averages over. */
export interface StatDefinition<Name extends string = string> {
  readonly name: Name;
  readonly of: 'precision' | 'recall';
  /** One threshold, found by exact equality; all where it is not given. */
  readonly iouThr?: number;
  readonly area: 'all' | 'small' | 'medium' | 'large';
  /** The column of maxDets: by its value, or by its place in the list. */
  readonly maxDets: { readonly value: number } | { readonly place: number };
}

/**
 * The stats of the curves, each 0 to 1; -1 where nothing was to be found, or the stat's area label, threshold or maxDets
 * is not among the params.
 *
 * @param category place of the one category to look at; all where it is not given
 */
export function statsOf<Name extends string>(
  definitions: readonly StatDefinition<Name>[],
  params: EvalParams,
  curves: Pick<Curves, 'precision' | 'recall'>,
  category?: number,
): Readonly<Record<Name, number>> {
  const entries = definitions.map((stat) => [stat.name, meanOf(curves[stat.of], stat, params, category)] as const);
  return Object.fromEntries(entries) as Record<Name, number>;
}

/** Mean of the cells above -1 of [T, ..., K, A, M], added in numpy's order. */
function meanOf({ shape, data }: NumericArray, stat: StatDefinition, params: EvalParams, category?: number): number {
  const [K, A, M] = shape.slice(-3);
  const perThreshold = shape.slice(1, -3).reduce((product, size) => product * size, 1);
  const columns = columnsOf(stat, params.maxDets);
  const kept = new Float64Array(data.length);
  let count = 0;
  for (let t = 0; t < shape[0]; t++) {
    if (stat.iouThr !== undefined && params.iouThrs[t] !== stat.iouThr) continue;
    for (let i = 0; i < perThreshold; i++) {
      for (let k = 0; k < K; k++) {
        if (category !== undefined && k !== category) continue;
        for (let a = 0; a < A; a++) {
          if (params.areaRngLbl[a] !== stat.area) continue;
          for (const m of columns) {
            const value = data[(((t * perThreshold + i) * K + k) * A + a) * M + m];
            if (value > -1) kept[count++] = value;
          }
        }
      }
    }
  }
  return count === 0 ? -1 : pairwiseSum(kept, 0, count) / count;
}

function columnsOf({ maxDets }: StatDefinition, list: readonly number[]): number[] {
  const isMeant = (count: number, m: number): boolean =>
    'place' in maxDets ? m === maxDets.place : count === maxDets.value;
  return [...list.keys()].filter((m) => isMeant(list[m], m));
}
