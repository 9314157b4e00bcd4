import type { CocoBoxAnnotation, CocoGroundTruth } from '../input/coco-types';
import { groundTruthTable, type GroundTruthTable } from '../input/ground-truth-table';
import { fail } from '../input/json-checks';
import type { ResultsTable } from '../input/results-table';
import { bestByScore, groupByCell, mergeCategories, type Cells } from './cells';
import type { EvalParams } from './eval-params';
import type { EvaluationType, FillSimilarities } from './evaluation-type';
import { matchCells, type MatchInput, type Outcomes } from './matching';

/** The matrices of all cells one after the other; offset -1 where either side is empty. */
export interface Similarities {
  readonly offsets: Float64Array;
  readonly values: Float64Array;
}

/** Both sides by cell, how alike they are, and how they count. */
export interface MatchedImages {
  readonly groundTruth: GroundTruthTable;
  readonly groundTruthCells: Cells;
  readonly detectionCells: Cells;
  readonly similarities: Similarities;
  /** For a `CellMatcher` that tells who was matched with whom. */
  readonly matchInput: MatchInput;
  readonly outcomes: Outcomes;
}

/**
 * Matches the detections of all images of the params (evaluate of pycocotools/cocoeval.py). Time is linear in the images.
 *
 * @throws CocoEvalError where an annotation or result that takes part is not as it must be
 */
export function matchImages<Params extends EvalParams>(
  type: EvaluationType<Params, string>,
  params: Params,
  annotated: CocoGroundTruth<CocoBoxAnnotation>,
  results: ResultsTable,
): MatchedImages {
  const { imgIds, catIds, useCats, maxDets } = params;
  const keypointCount = type.keypointCount(params);
  const uniqueCatIds = [...new Set(catIds)];
  const cellCount = uniqueCatIds.length * imgIds.length;
  const groundTruth = groundTruthTable(annotated, imgIds, uniqueCatIds, keypointCount);
  const categoryOrder = catIds.map((id) => uniqueCatIds.indexOf(id));
  const inCells = (cellOf: Int32Array): Cells => {
    const cells = groupByCell(cellOf, cellCount);
    return useCats === 1 ? cells : mergeCategories(cells, imgIds.length, categoryOrder);
  };
  const groundTruthCells = inCells(groundTruth.cells);
  const detectionCells = bestByScore(
    inCells(cellsOf(results, imgIds, uniqueCatIds, keypointCount)),
    results.scores,
    maxDets[maxDets.length - 1],
  );
  const similarities = fillCells(type.similarities(params), results, groundTruth, detectionCells, groundTruthCells);
  const matchInput: MatchInput = {
    detections: detectionCells,
    detectionAreas: results.areas,
    groundTruths: groundTruthCells,
    groundTruthIds: groundTruth.ids,
    groundTruthAreas: groundTruth.areas,
    ignored: groundTruth.ignored,
    crowds: groundTruth.crowds,
    similarities,
    areaRng: params.areaRng,
    thresholds: params.iouThrs,
  };
  const outcomes = matchCells(matchInput);
  return { groundTruth, groundTruthCells, detectionCells, similarities, matchInput, outcomes };
}

/** Cell of each result, -1 where it takes no part; those that do must have K keypoints, where keypoints are read. */
function cellsOf(
  { imageIds, categoryIds, keypoints }: ResultsTable,
  imgIds: readonly number[],
  catIds: readonly number[],
  keypointCount: number | null,
): Int32Array {
  const imageAt = new Map(imgIds.map((id, i) => [id, i]));
  const categoryAt = new Map(catIds.map((id, c) => [id, c]));
  const cells = new Int32Array(imageIds.length).fill(-1);
  for (let row = 0; row < cells.length; row++) {
    const image = imageAt.get(imageIds[row]);
    const category = categoryAt.get(categoryIds[row]);
    if (image === undefined || category === undefined) continue;
    if (keypointCount !== null && keypoints[row].length !== 3 * keypointCount) {
      const expected = `${3 * keypointCount} numbers (${keypointCount} keypoints, one for each sigma)`;
      fail('detections', `[${row}].keypoints`, expected, keypoints[row]);
    }
    cells[row] = category * imgIds.length + image;
  }
  return cells;
}

function fillCells(
  fill: FillSimilarities | null,
  results: ResultsTable,
  groundTruth: GroundTruthTable,
  detections: Cells,
  groundTruths: Cells,
): Similarities {
  const cellCount = detections.start.length - 1;
  const offsets = new Float64Array(cellCount).fill(-1);
  if (fill === null) return { offsets, values: new Float64Array(0) };
  const sizeOf = ({ start }: Cells, cell: number): number => start[cell + 1] - start[cell];
  let total = 0;
  for (let cell = 0; cell < cellCount; cell++) {
    const size = sizeOf(detections, cell) * sizeOf(groundTruths, cell);
    if (size > 0) offsets[cell] = total;
    total += size;
  }
  const values = new Float64Array(total);
  for (let cell = 0; cell < cellCount; cell++) {
    if (offsets[cell] < 0) continue;
    const rows = detections.rows.subarray(detections.start[cell], detections.start[cell + 1]);
    const [begin, end] = [groundTruths.start[cell], groundTruths.start[cell + 1]];
    fill(results, rows, groundTruth, groundTruths.rows, begin, end, values, offsets[cell]);
  }
  return { offsets, values };
}
