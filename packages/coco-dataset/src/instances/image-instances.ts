import path from 'node:path';
import type { CocoAnnotation, CocoKeypoints } from '../coco-types';
import { DatasetError } from '../dataset-error';
import { countLabelled } from '../labelled-keypoints';
import { annotationRegion } from '../regions/annotation-region';
import type { Region } from '../regions/region';
import type { Skeleton } from '../skeletons/skeleton';
import { resolveImagePath } from '../resolve-image-path';
import { requireSkeleton } from './require-skeleton';

/** One image with all its people, for bottom-up training; plain data, so that it can be sent to a worker thread. */
export interface ImageInstance {
  imageId: number;
  /** Absolute path. */
  imageFile: string;
  /** [width, height] in pixels, as the annotation file says. */
  imageSize: [number, number];
  /** The people with labelled keypoints, in the order of the file. */
  people: ImagePerson[];
  /** Where people are of whom no keypoints are known: no loss should be taken there. See `rasterizeRegions`. */
  ignore: Region[];
}

export interface ImagePerson {
  annotationId: number;
  /** Flat [x, y, v] triplets in image pixels. */
  keypoints: number[];
  /** [x, y, width, height] in image pixels as annotated, not limited to the image. */
  box: [number, number, number, number];
  /** Area of the person's segment in square pixels. */
  area: number;
}

export interface ImageInstancesOptions {
  /** Folder that the file names of the images are relative to. */
  imageFolder: string;
  /** When given, every category must have exactly these keypoints in this order. */
  skeleton?: Skeleton;
  /** People with fewer labelled keypoints are ignored (their region joins `ignore`); 1 by default, at least 1. */
  minKeypoints?: number;
  /** Also images without people, as evaluation needs them; false by default. */
  empty?: boolean;
}

/**
 * The images of a COCO file with their people, in the order of the file.
 *
 * The ignore regions are the crowds and the people without (enough) labelled keypoints: their segmentation (polygons or
 * run-length mask), or their box where they have none.
 *
 * @throws DatasetError when the keypoints are not those of `skeleton`, a file name leads out of the image folder, a
 *   run-length mask is malformed or not of its image's size, or no image is left
 */
export function imageInstances(coco: CocoKeypoints, options: ImageInstancesOptions): ImageInstance[] {
  const { minKeypoints = 1, skeleton, empty = false } = options;
  if (!Number.isInteger(minKeypoints) || minKeypoints < 1) {
    throw new DatasetError(`imageInstances: minKeypoints: expected a whole number above 0, found ${minKeypoints}`);
  }
  if (skeleton) requireSkeleton(coco, skeleton);
  const imageFolder = path.resolve(options.imageFolder);

  const annotations = new Map<number, CocoAnnotation[]>(coco.images.map(({ id }) => [id, []]));
  for (const annotation of coco.annotations) {
    const list = annotations.get(annotation.image_id);
    if (!list) {
      throw new DatasetError(
        `${coco.source}: annotation ${annotation.id}: image_id: expected the id of one of the images, ` +
          `found ${annotation.image_id}`,
      );
    }
    list.push(annotation);
  }

  const isLabelled = ({ iscrowd, keypoints }: CocoAnnotation): boolean =>
    iscrowd === 0 && countLabelled(keypoints) >= minKeypoints;
  const instances = coco.images.flatMap((image): ImageInstance[] => {
    const onImage = annotations.get(image.id) ?? [];
    const labelled = onImage.filter(isLabelled);
    if (labelled.length === 0 && !empty) return [];
    return [
      {
        imageId: image.id,
        imageFile: resolveImagePath(imageFolder, image.file_name, `${coco.source}: image ${image.id}: file_name`),
        imageSize: [image.width, image.height],
        people: labelled.map(({ id, keypoints, bbox, area }) => ({
          annotationId: id,
          keypoints: keypoints.slice(),
          box: [...bbox],
          area,
        })),
        ignore: onImage
          .filter((annotation) => !isLabelled(annotation))
          .map((annotation) => annotationRegion(annotation, image, coco.source)),
      },
    ];
  });
  if (instances.length === 0) {
    throw new DatasetError(
      `${coco.source}: annotations: expected at least one image with a person with ${minKeypoints} or more labelled ` +
        `keypoints, found none among ${coco.images.length} images`,
    );
  }
  return instances;
}
