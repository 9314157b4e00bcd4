import { DatasetError } from '../dataset-error';
import { describe, JsonObject } from '../json-object';
import { readJson } from '../read-json';

/** A detected object, under the names of COCO's results format. */
export interface Detection {
  /** Its number in the file, counted from 1; kept when others are left out. */
  id: number;
  image_id: number;
  category_id: number;
  /** [x, y, width, height] in image pixels, not limited to the image. */
  bbox: [number, number, number, number];
  score: number;
}

export interface ReadDetectionsOptions {
  /** Categories to keep; all of them when not given. Files of general detectors hold 80, of which COCO's person is 1. */
  categoryIds?: readonly number[];
  /** Images to keep; all of them when not given. For a detection file that covers more than a subset of the images. */
  imageIds?: readonly number[];
}

/**
 * Reads a file of detections in COCO's results format (https://cocodataset.org/#format-results), such as
 * `COCO_val2017_detections_AP_H_56_person.json` of SimpleBaseline. Every record is checked, kept or not.
 *
 * @returns the kept detections in the order of the file
 * @throws DatasetError when the file cannot be read, is not JSON, or a record is malformed (with its place)
 */
export async function readDetections(file: string, options: ReadDetectionsOptions = {}): Promise<Detection[]> {
  const json = await readJson(file, 'a COCO results file');
  if (!Array.isArray(json)) {
    throw new DatasetError(
      `${file}: expected a list of detections [{"image_id", "category_id", "bbox", "score"}], found ${describe(json)}`,
    );
  }
  const categories = options.categoryIds && new Set(options.categoryIds);
  const images = options.imageIds && new Set(options.imageIds);
  return json
    .map((value: unknown, i) => parseDetection(value, i, file))
    .filter(({ category_id, image_id }) => (categories?.has(category_id) ?? true) && (images?.has(image_id) ?? true));
}

function parseDetection(value: unknown, index: number, source: string): Detection {
  const object = new JsonObject(value, source, `[${index}]`);
  const [x, y, width, height] = object.numbers('bbox', '4 numbers, [x, y, width, height]', 4);
  if (width < 0 || height < 0 || (width === 0 && height === 0)) {
    throw object.error('bbox', 'a width and height of 0 or more, one of them above 0', `${width} and ${height}`);
  }
  return {
    id: index + 1,
    image_id: object.id('image_id'),
    category_id: object.id('category_id'),
    bbox: [x, y, width, height],
    score: object.number('score', 'a finite number', () => true),
  };
}
