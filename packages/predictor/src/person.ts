import type { Box } from '@pose/pose-augment';

/** Somebody found in an image. */
export interface Person {
  /** Flat [x, y, score] triplets in image pixels, in the order of the predictor's `keypointNames`; (0, 0, 0) where a bottom-up network found none. */
  keypoints: number[];
  /** How sure the network is of the person; for top-down times the score of the box. */
  score: number;
  /** [x, y, width, height] in image pixels: the box that was given, or the smallest around the keypoints found. */
  box: Box;
}

/** Where somebody is: [x, y, width, height] in image pixels, or that with a detector's score. */
export type PersonBox = Box | { readonly box: Box; readonly score: number };
