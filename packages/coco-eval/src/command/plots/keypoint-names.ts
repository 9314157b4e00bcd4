import type { CocoGroundTruth } from '../../input/coco-types';
import { isList } from '../../input/json-checks';

/** The names that the ground truth's first category with as many keypoints gives them, else their numbers from 0. */
export function keypointNames({ categories }: CocoGroundTruth, count: number): string[] {
  const named = categories
    .map((category) => (category as { keypoints?: unknown }).keypoints)
    .find((names) => isList(names) && names.length === count);
  return Array.from({ length: count }, (_, k) =>
    String((named as ArrayLike<unknown> | undefined)?.[k] ?? `keypoint ${k}`),
  );
}
