import type { ResultsTable } from '../input/results-table';
import type { Curves } from './accumulate';
import { CellMatcher } from './cell-matcher';
import type { Cells } from './cells';
import { evaluatedCategories, type EvalParams } from './eval-params';
import { EvaluationSummary } from './evaluation-summary';
import type { EvaluationType } from './evaluation-type';
import type { MatchedImages } from './match-images';
import { IGNORED } from './matching';

/** Matches of one image, category and area range: an entry of pycocotools' evalImgs. */
export interface ImageMatches {
  readonly imageId: number;
  /** -1 with useCats 0. */
  readonly categoryId: number;
  readonly areaRng: readonly [number, number];
  readonly maxDet: number;
  /** By falling score, at most maxDet; a result's id is its place in the list, counted from 1. */
  readonly dtIds: readonly number[];
  readonly dtScores: readonly number[];
  /** Those that count first, then those ignored in this area range, both in file order. */
  readonly gtIds: readonly number[];
  readonly gtIgnore: readonly number[];
  /** [T][detection]: id of the ground truth, 0 for none. */
  readonly dtMatches: readonly (readonly number[])[];
  /** [T][ground truth]: id of the detection that took it last, 0 for none. */
  readonly gtMatches: readonly (readonly number[])[];
  /** [T][detection]: 1 where the detection counts neither as right nor as wrong. */
  readonly dtIgnore: readonly (readonly number[])[];
}

/** OKS or IoU of all detections with all ground truths of an image and category. */
export interface SimilarityMatrix {
  /** Rows: ids of the detections by falling score, at most the largest maxDets. */
  readonly dtIds: readonly number[];
  /** Columns: ids of the ground truths in file order. */
  readonly gtIds: readonly number[];
  readonly matrix: readonly (readonly number[])[];
}

/** Result of an evaluation with the matches behind it. */
export class Evaluation<Params extends EvalParams, Stat extends string> extends EvaluationSummary<Params, Stat> {
  /** The detections as they were read: areas, boxes, scores. */
  readonly results: ResultsTable;
  readonly #matched: MatchedImages;
  #imageAt: ReadonlyMap<number, number> | undefined;
  #evalImgs: readonly (ImageMatches | null)[] | undefined;

  constructor(
    type: EvaluationType<Params, Stat>,
    params: Params,
    curves: Curves,
    results: ResultsTable,
    matched: MatchedImages,
  ) {
    super(type, params, curves);
    this.results = results;
    this.#matched = matched;
  }

  /**
   * Matches by category, then area range, then image, as in pycocotools; null for an image with neither ground truths
   * nor detections of the category. Made at the first reading.
   */
  get evalImgs(): readonly (ImageMatches | null)[] {
    if (this.#evalImgs === undefined) {
      const matcher = new CellMatcher(this.#matched.matchInput);
      this.#evalImgs = evaluatedCategories(this.params).flatMap((_, k) =>
        this.params.areaRng.flatMap((_, a) => this.params.imgIds.map((_, i) => this.#imageMatches(matcher, k, a, i))),
      );
    }
    return this.#evalImgs;
  }

  /**
   * How alike an image's detections and ground truths are: OKS or IoU.
   *
   * @returns null where either side is empty, the image or category is not evaluated, or, of keypoints, useCats is 0
   */
  similarities(imageId: number, categoryId: number): SimilarityMatrix | null {
    const { detectionCells, groundTruthCells, groundTruth, similarities } = this.#matched;
    this.#imageAt ??= new Map(this.params.imgIds.map((id, i) => [id, i]));
    const image = this.#imageAt.get(imageId);
    const category = evaluatedCategories(this.params).indexOf(categoryId);
    if (image === undefined || category < 0) return null;
    const cell = category * this.params.imgIds.length + image;
    const offset = similarities.offsets[cell];
    if (offset < 0) return null;
    const dtIds = rowsOf(detectionCells, cell).map((row) => row + 1);
    const gtIds = rowsOf(groundTruthCells, cell).map((row) => groundTruth.ids[row]);
    const matrix = dtIds.map((_, d) => {
      const begin = offset + d * gtIds.length;
      return Array.from(similarities.values.subarray(begin, begin + gtIds.length));
    });
    return { dtIds, gtIds, matrix };
  }

  #imageMatches(matcher: CellMatcher, k: number, a: number, i: number): ImageMatches | null {
    const { params, results } = this;
    const { detectionCells, groundTruthCells, groundTruth, outcomes } = this.#matched;
    const cell = k * params.imgIds.length + i;
    const detections = rowsOf(detectionCells, cell);
    const people = rowsOf(groundTruthCells, cell);
    if (detections.length === 0 && people.length === 0) return null;
    matcher.enter(cell);
    matcher.orderFor(a);
    const order = Array.from(matcher.order.subarray(0, people.length));
    const [dtMatches, gtMatches, dtIgnore]: [number[][], number[][], number[][]] = [[], [], []];
    params.iouThrs.forEach((_, t) => {
      matcher.match(t);
      dtMatches.push(detections.map((_, d) => (matcher.taken[d] < 0 ? 0 : groundTruth.ids[people[matcher.taken[d]]])));
      gtMatches.push(order.map((g) => (matcher.takenBy[g] < 0 ? 0 : detections[matcher.takenBy[g]] + 1)));
      const base = (a * params.iouThrs.length + t) * detectionCells.rows.length + detectionCells.start[cell];
      dtIgnore.push(detections.map((_, d) => (outcomes.outcome[base + d] === IGNORED ? 1 : 0)));
    });
    return {
      imageId: params.imgIds[i],
      categoryId: evaluatedCategories(params)[k],
      areaRng: params.areaRng[a],
      maxDet: params.maxDets[params.maxDets.length - 1],
      dtIds: detections.map((row) => row + 1),
      dtScores: detections.map((row) => results.scores[row]),
      gtIds: order.map((g) => groundTruth.ids[people[g]]),
      gtIgnore: order.map((g) => matcher.ignored[g]),
      dtMatches,
      gtMatches,
      dtIgnore,
    };
  }
}

function rowsOf({ start, rows }: Cells, cell: number): number[] {
  return Array.from(rows.subarray(start[cell], start[cell + 1]));
}
