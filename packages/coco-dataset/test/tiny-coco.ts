import { COCO_SKELETON } from '../src/skeletons/coco';

/** Seventeen keypoints in a diagonal row; every third is hidden, the last two are not labelled. */
export const TINY_KEYPOINTS: readonly number[] = Array.from({ length: 17 }, (_, k) =>
  k > 14 ? [0, 0, 0] : [10 + k, 20 + k, k % 3 === 0 ? 1 : 2],
).flat();

/** A mask of image 7, whose first column is inside. */
export const TINY_MASK = { size: [48, 64], counts: [0, 48, 63 * 48] };

interface TinyCoco {
  images: Record<string, unknown>[];
  annotations: Record<string, unknown>[];
  categories: Record<string, unknown>[];
}

/** A COCO keypoint file of two images with two people, one person without labelled keypoints, and a crowd. */
export function tinyCoco(): TinyCoco {
  const none = new Array<number>(51).fill(0);
  const person = { category_id: 1, area: 800, iscrowd: 0, bbox: [5, 6, 40, 30], num_keypoints: 15 };
  return {
    images: [
      { id: 7, file_name: 'a.jpg', width: 64, height: 48, license: 1 },
      { id: 3, file_name: 'b.jpg', width: 32, height: 80 },
    ],
    annotations: [
      { ...person, id: 30, image_id: 3, keypoints: [...TINY_KEYPOINTS], bbox: [-4, 6, 20, 30] },
      { ...person, id: 11, image_id: 7, keypoints: none, num_keypoints: 0 },
      { ...person, id: 12, image_id: 7, keypoints: none, num_keypoints: 0, iscrowd: 1, segmentation: TINY_MASK },
      { ...person, id: 10, image_id: 7, keypoints: [...TINY_KEYPOINTS] },
    ],
    categories: [{ id: 1, name: 'person', keypoints: [...COCO_SKELETON.keypoints], skeleton: [[16, 14]] }],
  };
}
