import path from 'node:path';
import type { CocoAnnotation, CocoCategory, CocoImage } from '../coco-types';
import { MPII_SKELETON } from '../skeletons/mpii';
import type { MpiiInstance } from './read-mpii';

/** The lists of a COCO keypoint file. */
export interface CocoLists {
  images: CocoImage[];
  annotations: CocoAnnotation[];
  categories: CocoCategory[];
}

/**
 * MPII's people as a COCO keypoint file. Boxes are the squares of `readMpii`; they may reach out of the image.
 *
 * @param imageFolder  folder that the file names are to be relative to
 */
export function mpiiToCoco(people: readonly MpiiInstance[], imageFolder: string): CocoLists {
  const images = new Map<number, CocoImage>();
  const folder = path.resolve(imageFolder);
  for (const { imageId, imageFile, imageSize } of people) {
    const file_name = path.relative(folder, imageFile).split(path.sep).join('/');
    images.set(imageId, { id: imageId, file_name, width: imageSize[0], height: imageSize[1] });
  }
  return {
    images: [...images.values()],
    annotations: people.map(({ annotationId, imageId, keypoints, numKeypoints, box, area }) => ({
      id: annotationId,
      image_id: imageId,
      category_id: 1,
      keypoints,
      num_keypoints: numKeypoints,
      bbox: box,
      area,
      iscrowd: 0,
    })),
    categories: [
      {
        id: 1,
        name: 'person',
        keypoints: [...MPII_SKELETON.keypoints],
        skeleton: MPII_SKELETON.limbs.map(([a, b]) => [a + 1, b + 1]),
      },
    ],
  };
}
