import type { Curves, NumericArray } from './accumulate';
import type { Cells } from './cells';
import type { GroundTruthTable } from '../input/ground-truth-table';
import type { KeypointEvalParams } from './keypoint-params';
import type { KeypointStats } from './keypoint-stats';
import type { ResultsTable } from '../input/load-results';
import { IGNORED, type Matches } from './matching';

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

/** OKS of all detections with all ground truths of an image and category. */
export interface OksMatrix {
  /** Rows: ids of the detections by falling score, at most the largest maxDets. */
  readonly dtIds: readonly number[];
  /** Columns: ids of the ground truths in file order. */
  readonly gtIds: readonly number[];
  readonly matrix: readonly (readonly number[])[];
}

/** What the evaluator hands over; the arrays are kept as they are and read on demand. */
export interface EvaluationParts {
  readonly params: KeypointEvalParams;
  readonly curves: Curves;
  readonly stats: KeypointStats;
  readonly results: ResultsTable;
  readonly groundTruth: GroundTruthTable;
  readonly detectionCells: Cells;
  readonly groundTruthCells: Cells;
  readonly similarities: { readonly offsets: Float64Array; readonly values: Float64Array };
  readonly matches: Matches;
}

/** Result of an evaluation. K is the number of categories (1 with useCats 0), A of area ranges, M of maxDets. */
export class KeypointEvaluation {
  /** The settings used: the caller's over the defaults, ids and maxDets sorted. */
  readonly params: KeypointEvalParams;
  readonly stats: KeypointStats;
  /** [T, R, K, A, M], -1 where there was nothing to find. */
  readonly precision: NumericArray;
  /** [T, K, A, M], -1 where there was nothing to find. */
  readonly recall: NumericArray;
  /** [T, R, K, A, M]: score of the detection at which the recall is reached. */
  readonly scores: NumericArray;
  /** [K, A]: ground truths that count. */
  readonly npig: NumericArray;
  /** The detections as they were read: areas, boxes, scores. */
  readonly results: ResultsTable;
  readonly #parts: EvaluationParts;
  #evalImgs: readonly (ImageMatches | null)[] | undefined;

  constructor(parts: EvaluationParts) {
    this.params = parts.params;
    this.stats = parts.stats;
    this.precision = parts.curves.precision;
    this.recall = parts.curves.recall;
    this.scores = parts.curves.scores;
    this.npig = parts.curves.npig;
    this.results = parts.results;
    this.#parts = parts;
  }

  /**
   * Matches by category, then area range, then image, as in pycocotools; null for an image with neither ground truths
   * nor detections of the category. Made at the first reading.
   */
  get evalImgs(): readonly (ImageMatches | null)[] {
    this.#evalImgs ??= this.#categoryIds().flatMap((_, k) =>
      this.params.areaRng.flatMap((_, a) => this.params.imgIds.map((_, i) => this.#imageMatches(k, a, i))),
    );
    return this.#evalImgs;
  }

  /**
   * OKS of an image's detections with its ground truths.
   *
   * @returns null where either side is empty, the image or category is not evaluated, or useCats is 0
   */
  oks(imageId: number, categoryId: number): OksMatrix | null {
    const { detectionCells, groundTruthCells, similarities } = this.#parts;
    const image = this.params.imgIds.indexOf(imageId);
    const category = this.#categoryIds().indexOf(categoryId);
    if (image < 0 || category < 0) return null;
    const cell = category * this.params.imgIds.length + image;
    const offset = similarities.offsets[cell];
    if (offset < 0) return null;
    const dtIds = rowsOf(detectionCells, cell).map((row) => row + 1);
    const gtIds = rowsOf(groundTruthCells, cell).map((row) => this.#parts.groundTruth.ids[row]);
    const matrix = dtIds.map((_, d) => {
      const begin = offset + d * gtIds.length;
      return Array.from(similarities.values.subarray(begin, begin + gtIds.length));
    });
    return { dtIds, gtIds, matrix };
  }

  #categoryIds(): readonly number[] {
    return this.params.useCats === 1 ? this.params.catIds : [-1];
  }

  #imageMatches(k: number, a: number, i: number): ImageMatches | null {
    const { params } = this;
    const { detectionCells, groundTruthCells, groundTruth, results, matches } = this.#parts;
    const cell = k * params.imgIds.length + i;
    const detections = rowsOf(detectionCells, cell);
    const [gtBegin, gtEnd] = [groundTruthCells.start[cell], groundTruthCells.start[cell + 1]];
    if (detections.length === 0 && gtBegin === gtEnd) return null;
    const gtBase = a * groundTruthCells.rows.length;
    const order = Array.from(matches.order.subarray(gtBase + gtBegin, gtBase + gtEnd));
    const idOfGroundTruth = (slot: number): number => (slot < 0 ? 0 : groundTruth.ids[groundTruthCells.rows[slot]]);
    const idOfDetection = (slot: number): number => (slot < 0 ? 0 : detectionCells.rows[slot] + 1);
    const firstDetection = detectionCells.start[cell];
    const perThreshold = <Value>(make: (dtBase: number, gtBase: number) => Value): Value[] =>
      params.iouThrs.map((_, t) => {
        const at = a * params.iouThrs.length + t;
        return make(at * detectionCells.rows.length + firstDetection, at * groundTruthCells.rows.length);
      });
    return {
      imageId: params.imgIds[i],
      categoryId: this.#categoryIds()[k],
      areaRng: params.areaRng[a],
      maxDet: params.maxDets[params.maxDets.length - 1],
      dtIds: detections.map((row) => row + 1),
      dtScores: detections.map((row) => results.scores[row]),
      gtIds: order.map(idOfGroundTruth),
      gtIgnore: order.map((slot) => matches.ignored[gtBase + slot]),
      dtMatches: perThreshold((base) => detections.map((_, d) => idOfGroundTruth(matches.ofDetection[base + d]))),
      gtMatches: perThreshold((_, base) => order.map((slot) => idOfDetection(matches.ofGroundTruth[base + slot]))),
      dtIgnore: perThreshold((base) => detections.map((_, d) => (matches.outcome[base + d] === IGNORED ? 1 : 0))),
    };
  }
}

function rowsOf({ start, rows }: Cells, cell: number): number[] {
  return Array.from(rows.subarray(start[cell], start[cell + 1]));
}
