import { CocoEvalError } from './coco-eval-error';
import type { CocoBoxResult } from './coco-types';
import { checkNumbers, fail, firstNonNumber, isFiniteNumber, isList } from './json-checks';
import { measureMask } from './run-length-mask';

/** A results list as columns. The id of row i is i + 1, whatever the entry says: pycocotools numbers results anew. */
export interface ResultsTable {
  readonly imageIds: Float64Array;
  readonly categoryIds: Float64Array;
  readonly scores: Float64Array;
  /** Square image pixels: of the box, the mask or the keypoints' extents; see readResults. */
  readonly areas: Float64Array;
  /** [row, 4]: x, y, width, height. */
  readonly boxes: Float64Array;
  /** Flat triplets of each entry, as given; empty in an evaluation of boxes. */
  readonly keypoints: readonly ArrayLike<number>[];
}

/** What the area of a detection is made of. */
export type AreaSource = 'bbox' | 'segmentation' | 'keypoints';

export interface ReadResultsOptions {
  /** Ids of the ground truth's images. */
  readonly imageIds: ReadonlySet<number>;
  readonly areaSource: AreaSource;
  /** Whether every entry must have keypoints. */
  readonly withKeypoints: boolean;
}

/**
 * Which field the areas of all detections come from: the first entry decides (loadRes of pycocotools/coco.py): `bbox` if
 * it has one that is not empty, else `segmentation`, else `keypoints`.
 *
 * @throws CocoEvalError when this is no list, or empty and not allowed to be
 */
export function areaSourceOf(detections: readonly CocoBoxResult[], allowEmpty: boolean): AreaSource {
  if (!Array.isArray(detections)) fail('detections', 'the detections', 'a list of results', detections);
  if (detections.length === 0 && !allowEmpty) {
    throw new CocoEvalError(
      'detections',
      'the detections: expected at least one result, found an empty list (allowEmpty takes one)',
    );
  }
  const first = detections[0] as Partial<CocoBoxResult> | null | undefined;
  if (first?.bbox !== undefined && first.bbox?.length !== 0) return 'bbox';
  return first?.segmentation === undefined ? 'keypoints' : 'segmentation';
}

/**
 * Reads a COCO results list into columns (loadRes of pycocotools/coco.py).
 *
 * @throws CocoEvalError naming the entry that is not as it must be, of an unknown image included
 */
export function readResults(detections: readonly CocoBoxResult[], options: ReadResultsOptions): ResultsTable {
  const { imageIds, areaSource, withKeypoints } = options;
  const count = detections.length;
  const keypoints: ArrayLike<number>[] = [];
  const table: ResultsTable = {
    imageIds: new Float64Array(count),
    categoryIds: new Float64Array(count),
    scores: new Float64Array(count),
    areas: new Float64Array(count),
    boxes: new Float64Array(4 * count),
    keypoints,
  };
  const measure = MEASURES[areaSource];
  for (let i = 0; i < count; i++) {
    const result = detections[i];
    if (typeof result !== 'object' || result === null) fail('detections', `[${i}]`, 'an object', result);
    const { image_id, category_id, score } = result;
    if (!isFiniteNumber(image_id)) fail('detections', `[${i}].image_id`, 'a finite number', image_id);
    if (!imageIds.has(image_id)) {
      fail('detections', `[${i}].image_id`, 'the id of an image of the ground truth', image_id);
    }
    if (!isFiniteNumber(category_id)) fail('detections', `[${i}].category_id`, 'a finite number', category_id);
    if (!isFiniteNumber(score)) fail('detections', `[${i}].score`, 'a finite number', score);
    table.imageIds[i] = image_id;
    table.categoryIds[i] = category_id;
    table.scores[i] = score;
    if (withKeypoints) keypoints.push(keypointsOf(result, i));
    measure(result, i, table);
  }
  return table;
}

type Measure = (result: CocoBoxResult, row: number, table: ResultsTable) => void;

const fromBox: Measure = ({ bbox }, row, { areas, boxes }) => {
  if (bbox === undefined) {
    fail('detections', `[${row}].bbox`, 'a box, as the first result has one', bbox);
  }
  checkNumbers('detections', () => `[${row}].bbox`, bbox, 4);
  areas[row] = bbox[2] * bbox[3];
  boxes.set(bbox, 4 * row);
};

const fromMask: Measure = ({ bbox, segmentation }, row, { areas, boxes }) => {
  const mask = measureMask(segmentation, `[${row}].segmentation`);
  areas[row] = mask.area;
  if (bbox !== undefined) checkNumbers('detections', () => `[${row}].bbox`, bbox);
  boxes.set(bbox?.length === 4 ? bbox : mask.bbox, 4 * row);
};

const fromKeypoints: Measure = (result, row, table) => {
  const withoutAny = table.keypoints[row] === undefined && result.keypoints === undefined;
  if (withoutAny) fail('detections', `[${row}].bbox`, 'a box [x, y, width, height]', result.bbox);
  const keypoints = table.keypoints[row] ?? keypointsOf(result, row);
  let left = Infinity;
  let top = Infinity;
  let right = -Infinity;
  let bottom = -Infinity;
  for (let at = 0; at < keypoints.length; at += 3) {
    const x = keypoints[at];
    const y = keypoints[at + 1];
    if (x < left) left = x;
    if (x > right) right = x;
    if (y < top) top = y;
    if (y > bottom) bottom = y;
  }
  table.areas[row] = (right - left) * (bottom - top);
  const at = 4 * row;
  table.boxes[at] = left;
  table.boxes[at + 1] = top;
  table.boxes[at + 2] = right - left;
  table.boxes[at + 3] = bottom - top;
};

const MEASURES: Readonly<Record<AreaSource, Measure>> = {
  bbox: fromBox,
  segmentation: fromMask,
  keypoints: fromKeypoints,
};

function keypointsOf({ bbox, keypoints }: CocoBoxResult, row: number): ArrayLike<number> {
  if (!isList(keypoints) || keypoints.length === 0 || keypoints.length % 3 !== 0) {
    const hint = keypoints === undefined && bbox !== undefined ? ' (is this a list of boxes?)' : '';
    fail('detections', `[${row}].keypoints`, `a list of [x, y, score] triplets${hint}`, keypoints);
  }
  const bad = firstNonNumber(keypoints);
  if (bad >= 0) fail('detections', `[${row}].keypoints[${bad}]`, 'a finite number', keypoints[bad]);
  return keypoints;
}
