import type { CocoAnnotation, CocoCategory, CocoImage, CocoKeypoints } from './coco-types';
import { DatasetError } from './dataset-error';
import { countLabelled } from './labelled-keypoints';
import { describe, JsonObject } from './json-object';

/**
 * Validates a parsed COCO keypoint file (https://cocodataset.org/#format-data, section 2) and keeps the fields of
 * {@link CocoKeypoints}; other fields (segmentation, licences, ...) are left out. Nothing is shared with `json`.
 *
 * An image that is listed again with the same id, file name and size counts once. `iscrowd` may be missing (0), and so
 * may `num_keypoints` (counted).
 *
 * @param source  name for error messages, usually the path of the file
 * @throws DatasetError naming source and JSON path (`annotations[12].keypoints`), what was expected and what was found
 */
export function parseCocoKeypoints(json: unknown, source: string): CocoKeypoints {
  if (json === null || typeof json !== 'object' || Array.isArray(json)) {
    const hint = Array.isArray(json) ? ' (a file of detections rather than annotations?)' : '';
    throw new DatasetError(
      `${source}: expected an object with images, annotations and categories, found ${describe(json)}${hint}`,
    );
  }
  const file = json as Record<string, unknown>;
  const list = (key: string): unknown[] => {
    const value = file[key];
    if (!Array.isArray(value)) {
      throw new DatasetError(`${source}: ${key}: expected an array, found ${describe(value)}: not a COCO file`);
    }
    return value;
  };

  const categories = parseCategories(list('categories'), source);
  const images = parseImages(list('images'), source);
  const annotations = parseAnnotations(list('annotations'), images, categories, source);

  const crowd = annotations.filter((annotation) => annotation.iscrowd === 1).length;
  if (!annotations.some((annotation) => annotation.iscrowd === 0 && countLabelled(annotation.keypoints) > 0)) {
    throw new DatasetError(
      `${source}: annotations: expected at least one person with labelled keypoints, ` +
        `found none among ${annotations.length} annotations (${crowd} of them crowd)`,
    );
  }
  return { source, images: [...images.values()], annotations, categories: [...categories.values()] };
}

function parseCategories(list: unknown[], source: string): Map<number, CocoCategory> {
  const byId = new Map<number, CocoCategory>();
  list.forEach((value, i) => {
    const object = new JsonObject(value, source, `categories[${i}]`);
    const id = object.id('id');
    if (byId.has(id)) throw object.error('id', 'an id of its own', `${id} again`);
    const category: CocoCategory = { id, name: object.text('name'), keypoints: parseKeypointNames(object) };
    if (object.get('skeleton') !== undefined) {
      category.skeleton = parseCategorySkeleton(object, category.keypoints.length);
    }
    byId.set(id, category);
  });
  if (byId.size === 0) throw new DatasetError(`${source}: categories: expected at least one, found none`);
  return byId;
}

function parseKeypointNames(category: JsonObject): string[] {
  const names = category.get('keypoints');
  if (!Array.isArray(names) || names.length === 0) {
    const expected = 'the names of its keypoints (person_keypoints_*.json has them, instances_*.json does not)';
    throw category.error('keypoints', expected, describe(names));
  }
  return names.map((name: unknown, k) => {
    if (typeof name !== 'string' || name === '') throw category.error(`keypoints[${k}]`, 'a name', describe(name));
    if (names.indexOf(name) !== k) throw category.error(`keypoints[${k}]`, 'a name of its own', `${name} again`);
    return name;
  });
}

function parseCategorySkeleton(category: JsonObject, keypoints: number): [number, number][] {
  const expected = `pairs of keypoint numbers from 1 to ${keypoints}`;
  const pairs = category.get('skeleton');
  if (!Array.isArray(pairs)) throw category.error('skeleton', expected, describe(pairs));
  return pairs.map((pair: unknown, i) => {
    const valid =
      Array.isArray(pair) && pair.length === 2 && pair.every((k) => Number.isInteger(k) && k >= 1 && k <= keypoints);
    if (!valid) throw category.error(`skeleton[${i}]`, expected, JSON.stringify(pair) ?? 'nothing');
    return [pair[0], pair[1]];
  });
}

function parseImages(list: unknown[], source: string): Map<number, CocoImage> {
  const byId = new Map<number, CocoImage>();
  const size = 'a whole number of pixels above 0';
  const isSize = (value: number): boolean => Number.isInteger(value) && value > 0;
  list.forEach((value, i) => {
    const object = new JsonObject(value, source, `images[${i}]`);
    const image: CocoImage = {
      id: object.id('id'),
      file_name: object.text('file_name'),
      width: object.number('width', size, isSize),
      height: object.number('height', size, isSize),
    };
    const known = byId.get(image.id);
    for (const key of ['file_name', 'width', 'height'] as const) {
      if (known && known[key] !== image[key]) {
        const expected = `${describe(known[key])} as where image ${image.id} is listed first`;
        throw object.error(key, expected, describe(image[key]));
      }
    }
    if (!known) byId.set(image.id, image);
  });
  return byId;
}

function parseAnnotations(
  list: unknown[],
  images: ReadonlyMap<number, CocoImage>,
  categories: ReadonlyMap<number, CocoCategory>,
  source: string,
): CocoAnnotation[] {
  const firstAt = new Map<number, number>();
  return list.map((value, i) => {
    const object = new JsonObject(value, source, `annotations[${i}]`);
    const id = object.id('id');
    const first = firstAt.get(id);
    if (first !== undefined) throw object.error('id', 'an id of its own', `${id}, the id of annotations[${first}]`);
    firstAt.set(id, i);

    const image_id = object.id('image_id');
    if (!images.has(image_id)) throw object.error('image_id', 'the id of one of the images', String(image_id));
    const category_id = object.id('category_id');
    const category = categories.get(category_id);
    if (!category) throw object.error('category_id', 'the id of one of the categories', String(category_id));

    const keypoints = parseKeypoints(object, category);
    return {
      id,
      image_id,
      category_id,
      keypoints,
      num_keypoints:
        object.get('num_keypoints') === undefined
          ? countLabelled(keypoints)
          : object.number('num_keypoints', 'a whole number, 0 or more', (n) => Number.isInteger(n) && n >= 0),
      bbox: parseBox(object),
      area: object.number('area', 'a number, 0 or more', (area) => area >= 0),
      iscrowd:
        object.get('iscrowd') === undefined || object.number('iscrowd', '0 or 1', (n) => n === 0 || n === 1) === 0
          ? 0
          : 1,
    };
  });
}

function parseKeypoints(annotation: JsonObject, category: CocoCategory): number[] {
  const count = category.keypoints.length;
  const expected = `${3 * count} numbers, [x, y, v] for each of the ${count} keypoints of category "${category.name}"`;
  const keypoints = annotation.numbers('keypoints', expected, 3 * count);
  for (let i = 2; i < keypoints.length; i += 3) {
    const v = keypoints[i];
    if (v !== 0 && v !== 1 && v !== 2) throw annotation.error(`keypoints[${i}]`, 'visibility 0, 1 or 2', String(v));
  }
  return keypoints;
}

function parseBox(annotation: JsonObject): [number, number, number, number] {
  const [x, y, width, height] = annotation.numbers('bbox', '4 numbers, [x, y, width, height]', 4);
  if (width < 0 || height < 0) {
    throw annotation.error('bbox', 'a width and height of 0 or more', `${width} and ${height}`);
  }
  return [x, y, width, height];
}
