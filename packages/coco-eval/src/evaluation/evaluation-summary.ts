import type { Curves, NumericArray } from './accumulate';
import { evaluatedCategories, type EvalParams } from './eval-params';
import type { EvaluationType } from './evaluation-type';
import { statsOf, type StatDefinition } from './stats';

/** The numbers of an evaluation. K is the number of categories (1 with useCats 0), A of area ranges, M of maxDets. */
export class EvaluationSummary<Params extends EvalParams, Stat extends string> {
  /** The settings used: the caller's over the defaults, ids and maxDets sorted. */
  readonly params: Params;
  readonly stats: Readonly<Record<Stat, number>>;
  /** What each of the stats averages over, in the order of the table. */
  readonly definitions: readonly StatDefinition<Stat>[];
  /** [T, R, K, A, M], -1 where there was nothing to find. */
  readonly precision: NumericArray;
  /** [T, K, A, M], -1 where there was nothing to find. */
  readonly recall: NumericArray;
  /** [T, R, K, A, M]: score of the detection at which the recall is reached. */
  readonly scores: NumericArray;
  /** [K, A]: ground truths that count. */
  readonly npig: NumericArray;

  constructor(type: EvaluationType<Params, Stat>, params: Params, curves: Curves) {
    this.params = params;
    this.definitions = type.stats;
    this.stats = statsOf(type.stats, params, curves);
    this.precision = curves.precision;
    this.recall = curves.recall;
    this.scores = curves.scores;
    this.npig = curves.npig;
  }

  /** The stats of each category alone, by its id; those of -1, all as one, with useCats 0. */
  statsByCategory(): ReadonlyMap<number, Readonly<Record<Stat, number>>> {
    return new Map(
      evaluatedCategories(this.params).map((id, k) => [id, statsOf(this.definitions, this.params, this, k)]),
    );
  }
}
