import type { GroupOptions } from './group-people';

/**
 * The limbs of COCO's 17 keypoints for networks that are trained with them, 19 as in the person category of COCO's
 * annotation files, directed and ordered outward from the left ankle: the order of the fields' channels, which is also the
 * order in which they join people. `openBottomUpData` of @pose/trainer with `openPose: false` trains this order.
 */
export const COCO_GROUPING: Readonly<Required<Pick<GroupOptions, 'limbs' | 'order'>>> = {
  limbs: [
    [15, 13],
    [13, 11],
    [11, 12],
    [11, 5],
    [12, 14],
    [12, 6],
    [5, 6],
    [5, 7],
    [5, 3],
    [14, 16],
    [6, 8],
    [7, 9],
    [3, 1],
    [6, 4],
    [8, 10],
    [1, 2],
    [1, 0],
    [4, 2],
    [0, 2],
  ],
  order: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18],
};
