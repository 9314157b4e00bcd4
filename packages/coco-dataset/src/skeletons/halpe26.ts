import { COCO_SKELETON } from './coco';
import { defineSkeleton } from './define-skeleton';
import type { Skeleton } from './skeleton';

/**
 * The 26 body and foot keypoints of Halpe Full-Body: COCO's 17, then head, neck, hip and feet. The order is that of the
 * README of Fang-Haoshu/Halpe-FullBody; names, limbs, flip pairs, the two halves and the sigmas are those of mmpose
 * configs/_base_/datasets/halpe26.py. (Halpe's own evaluation of all 136 keypoints, HalpeCOCOAPI/PythonAPI/
 * halpecocotools/cocoeval.py, takes 0.08 for head, neck and hip and 0.089 for the feet.)
 */
export const HALPE26_SKELETON: Readonly<Skeleton> = defineSkeleton({
  name: 'halpe-26',
  keypoints: [
    ...COCO_SKELETON.keypoints,
    'head',
    'neck',
    'hip',
    'left_big_toe',
    'right_big_toe',
    'left_small_toe',
    'right_small_toe',
    'left_heel',
    'right_heel',
  ],
  flipPairs: [...COCO_SKELETON.flipPairs, [20, 21], [22, 23], [24, 25]],
  limbs: [
    [15, 13],
    [13, 11],
    [11, 19],
    [16, 14],
    [14, 12],
    [12, 19],
    [17, 18],
    [18, 19],
    [18, 5],
    [5, 7],
    [7, 9],
    [18, 6],
    [6, 8],
    [8, 10],
    [1, 2],
    [0, 1],
    [0, 2],
    [1, 3],
    [2, 4],
    [3, 5],
    [4, 6],
    [15, 20],
    [15, 22],
    [15, 24],
    [16, 21],
    [16, 23],
    [16, 25],
  ],
  sigmas: [...COCO_SKELETON.sigmas, 0.026, 0.026, 0.066, 0.079, 0.079, 0.079, 0.079, 0.079, 0.079],
  upperBody: [...COCO_SKELETON.upperBody, 17, 18],
  lowerBody: [...COCO_SKELETON.lowerBody, 19, 20, 21, 22, 23, 24, 25],
});
