import type { CocoKeypointResult } from './coco-types';
import { CocoEvalError } from './coco-eval-error';
import { checkNumbers, fail, firstNonNumber, isFiniteNumber, isList } from './json-checks';
import { measureMask } from './run-length-mask';

/** A results list as columns. The id of row i is i + 1, whatever the entry says: pycocotools numbers results anew. */
export interface ResultsTable {
  readonly imageIds: Float64Array;
  readonly categoryIds: Float64Array;
  readonly scores: Float64Array;
  /** Square image pixels: of the box, the mask or the keypoints' extents; see loadResults. */
  readonly areas: Float64Array;
  /** [row, 4]: x, y, width, height. */
  readonly boxes: Float64Array;
  /** Flat triplets of each entry, as given. */
  readonly keypoints: readonly ArrayLike<number>[];
}

type Measure = (result: CocoKeypointResult, row: number, areas: Float64Array, boxes: Float64Array) => void;

/**
 * Reads a COCO keypoint results list (loadRes of pycocotools/coco.py). The first entry decides for all how the area of a
 * detection, which the area ranges look at, is made: from `bbox` if it has one that is not empty, else from
 * `segmentation`, else from the extents of all keypoints.
 *
 * @param detections the list
 * @param imageIds   ids of the ground truth's images
 * @param allowEmpty whether the list may be empty
 * @throws CocoEvalError naming the entry that is not as it must be, of an unknown image included
 */
export function loadResults(
  detections: readonly CocoKeypointResult[],
  imageIds: ReadonlySet<number>,
  allowEmpty: boolean,
): ResultsTable {
  if (!Array.isArray(detections)) fail('detections', 'the detections', 'a list of results', detections);
  const count = detections.length;
  if (count === 0 && !allowEmpty) {
    throw new CocoEvalError(
      'detections',
      'the detections: expected at least one result, found an empty list (evaluateKeypoints takes one with allowEmpty)',
    );
  }
  const table = {
    imageIds: new Float64Array(count),
    categoryIds: new Float64Array(count),
    scores: new Float64Array(count),
    areas: new Float64Array(count),
    boxes: new Float64Array(4 * count),
    keypoints: new Array<ArrayLike<number>>(count),
  };
  const measure = count === 0 ? fromKeypoints : measureOf(detections[0]);
  for (let i = 0; i < count; i++) {
    const result = detections[i];
    if (typeof result !== 'object' || result === null) fail('detections', `[${i}]`, 'an object', result);
    table.imageIds[i] = numberField(result, 'image_id', i);
    if (!imageIds.has(result.image_id)) {
      fail('detections', `[${i}].image_id`, 'the id of an image of the ground truth', result.image_id);
    }
    table.categoryIds[i] = numberField(result, 'category_id', i);
    table.scores[i] = numberField(result, 'score', i);
    table.keypoints[i] = keypointsOf(result, i);
    measure(result, i, table.areas, table.boxes);
  }
  return table;
}

function measureOf(first: CocoKeypointResult | null | undefined): Measure {
  if (first?.bbox !== undefined && first.bbox?.length !== 0) return fromBox;
  return first?.segmentation === undefined ? fromKeypoints : fromMask;
}

const fromBox: Measure = ({ bbox }, row, areas, boxes) => {
  if (bbox === undefined) {
    fail('detections', `[${row}].bbox`, 'a box, since the first result has one,', bbox);
  }
  checkNumbers('detections', () => `[${row}].bbox`, bbox, 4);
  areas[row] = bbox[2] * bbox[3];
  boxes.set(bbox, 4 * row);
};

const fromMask: Measure = ({ bbox, segmentation }, row, areas, boxes) => {
  const mask = measureMask(segmentation, `[${row}].segmentation`);
  areas[row] = mask.area;
  if (bbox !== undefined) checkNumbers('detections', () => `[${row}].bbox`, bbox);
  boxes.set(bbox?.length === 4 ? bbox : mask.bbox, 4 * row);
};

const fromKeypoints: Measure = ({ keypoints }, row, areas, boxes) => {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let at = 0; at < keypoints.length; at += 3) {
    left = Math.min(left, keypoints[at]);
    right = Math.max(right, keypoints[at]);
    top = Math.min(top, keypoints[at + 1]);
    bottom = Math.max(bottom, keypoints[at + 1]);
  }
  areas[row] = (right - left) * (bottom - top);
  boxes[4 * row] = left;
  boxes[4 * row + 1] = top;
  boxes[4 * row + 2] = right - left;
  boxes[4 * row + 3] = bottom - top;
};

function keypointsOf({ keypoints }: CocoKeypointResult, row: number): ArrayLike<number> {
  if (!isList(keypoints) || keypoints.length === 0 || keypoints.length % 3 !== 0) {
    fail('detections', `[${row}].keypoints`, 'a list of [x, y, score] triplets', keypoints);
  }
  const bad = firstNonNumber(keypoints);
  if (bad >= 0) fail('detections', `[${row}].keypoints[${bad}]`, 'a finite number', keypoints[bad]);
  return keypoints;
}

function numberField(result: CocoKeypointResult, field: 'image_id' | 'category_id' | 'score', row: number): number {
  const value = result[field];
  return isFiniteNumber(value) ? value : fail('detections', `[${row}].${field}`, 'a finite number', value);
}
