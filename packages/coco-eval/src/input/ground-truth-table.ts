import { groupByCell } from '../evaluation/cells';
import type { CocoBoxAnnotation, CocoGroundTruth, CocoKeypointAnnotation } from './coco-types';
import { checkNumbers, fail, isFiniteNumber, isList } from './json-checks';

/** Ids that a ground truth names, in file order. */
export interface GroundTruthIds {
  readonly imageIds: ReadonlySet<number>;
  readonly categoryIds: readonly number[];
}

/** The annotations that take part, as columns; row order is image by image, file order within an image. */
export interface GroundTruthTable {
  readonly ids: Float64Array;
  /** category * images + image. */
  readonly cells: Int32Array;
  readonly areas: Float64Array;
  /** 1 where the annotation is a crowd or, of keypoints, has num_keypoints 0. */
  readonly ignored: Uint8Array;
  readonly crowds: Uint8Array;
  /** [row, K, 3], empty for boxes. */
  readonly keypoints: Float64Array;
  /** [row, 4]: x, y, width, height. */
  readonly boxes: Float64Array;
}

/**
 * @returns the ids of a ground truth's images and categories
 * @throws CocoEvalError where `images`, `annotations` or `categories` is no list of objects with number ids
 */
export function groundTruthIds(
  groundTruth: Pick<CocoGroundTruth, 'images' | 'categories'> & { readonly annotations: readonly object[] },
): GroundTruthIds {
  if (typeof groundTruth !== 'object' || groundTruth === null || isList(groundTruth)) {
    fail('groundTruth', 'the ground truth', 'an object with images, annotations and categories', groundTruth);
  }
  for (const field of ['images', 'annotations', 'categories'] as const) {
    if (!Array.isArray(groundTruth[field])) fail('groundTruth', field, 'a list', groundTruth[field]);
  }
  const idsOf = (field: 'images' | 'categories'): number[] =>
    groundTruth[field].map((entry, i) => numberField(entry, 'id', field, i));
  return { imageIds: new Set(idsOf('images')), categoryIds: idsOf('categories') };
}

/**
 * Gathers the annotations of the given images and categories. As in pycocotools, every slot of the file then stands for
 * the last annotation that has its id, filed under that annotation's own image and category.
 *
 * @param imgIds images, unique and ascending
 * @param catIds categories, unique
 * @param keypointCount K, or null for boxes, whose annotations need no keypoints
 * @throws CocoEvalError where an annotation that takes part lacks a field or has another number of keypoints
 */
export function groundTruthTable(
  groundTruth: CocoGroundTruth<CocoBoxAnnotation>,
  imgIds: readonly number[],
  catIds: readonly number[],
  keypointCount: number | null,
): GroundTruthTable {
  const { annotations } = groundTruth;
  const imageAt = new Map(imgIds.map((id, i) => [id, i]));
  const categoryAt = new Map(catIds.map((id, c) => [id, c]));
  const lastWithId = new Map<number, number>();
  const cellOf = new Int32Array(annotations.length);
  const imageOf = new Int32Array(annotations.length);
  for (let i = 0; i < annotations.length; i++) {
    const annotation = annotations[i];
    lastWithId.set(numberField(annotation, 'id', 'annotations', i), i);
    const image = imageAt.get(numberField(annotation, 'image_id', 'annotations', i)) ?? -1;
    const category = categoryAt.get(numberField(annotation, 'category_id', 'annotations', i)) ?? -1;
    const takesPart = image >= 0 && category >= 0;
    imageOf[i] = takesPart ? image : -1;
    cellOf[i] = takesPart ? category * imgIds.length + image : -1;
  }
  const slots = groupByCell(imageOf, imgIds.length).rows.map((i) => lastWithId.get(annotations[i].id) as number);
  const rows = slots.filter((i) => cellOf[i] >= 0);
  const table: GroundTruthTable = {
    ids: Float64Array.from(rows, (i) => annotations[i].id),
    cells: Int32Array.from(rows, (i) => cellOf[i]),
    areas: new Float64Array(rows.length),
    ignored: new Uint8Array(rows.length),
    crowds: new Uint8Array(rows.length),
    keypoints: new Float64Array(rows.length * (keypointCount ?? 0) * 3),
    boxes: new Float64Array(rows.length * 4),
  };
  rows.forEach((i, row) => {
    fillRow(table, row, annotations[i], i);
    if (keypointCount !== null) fillKeypoints(table, row, annotations[i] as CocoKeypointAnnotation, i, keypointCount);
  });
  return table;
}

function fillRow(table: GroundTruthTable, row: number, annotation: CocoBoxAnnotation, i: number): void {
  const { bbox, iscrowd } = annotation;
  checkNumbers('groundTruth', () => `annotations[${i}].bbox`, bbox, 4);
  const area = numberField(annotation, 'area', 'annotations', i);
  if (area < 0) fail('groundTruth', `annotations[${i}].area`, 'a number of 0 or more', area);
  if (typeof iscrowd !== 'boolean' && !isFiniteNumber(iscrowd)) {
    fail('groundTruth', `annotations[${i}].iscrowd`, '0 or 1', iscrowd);
  }
  table.boxes.set(bbox, row * 4);
  table.areas[row] = area;
  table.crowds[row] = iscrowd ? 1 : 0;
  table.ignored[row] = iscrowd ? 1 : 0;
}

function fillKeypoints(
  table: GroundTruthTable,
  row: number,
  annotation: CocoKeypointAnnotation,
  i: number,
  keypointCount: number,
): void {
  const { keypoints } = annotation;
  const path = (): string => `annotations[${i}].keypoints`;
  if (isList(keypoints) && keypoints.length !== 3 * keypointCount) {
    const expected = `${3 * keypointCount} numbers (${keypointCount} keypoints, one for each sigma)`;
    fail('groundTruth', path(), expected, keypoints);
  }
  checkNumbers('groundTruth', path, keypoints);
  if (numberField(annotation, 'num_keypoints', 'annotations', i) === 0) table.ignored[row] = 1;
  table.keypoints.set(keypoints, row * keypointCount * 3);
}

function numberField(entry: object, field: string, list: string, index: number): number {
  const value = (entry as Record<string, unknown> | null)?.[field];
  if (isFiniteNumber(value)) return value;
  return fail('groundTruth', `${list}[${index}].${field}`, 'a number', value);
}
