import { checkAnnotation } from './annotation-checks/check-annotation';
import { checkCategory } from './annotation-checks/check-category';
import { checkImage } from './annotation-checks/check-image';
import { THROW_FIRST } from './annotation-checks/findings';
import { DefectError } from './defect-error';
import { noCategory, noPeople, notAList } from './annotation-checks/file-defects';
import type { CocoAnnotation, CocoCategory, CocoImage, CocoKeypoints } from './coco-types';
import { describe } from './json-object';
import { countLabelled } from './labelled-keypoints';

/**
 * Validates a parsed COCO keypoint file (https://cocodataset.org/#format-data, section 2) and keeps the fields of
 * {@link CocoKeypoints}; other fields (licences, ...) are left out. Nothing is shared with `json`.
 *
 * An image that is listed again with the same id, file name and size counts once. `iscrowd` may be missing (0), and so
 * may `num_keypoints` (counted) and `segmentation`.
 *
 * @param source  name for error messages, usually the path of the file
 * @throws DatasetError naming source and JSON path (`annotations[12].keypoints`), what was expected and what was found
 */
export function parseCocoKeypoints(json: unknown, source: string): CocoKeypoints {
  if (json === null || typeof json !== 'object' || Array.isArray(json)) {
    const hint = Array.isArray(json) ? ' (a file of detections rather than annotations?)' : '';
    throw new DefectError(source, '', 'an object with images, annotations and categories', describe(json) + hint);
  }
  const file = json as Record<string, unknown>;
  const list = (key: string): unknown[] => {
    const value = file[key];
    if (!Array.isArray(value)) throw notAList(source, key, describe(value));
    return value;
  };

  const categories = new Map<number, CocoCategory>();
  list('categories').forEach((value, i) => {
    const category = checkCategory(value, i, source, THROW_FIRST, categories);
    if (category) categories.set(category.id, category);
  });
  if (categories.size === 0) throw noCategory(source);

  const images = new Map<number, CocoImage>();
  list('images').forEach((value, i) => {
    const image = checkImage(value, i, source, THROW_FIRST, images);
    if (image && !images.has(image.id)) images.set(image.id, image);
  });

  const annotations: CocoAnnotation[] = [];
  const context = { images, categories, firstAt: new Map<number, number>() };
  list('annotations').forEach((value, i) => {
    const annotation = checkAnnotation(value, i, source, THROW_FIRST, context);
    if (annotation) annotations.push(annotation);
  });
  if (!annotations.some(({ iscrowd, keypoints }) => iscrowd === 0 && countLabelled(keypoints) > 0)) {
    throw noPeople(source, annotations.length, annotations.filter(({ iscrowd }) => iscrowd === 1).length);
  }
  return { source, images: [...images.values()], annotations, categories: [...categories.values()] };
}
