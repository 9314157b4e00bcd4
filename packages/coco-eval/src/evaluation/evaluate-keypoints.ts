import { accumulate } from './accumulate';
import { bestByScore, groupByCell, mergeCategories, type Cells } from './cells';
import type { CocoGroundTruth, CocoKeypointResult } from '../input/coco-types';
import { groundTruthIds, groundTruthTable, type GroundTruthTable } from '../input/ground-truth-table';
import { fail } from '../input/json-checks';
import { KeypointEvaluation } from './keypoint-evaluation';
import { resolveParams, type KeypointEvalParams } from './keypoint-params';
import { keypointStats } from './keypoint-stats';
import { loadResults, type ResultsTable } from '../input/load-results';
import { matchCells } from './matching';
import { OksKernel, oksVariances } from '../similarity/object-keypoint-similarity';

/**
 * COCO keypoint evaluation: AP and AR over OKS thresholds, equal to pycocotools 2.0.11 (COCO.loadRes, then COCOeval's
 * evaluate, accumulate and summarize with iouType 'keypoints'). Time is linear in the images.
 *
 * @param groundTruth a parsed COCO annotation file
 * @param detections  a parsed COCO results list; an empty one is an error, as in pycocotools, unless `params.allowEmpty`
 * @param params      settings that differ from pycocotools' defaults
 * @throws CocoEvalError when an input is not as it must be; the message names the field or the entry
 */
export function evaluateKeypoints(
  groundTruth: CocoGroundTruth,
  detections: readonly CocoKeypointResult[],
  params: Partial<KeypointEvalParams> = {},
): KeypointEvaluation {
  const { imageIds, categoryIds } = groundTruthIds(groundTruth);
  const settings = resolveParams(params, imageIds, categoryIds);
  const { imgIds, catIds, sigmas, maxDets, iouThrs, areaRng } = settings;
  const results = loadResults(detections, imageIds, settings.allowEmpty);

  const uniqueCatIds = [...new Set(catIds)];
  const cellCount = uniqueCatIds.length * imgIds.length;
  const people = groundTruthTable(groundTruth, imgIds, uniqueCatIds, sigmas.length);
  const byCategory = {
    groundTruths: groupByCell(people.cells, cellCount),
    detections: groupByCell(cellsOf(results, imgIds, uniqueCatIds, sigmas.length), cellCount),
  };
  const categoryOrder = catIds.map((id) => uniqueCatIds.indexOf(id));
  const inCells = (cells: Cells): Cells =>
    settings.useCats === 1 ? cells : mergeCategories(cells, imgIds.length, categoryOrder);
  const groundTruthCells = inCells(byCategory.groundTruths);
  const detectionCells = bestByScore(inCells(byCategory.detections), results.scores, maxDets[maxDets.length - 1]);

  const similarities = oksOfCells(settings, results, people, detectionCells, groundTruthCells);
  const matches = matchCells({
    detections: detectionCells,
    detectionAreas: results.areas,
    groundTruths: groundTruthCells,
    groundTruthIds: people.ids,
    groundTruthAreas: people.areas,
    ignored: people.ignored,
    crowds: people.crowds,
    similarities,
    areaRng,
    thresholds: iouThrs,
  });
  const curves = accumulate({
    matches,
    detections: detectionCells,
    scores: results.scores,
    groundTruths: groundTruthCells,
    categoryCount: settings.useCats === 1 ? catIds.length : 1,
    imageCount: imgIds.length,
    areaCount: areaRng.length,
    thresholdCount: iouThrs.length,
    recThrs: settings.recThrs,
    maxDets,
  });
  return new KeypointEvaluation({
    params: settings,
    curves,
    stats: keypointStats(settings, curves),
    results,
    groundTruth: people,
    detectionCells,
    groundTruthCells,
    similarities,
    matches,
  });
}

/** Cell of each result, -1 where it takes no part; those that do must have K keypoints. */
function cellsOf(
  { imageIds, categoryIds, keypoints }: ResultsTable,
  imgIds: readonly number[],
  catIds: readonly number[],
  keypointCount: number,
): Int32Array {
  const imageAt = new Map(imgIds.map((id, i) => [id, i]));
  const categoryAt = new Map(catIds.map((id, c) => [id, c]));
  const cells = new Int32Array(imageIds.length).fill(-1);
  for (let row = 0; row < cells.length; row++) {
    const image = imageAt.get(imageIds[row]);
    const category = categoryAt.get(categoryIds[row]);
    if (image === undefined || category === undefined) continue;
    if (keypoints[row].length !== 3 * keypointCount) {
      const expected = `${3 * keypointCount} numbers (${keypointCount} keypoints, one for each sigma)`;
      fail('detections', `[${row}].keypoints`, expected, keypoints[row]);
    }
    cells[row] = category * imgIds.length + image;
  }
  return cells;
}

/** OKS matrices of all cells one after the other; offset -1 where either side is empty, and everywhere with useCats 0. */
function oksOfCells(
  { useCats, sigmas }: KeypointEvalParams,
  results: ResultsTable,
  people: GroundTruthTable,
  detectionCells: Cells,
  groundTruthCells: Cells,
) {
  const cellCount = detectionCells.start.length - 1;
  const offsets = new Float64Array(cellCount).fill(-1);
  let total = 0;
  for (let cell = 0; cell < cellCount && useCats === 1; cell++) {
    const size =
      (detectionCells.start[cell + 1] - detectionCells.start[cell]) *
      (groundTruthCells.start[cell + 1] - groundTruthCells.start[cell]);
    if (size > 0) offsets[cell] = total;
    total += size;
  }
  const values = new Float64Array(total);
  const kernel = new OksKernel(oksVariances(sigmas));
  for (let cell = 0; cell < cellCount; cell++) {
    if (offsets[cell] < 0) continue;
    const rows = detectionCells.rows.subarray(detectionCells.start[cell], detectionCells.start[cell + 1]);
    const keypoints = Array.from(rows, (row) => results.keypoints[row]);
    const [begin, end] = [groundTruthCells.start[cell], groundTruthCells.start[cell + 1]];
    kernel.fill(keypoints, people, groundTruthCells.rows, begin, end, values, offsets[cell]);
  }
  return { offsets, values };
}
