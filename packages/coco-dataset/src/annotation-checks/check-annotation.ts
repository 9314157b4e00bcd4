import type { CocoAnnotation, CocoCategory, CocoImage } from '../coco-types';
import { describe, JsonObject } from '../json-object';
import { countLabelled } from '../labelled-keypoints';
import { checkSegmentation } from './check-segmentation';
import type { Findings } from './findings';

/** The rest of the file, which an annotation refers to. What is known by its id only, having errors itself, is undefined. */
export interface AnnotationContext {
  images: ReadonlyMap<number, CocoImage | undefined>;
  categories: ReadonlyMap<number, CocoCategory | undefined>;
  /** Where each annotation id stands first; the check adds to it. */
  firstAt: Map<number, number>;
}

/**
 * Checks `annotations[i]`.
 *
 * @param context  without it, nothing is checked that depends on the rest of the file: whether the ids are known, and
 *   how many keypoints there should be
 * @returns the annotation, sharing nothing with `value`; undefined when a field that it cannot do without has an error
 */
export function checkAnnotation(
  value: unknown,
  i: number,
  source: string,
  findings: Findings,
  context?: AnnotationContext,
): CocoAnnotation | undefined {
  const path = `annotations[${i}]`;
  const object = findings.require(() => new JsonObject(value, source, path));
  if (!object) return undefined;
  const id = findings.require(() => annotationId(object, i, context));
  const image_id = findings.require(() => reference(object, 'image_id', 'images', context?.images));
  const category_id = findings.require(() => reference(object, 'category_id', 'categories', context?.categories));
  const category = category_id === undefined ? undefined : context?.categories.get(category_id);
  const image = image_id === undefined ? undefined : context?.images.get(image_id);

  const keypoints = findings.require(() => keypointTriplets(object, category, findings));
  const labelled = keypoints && countLabelled(keypoints);
  const num_keypoints = findings.require(() => numKeypoints(object)) ?? labelled;
  const bbox = findings.require(() => box(object));
  const area = findings.require(() => object.number('area', 'a number, 0 or more', (area) => area >= 0));
  const iscrowd = findings.require(() => crowd(object));
  const kept = iscrowd === 1 || labelled === 0;
  const segmentation = kept ? findings.require(() => checkSegmentation(object, path, source)) : undefined;

  findings.suspect(() => {
    if (!kept) checkSegmentation(object, path, source);
  });
  findings.suspect(() => requirePolygonPoints(object));
  findings.suspect(() => {
    if (labelled !== undefined && num_keypoints !== labelled) {
      throw object.error('num_keypoints', `${labelled}, the labelled keypoints`, String(num_keypoints));
    }
  });
  findings.suspect(() => {
    if (area === 0) throw object.error('area', 'a number above 0', '0');
  });
  findings.suspect(() => {
    if (bbox && (bbox[2] === 0 || bbox[3] === 0)) {
      throw object.error('bbox', 'a width and height above 0', `${bbox[2]} and ${bbox[3]}`);
    }
  });
  if (image && bbox) findings.suspect(() => requireBoxInside(object, bbox, image));
  if (image && keypoints) suspectOutside(object, keypoints, image, findings);

  if (id === undefined || image_id === undefined || category_id === undefined || keypoints === undefined) return;
  if (num_keypoints === undefined || bbox === undefined || area === undefined || iscrowd === undefined) return;
  const annotation: CocoAnnotation = { id, image_id, category_id, keypoints, num_keypoints, bbox, area, iscrowd };
  if (segmentation) annotation.segmentation = segmentation;
  return annotation;
}

function annotationId(annotation: JsonObject, i: number, context?: AnnotationContext): number {
  const id = annotation.id('id');
  const first = context?.firstAt.get(id);
  if (first !== undefined) throw annotation.error('id', 'an id of its own', `${id}, the id of annotations[${first}]`);
  context?.firstAt.set(id, i);
  return id;
}

