import type { AreaSource } from '../input/results-table';

/**
 * What a streaming evaluator has learnt of its images: plain data that survives JSON, files and messages between
 * workers and processes, to be merged with that of others.
 */
export interface PartialEvaluation {
  readonly format: typeof PARTIAL_FORMAT;
  /** The settings, as JSON: parts of one evaluation have the same. */
  readonly settings: string;
  /** What the areas of the detections were made of; null where there was no detection. */
  readonly areaSource: AreaSource | null;
  /** All images added, those with nothing on them too. */
  readonly imageIds: readonly number[];
  readonly cells: readonly PartialCell[];
}

/** An image of a category that has ground truths or detections. */
export interface PartialCell {
  readonly imageId: number;
  /** -1 with useCats 0. */
  readonly categoryId: number;
  /** Of the detections, falling; at most the largest maxDets. */
  readonly scores: readonly number[];
  /** [A, T, detection], a digit each: 0 a false positive, 1 a true positive, 2 ignored. */
  readonly outcomes: string;
  /** [A]: ground truths that count in each area range. */
  readonly positives: readonly number[];
}

export const PARTIAL_FORMAT = 'coco-eval-partial/1';
