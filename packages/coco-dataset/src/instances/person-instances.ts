import path from 'node:path';
import { cleanBox } from '../clean-box';
import type { CocoAnnotation, CocoKeypoints } from '../coco-types';
import { DatasetError } from '../dataset-error';
import { countLabelled } from '../labelled-keypoints';
import type { Skeleton } from '../skeletons/skeleton';
import { detectedInstances, type DetectedBoxes } from './detected-instances';
import { resolveImagePath } from '../resolve-image-path';
import type { PersonInstance } from './person-instance';
import { requireSkeleton } from './require-skeleton';

export interface PersonInstancesOptions {
  /** Folder that the file names of the images are relative to. */
  imageFolder: string;
  /** When given, every category must have exactly these keypoints in this order. */
  skeleton?: Skeleton;
  /** People with fewer labelled keypoints are left out; 1 by default. */
  minKeypoints?: number;
  /** People with a smaller area (the segment's; the box's for detections), in square pixels, are left out; 0 by default. */
  minArea?: number;
  /** Told of each person with enough labelled keypoints that was left out because no box to crop was left. */
  onUnusableBox?: (annotation: CocoAnnotation) => void;
  /** When given, the people are these detected boxes instead of the annotated ones. */
  detections?: DetectedBoxes;
}

/**
 * The people of a COCO file, one instance each.
 *
 * From annotations: one per annotation that has labelled keypoints and is not crowd, in the order of the file. Which
 * annotations count, and how boxes are cleaned, follows deep-high-resolution-net.pytorch lib/dataset/coco.py; in addition
 * a box that is left with neither width nor height is left out, since it cannot be scaled to a crop.
 *
 * From detections, as the same file evaluates (`_load_coco_person_detection_results`): one per detection of a category of
 * the file that passes the thresholds, in the order of the detections; the box as detected, not limited to the image, the
 * keypoints all zero and `minKeypoints` not asked for.
 *
 * @throws DatasetError when the keypoints are not those of `skeleton`, a file name leads out of the image folder
 *   (symbolic links are not followed to find out), a detection is on an image that the file does not list, an option is
 *   out of range, or no instance is left
 */
export function personInstances(coco: CocoKeypoints, options: PersonInstancesOptions): PersonInstance[] {
  const { minKeypoints = 1, minArea = 0, skeleton, detections } = options;
  if (!Number.isInteger(minKeypoints) || minKeypoints < 0) {
    throw new DatasetError(`personInstances: minKeypoints: expected a whole number, 0 or more, found ${minKeypoints}`);
  }
  if (!(minArea >= 0)) {
    throw new DatasetError(`personInstances: minArea: expected a number, 0 or more, found ${minArea}`);
  }
  if (skeleton) requireSkeleton(coco, skeleton);
  const imageFolder = path.resolve(options.imageFolder);
  return detections
    ? detectedInstances(coco, imageFolder, detections, minArea)
    : annotatedInstances(coco, imageFolder, { ...options, minKeypoints, minArea });
}

function annotatedInstances(
  coco: CocoKeypoints,
  imageFolder: string,
  { minKeypoints, minArea, onUnusableBox }: PersonInstancesOptions & { minKeypoints: number; minArea: number },
): PersonInstance[] {
  const images = new Map(coco.images.map((image) => [image.id, image]));
  const instances: PersonInstance[] = [];
  let unusable = 0;
  for (const annotation of coco.annotations) {
    const numKeypoints = countLabelled(annotation.keypoints);
    if (annotation.iscrowd === 1 || numKeypoints < minKeypoints || annotation.area < minArea) continue;
    const image = images.get(annotation.image_id);
    if (!image) {
      throw new DatasetError(
        `${coco.source}: annotation ${annotation.id}: image_id: expected the id of one of the images, ` +
          `found ${annotation.image_id}`,
      );
    }
    const imageSize: [number, number] = [image.width, image.height];
    const box = cleanBox(annotation.bbox, imageSize, annotation.area);
    if (!box || (box[2] === 0 && box[3] === 0)) {
      unusable++;
      onUnusableBox?.(annotation);
      continue;
    }
    instances.push({
      annotationId: annotation.id,
      imageId: image.id,
      imageFile: resolveImagePath(imageFolder, image.file_name, `${coco.source}: image ${image.id}: file_name`),
      imageSize,
      box,
      area: annotation.area,
      keypoints: annotation.keypoints.slice(),
      numKeypoints,
    });
  }
  if (instances.length === 0) {
    const labelled = minKeypoints > 1 ? `${minKeypoints} labelled keypoints` : 'labelled keypoints';
    const people = minKeypoints > 0 ? `person with ${labelled}` : 'person';
    const area = minArea > 0 ? `, an area of ${minArea} square pixels` : '';
    throw new DatasetError(
      `${coco.source}: annotations: expected at least one ${people}${area} and a box in the image, ` +
        `found none among ${coco.annotations.length} annotations (${unusable} with ${labelled} but no such box)`,
    );
  }
  return instances;
}
