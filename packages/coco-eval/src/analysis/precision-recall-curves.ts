import type { NumericArray } from '../evaluation/accumulate';

/** What a curve is read from: an evaluation of keypoints, or anything with these parts of one. */
export interface EvaluationCurves {
  readonly params: {
    readonly iouThrs: readonly number[];
    readonly recThrs: readonly number[];
    readonly areaRngLbl: readonly string[];
    readonly maxDets: readonly number[];
  };
  /** [T, R, K, A, M], -1 where there was nothing to find. */
  readonly precision: NumericArray;
}

/** Precision over recall at one threshold. */
export interface PrecisionRecallCurve {
  /** OKS threshold (IoU, where boxes were evaluated). */
  readonly threshold: number;
  /** Name of the area range. */
  readonly area: string;
  /** [R]: recalls at which precision is sampled, 0 to 1. */
  readonly recall: readonly number[];
  /** [R]: the highest precision at that recall or beyond, 0 where it is not reached; the mean over the categories. */
  readonly precision: readonly number[];
  /** Mean precision: the area under the curve. */
  readonly ap: number;
}

/**
 * The precision-recall curves of an evaluation at its largest maxDets, of every area range and threshold in which there
 * was something to find; area ranges in their order, within them thresholds in theirs.
 */
export function precisionRecallCurves({ params, precision }: EvaluationCurves): PrecisionRecallCurve[] {
  const { iouThrs, recThrs, areaRngLbl, maxDets } = params;
  const [, R, K, A, M] = precision.shape;
  const m = maxDets.indexOf(Math.max(...maxDets));
  return areaRngLbl.flatMap((area, a) =>
    iouThrs.flatMap((threshold, t): PrecisionRecallCurve[] => {
      const at = (r: number, k: number): number => precision.data[(((t * R + r) * K + k) * A + a) * M + m];
      const found = Array.from({ length: K }, (_, k) => k).filter((k) => R > 0 && at(0, k) >= 0);
      if (found.length === 0) return [];
      const values = recThrs.map((_, r) => found.reduce((sum, k) => sum + at(r, k), 0) / found.length);
      const ap = values.reduce((sum, value) => sum + value, 0) / R;
      return [{ threshold, area, recall: recThrs, precision: values, ap }];
    }),
  );
}
