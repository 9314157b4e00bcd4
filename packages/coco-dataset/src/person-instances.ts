import path from 'node:path';
import { cleanBox } from './clean-box';
import type { CocoAnnotation, CocoImage, CocoKeypoints } from './coco-types';
import type { Skeleton } from './skeletons/skeleton';
import { DatasetError } from './dataset-error';
import { countLabelled } from './labelled-keypoints';

/** One person to train on or to evaluate; plain data, so that it can be sent to a worker thread. */
export interface PersonInstance {
  annotationId: number;
  imageId: number;
  /** Absolute path. */
  imageFile: string;
  /** [width, height] in pixels, as the annotation file says. */
  imageSize: [number, number];
  /** [x, y, width, height] in image pixels, limited to the image by `cleanBox`. */
  box: [number, number, number, number];
  /** Area of the person's segment in square pixels, as annotated. */
  area: number;
  /** Flat [x, y, v] triplets in image pixels. */
  keypoints: number[];
  /** How many of them are labelled (v > 0), at least 1. */
  numKeypoints: number;
}

export interface PersonInstancesOptions {
  /** Folder that the file names of the images are relative to. */
  imageFolder: string;
  /** When given, every category must have exactly these keypoints in this order. */
  skeleton?: Skeleton;
  /** Told of each person with labelled keypoints that was left out because no box to crop was left. */
  onUnusableBox?: (annotation: CocoAnnotation) => void;
}

/**
 * The people of a COCO file: one instance per annotation that has labelled keypoints and is not crowd, in the order of
 * the file. Which annotations count, and how boxes are cleaned, follows deep-high-resolution-net.pytorch
 * lib/dataset/coco.py; in addition a box that is left with neither width nor height is left out, since it cannot be
 * scaled to a crop.
 *
 * @throws DatasetError when the keypoints are not those of `skeleton`, a file name leads out of the image folder
 *   (symbolic links are not followed to find out), or no instance is left
 */
export function personInstances(coco: CocoKeypoints, options: PersonInstancesOptions): PersonInstance[] {
  if (options.skeleton) requireSkeleton(coco, options.skeleton);
  const imageFolder = path.resolve(options.imageFolder);
  const images = new Map(coco.images.map((image) => [image.id, image]));

  const instances: PersonInstance[] = [];
  let unusable = 0;
  for (const annotation of coco.annotations) {
    const numKeypoints = countLabelled(annotation.keypoints);
    if (annotation.iscrowd === 1 || numKeypoints === 0) continue;
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
      options.onUnusableBox?.(annotation);
      continue;
    }
    instances.push({
      annotationId: annotation.id,
      imageId: image.id,
      imageFile: imagePath(coco.source, imageFolder, image),
      imageSize,
      box,
      area: annotation.area,
      keypoints: annotation.keypoints.slice(),
      numKeypoints,
    });
  }
  if (instances.length === 0) {
    throw new DatasetError(
      `${coco.source}: annotations: expected at least one person with labelled keypoints and a box in the image, ` +
        `found none among ${coco.annotations.length} annotations (${unusable} with labelled keypoints but no such box)`,
    );
  }
  return instances;
}

function imagePath(source: string, imageFolder: string, image: CocoImage): string {
  const file = path.resolve(imageFolder, image.file_name);
  const relative = path.relative(imageFolder, file);
  if (relative === '' || relative.split(path.sep)[0] === '..' || path.isAbsolute(relative)) {
    throw new DatasetError(
      `${source}: image ${image.id}: file_name: expected a file in ${imageFolder}, ` +
        `found ${JSON.stringify(image.file_name)}, which leads out of it`,
    );
  }
  return file;
}

function requireSkeleton(coco: CocoKeypoints, skeleton: Skeleton): void {
  coco.categories.forEach((category, i) => {
    const where = `${coco.source}: categories[${i}].keypoints`;
    const wanted = skeleton.keypoints;
    if (category.keypoints.length !== wanted.length) {
      throw new DatasetError(
        `${where}: expected the ${wanted.length} keypoints of skeleton "${skeleton.name}", ` +
          `found ${category.keypoints.length} (${category.keypoints.join(', ')})`,
      );
    }
    const k = wanted.findIndex((name, index) => category.keypoints[index] !== name);
    if (k >= 0) {
      throw new DatasetError(
        `${where}[${k}]: expected "${wanted[k]}" of skeleton "${skeleton.name}", found "${category.keypoints[k]}"`,
      );
    }
  });
}