function reference(
  annotation: JsonObject,
  key: string,
  list: string,
  known: ReadonlyMap<number, unknown> | undefined,
): number {
  const id = annotation.id(key);
  if (known && !known.has(id)) throw annotation.error(key, `the id of one of the ${list}`, String(id));
  return id;
}

function keypointTriplets(
  annotation: JsonObject,
  category: CocoCategory | undefined,
  findings: Findings,
): number[] | undefined {
  const count = category?.keypoints.length;
  const expected = category
    ? `${3 * category.keypoints.length} numbers, [x, y, v] for each of the ${count} keypoints of category "${category.name}"`
    : '[x, y, v] for each keypoint of its category';
  const list = annotation.get('keypoints');
  if (!Array.isArray(list)) throw annotation.error('keypoints', expected, describe(list));
  if (category ? list.length !== 3 * category.keypoints.length : list.length % 3 !== 0) {
    throw annotation.error('keypoints', expected, String(list.length));
  }
  let sound = true;
  const keypoints = list.map((number: unknown, i) => {
    const checked = findings.require(() => {
      if (typeof number !== 'number' || !Number.isFinite(number)) {
        throw annotation.error(`keypoints[${i}]`, 'a finite number', describe(number));
      }
      if (i % 3 === 2 && number !== 0 && number !== 1 && number !== 2) {
        throw annotation.error(`keypoints[${i}]`, 'visibility 0, 1 or 2', String(number));
      }
      return number;
    });
    if (checked === undefined) sound = false;
    return checked ?? 0;
  });
  return sound ? keypoints : undefined;
}

function numKeypoints(annotation: JsonObject): number | undefined {
  if (annotation.get('num_keypoints') === undefined) return undefined;
  return annotation.number('num_keypoints', 'a whole number, 0 or more', (n) => Number.isInteger(n) && n >= 0);
}

function box(annotation: JsonObject): [number, number, number, number] {
  const [x, y, width, height] = annotation.numbers('bbox', '4 numbers, [x, y, width, height]', 4);
  if (width < 0 || height < 0) {
    throw annotation.error('bbox', 'a width and height of 0 or more', `${width} and ${height}`);
  }
  return [x, y, width, height];
}

function crowd(annotation: JsonObject): 0 | 1 {
  if (annotation.get('iscrowd') === undefined) return 0;
  return annotation.number('iscrowd', '0 or 1', (n) => n === 0 || n === 1) === 0 ? 0 : 1;
}

function requirePolygonPoints(annotation: JsonObject): void {
  const segmentation = annotation.get('segmentation');
  if (!Array.isArray(segmentation)) return;
  segmentation.forEach((polygon: unknown, i) => {
    if (Array.isArray(polygon) && polygon.length < 6) {
      throw annotation.error(`segmentation[${i}]`, 'a polygon of three points or more', `${polygon.length} numbers`);
    }
  });
}

/** COCO's boxes are rounded; within a pixel they are inside. */
function requireBoxInside(annotation: JsonObject, bbox: readonly number[], { width, height }: CocoImage): void {
  const [x, y, w, h] = bbox;
  if (x < -1 || y < -1 || x + w > width + 1 || y + h > height + 1) {
    throw annotation.error('bbox', `a box within the ${width}x${height} pixels of its image`, `[${bbox.join(', ')}]`);
  }
}

function suspectOutside(
  annotation: JsonObject,
  keypoints: readonly number[],
  { width, height }: CocoImage,
  findings: Findings,
): void {
  for (let i = 0; i < keypoints.length; i += 3) {
    const [x, y, v] = keypoints.slice(i, i + 3);
    if (v === 0 || (x >= 0 && y >= 0 && x <= width && y <= height)) continue;
    findings.suspect(() => {
      const expected = `a keypoint within the ${width}x${height} pixels of its image`;
      throw annotation.error(`keypoints[${i}]`, expected, `[${x}, ${y}]`);
    });
  }
}
