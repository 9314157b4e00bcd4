import type { GroundTruthTable } from '../input/ground-truth-table';
import type { ResultsTable } from '../input/results-table';
import type { EvalDefaults, EvalParams } from './eval-params';
import type { StatDefinition } from './stats';

/**
 * Writes the similarities of an image, a matrix [detection, ground truth], to `out` from `offset` on: rows of the results
 * by falling score, rows `begin` up to `end` of the ground truths.
 */
export type FillSimilarities = (
  results: ResultsTable,
  detectionRows: Int32Array,
  groundTruth: GroundTruthTable,
  groundTruthRows: Int32Array,
  begin: number,
  end: number,
  out: Float64Array,
  offset: number,
) => void;

/** What tells the evaluation of keypoints from that of boxes. */
export interface EvaluationType<Params extends EvalParams, Stat extends string> {
  /** As pycocotools' iouType. */
  readonly iouType: 'keypoints' | 'bbox';
  readonly defaults: EvalDefaults;
  /** In the order of the table. */
  readonly stats: readonly StatDefinition<Stat>[];
  /** Completes settings that were checked and have defaults. */
  complete(settings: EvalParams, params: Partial<Params>): Params;
  /** K, or null where keypoints are not read. */
  keypointCount(params: Params): number | null;
  /** Null where there are none to compute: nothing is matched then. */
  similarities(params: Params): FillSimilarities | null;
}
