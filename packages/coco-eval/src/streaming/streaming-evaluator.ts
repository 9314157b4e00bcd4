import { accumulate } from '../evaluation/accumulate';
import { resolveParams, type EvalParams } from '../evaluation/eval-params';
import { EvaluationSummary } from '../evaluation/evaluation-summary';
import type { EvaluationType } from '../evaluation/evaluation-type';
import { matchImages } from '../evaluation/match-images';
import type { CocoBoxAnnotation, CocoBoxResult } from '../input/coco-types';
import { fail, isFiniteNumber } from '../input/json-checks';
import { areaSourceOf, readResults, type AreaSource } from '../input/results-table';
import { cellsOfImage } from './cells-of-image';
import { checkPartial } from './check-partial';
import { PARTIAL_FORMAT, type PartialCell, type PartialEvaluation } from './partial-evaluation';
import { tallyCells } from './tally-cells';

/** The settings of a streaming evaluation; its images are those that are added. */
export type StreamingParams<Params extends EvalParams> = Partial<Omit<Params, 'imgIds'>>;

/** One image with everything on it. */
export interface EvaluatedImage<Annotation, Result> {
  readonly imageId: number;
  /** In file order. */
  readonly annotations: readonly Annotation[];
  readonly detections: readonly Result[];
}

/**
 * An evaluation whose images come one at a time, in any order, and of which little is kept: scores and how each detection
 * counts. Its numbers are those of the evaluation of all images at once, where no annotation id is on two images.
 * `catIds` is, unless set, all categories that were seen.
 */
export class StreamingEvaluator<
  Params extends EvalParams,
  Stat extends string,
  Annotation extends CocoBoxAnnotation,
  Result extends CocoBoxResult,
> {
  readonly #type: EvaluationType<Params, Stat>;
  readonly #params: Params;
  readonly #allCategories: boolean;
  readonly #imageIds = new Set<number>();
  readonly #cells: PartialCell[] = [];
  #areaSource: AreaSource | null = null;

  /** @throws CocoEvalError when a setting is not of its kind */
  constructor(type: EvaluationType<Params, Stat>, params: StreamingParams<Params>) {
    const given = params as Partial<Params>;
    this.#type = type;
    this.#params = type.complete(resolveParams({ ...given, imgIds: [] }, type.defaults, [], []), given);
    this.#allCategories = given.catIds === undefined;
  }

  /**
   * Adds an image. The first detection that this evaluator sees decides for all how areas are made.
   *
   * @throws CocoEvalError when the image was added before, or an annotation or detection is not as it must be; nothing
   *   is added then
   */
  add({ imageId, annotations, detections }: EvaluatedImage<Annotation, Result>): void {
    if (!isFiniteNumber(imageId)) fail('params', 'imageId', 'a number', imageId);
    if (this.#imageIds.has(imageId)) fail('params', 'imageId', 'an image that was not added before', imageId);
    checkImageIds('groundTruth', 'annotations', annotations, imageId);
    checkImageIds('detections', '', detections, imageId);
    const areaSource = this.#areaSource ?? (detections.length > 0 ? areaSourceOf(detections, false) : null);
    const results = readResults(detections, {
      imageIds: new Set([imageId]),
      areaSource: areaSource ?? 'bbox',
      withKeypoints: this.#type.keypointCount(this.#params) !== null,
    });
    const categories = this.#allCategories ? categoriesOf([...annotations, ...detections]) : this.#params.catIds;
    const params = { ...this.#params, imgIds: [imageId], catIds: categories };
    const images = [{ id: imageId }];
    const matched = matchImages(this.#type, params, { images, annotations, categories: [] }, results);
    this.#cells.push(...cellsOfImage(imageId, params, matched, results.scores));
    this.#imageIds.add(imageId);
    this.#areaSource = areaSource;
  }

  /** What is known so far, to be merged elsewhere. */
  partial(): PartialEvaluation {
    return {
      format: PARTIAL_FORMAT,
      settings: this.#settings(),
      areaSource: this.#areaSource,
      imageIds: [...this.#imageIds],
      cells: [...this.#cells],
    };
  }

  /**
   * Takes over what another evaluator with the same settings learnt, in this process or in another one.
   *
   * @throws CocoEvalError when it is no such thing, its settings differ, or an image is in both; nothing is taken then
   */
  merge(partial: PartialEvaluation): void {
    checkPartial(partial, this.#settings(), this.#params);
    const twice = partial.imageIds.find((id) => this.#imageIds.has(id));
    if (twice !== undefined) fail('params', 'partial.imageIds', 'images that were not added before', twice);
    if (this.#areaSource !== null && partial.areaSource !== null && partial.areaSource !== this.#areaSource) {
      fail('params', 'partial.areaSource', `areas made of ${this.#areaSource}, as here`, partial.areaSource);
    }
    for (const id of partial.imageIds) this.#imageIds.add(id);
    for (const cell of partial.cells) this.#cells.push(cell);
    this.#areaSource ??= partial.areaSource;
  }

  /**
   * The numbers of all images added so far; more may follow.
   *
   * @throws CocoEvalError when there was no detection, unless `allowEmpty` is set
   */
  evaluate(): EvaluationSummary<Params, Stat> {
    if (this.#areaSource === null) areaSourceOf([], this.#params.allowEmpty);
    const imgIds = [...this.#imageIds].sort((a, b) => a - b);
    const seen = this.#cells.map(({ categoryId }) => categoryId);
    const catIds = this.#allCategories ? [...new Set(seen)].sort((a, b) => a - b) : this.#params.catIds;
    const params = { ...this.#params, imgIds, catIds };
    return new EvaluationSummary(this.#type, params, accumulate(tallyCells(this.#cells, params), params));
  }

  #settings(): string {
    return JSON.stringify({ iouType: this.#type.iouType, ...this.#params, imgIds: undefined, allowEmpty: undefined });
  }
}

function checkImageIds(
  source: 'groundTruth' | 'detections',
  list: string,
  entries: readonly { readonly image_id: number }[],
  imageId: number,
): void {
  if (!Array.isArray(entries)) fail(source, list || 'detections', 'a list', entries);
  const stray = entries.findIndex((entry: { image_id?: unknown } | null) => entry?.image_id !== imageId);
  if (stray < 0) return;
  const found = (entries[stray] as { image_id?: unknown } | null)?.image_id;
  fail(source, `${list}[${stray}].image_id`, `${imageId}, the image that is added`, found);
}

function categoriesOf(entries: readonly { readonly category_id: number }[]): number[] {
  return [...new Set(entries.map(({ category_id }) => category_id))].sort((a, b) => a - b);
}
