import type { CocoKeypoints } from '../coco-types';
import { DatasetError } from '../dataset-error';
import type { Detection } from '../detections/read-detections';
import { selectDetections, type DetectionThresholds } from '../detections/select-detections';
import { resolveImagePath } from '../resolve-image-path';
import type { PersonInstance } from './person-instance';

/** Detections of people, and which of them to take. */
export interface DetectedBoxes extends DetectionThresholds {
  list: readonly Detection[];
}

/** The instances of `personInstances` from detected boxes; `imageFolder` is absolute. */
export function detectedInstances(
  coco: CocoKeypoints,
  imageFolder: string,
  { list, minScore, nmsThreshold }: DetectedBoxes,
  minArea: number,
): PersonInstance[] {
  const images = new Map(coco.images.map((image) => [image.id, image]));
  const keypointCounts = new Map(coco.categories.map(({ id, keypoints }) => [id, keypoints.length]));
  const people = list.filter(({ category_id }) => keypointCounts.has(category_id));

  const instances = selectDetections(people, { minScore, nmsThreshold }).flatMap((detection): PersonInstance[] => {
    const { id, image_id, category_id, bbox, score } = detection;
    const image = images.get(image_id);
    if (!image) {
      throw new DatasetError(
        `detection ${id}: image_id: expected the id of one of the images of ${coco.source}, found ${image_id}. ` +
          `Read the detections of its images only: readDetections(file, { imageIds })`,
      );
    }
    const area = bbox[2] * bbox[3];
    if (area < minArea) return [];
    return [
      {
        annotationId: id,
        imageId: image_id,
        imageFile: resolveImagePath(imageFolder, image.file_name, `${coco.source}: image ${image.id}: file_name`),
        imageSize: [image.width, image.height],
        box: [...bbox],
        area,
        keypoints: new Array<number>(3 * (keypointCounts.get(category_id) ?? 0)).fill(0),
        numKeypoints: 0,
        score,
      },
    ];
  });
  if (instances.length === 0) {
    const categories = coco.categories.map(({ id, name }) => `${id} (${name})`).join(', ');
    throw new DatasetError(
      `detections: expected at least one of category ${categories} that passes the thresholds, ` +
        `found none among ${list.length} (${people.length} of that category)`,
    );
  }
  return instances;
}
