import type { Skeleton } from '@pose/pose-viz';
import type { CocoGroundTruth } from '../../input/coco-types';
import { isList } from '../../input/json-checks';

/** What COCO's files say of a category beyond what an evaluation reads. */
interface NamedCategory {
  readonly keypoints?: readonly string[];
  /** Pairs of 1-based places. */
  readonly skeleton?: readonly (readonly [number, number])[];
}

/**
 * Names and limbs of the ground truth's first category with as many keypoints. Where it has none, keypoints have their
 * numbers from 0 for names; limbs are left out where one names a keypoint that is not there (CrowdPose's files give
 * those of COCO's 17 with 14 keypoints).
 */
export function drawnSkeleton({ categories }: CocoGroundTruth, keypointCount: number): Skeleton {
  const named = (categories as readonly NamedCategory[]).find(
    ({ keypoints }) => isList(keypoints) && keypoints.length === keypointCount,
  );
  const limbs = isList(named?.skeleton) ? named.skeleton.map(([a, b]) => [a - 1, b - 1] as const) : [];
  const isThere = (k: number): boolean => Number.isInteger(k) && k >= 0 && k < keypointCount;
  return {
    keypoints: Array.from({ length: keypointCount }, (_, k) => String(named?.keypoints?.[k] ?? `keypoint ${k}`)),
    limbs: limbs.every((limb) => limb.every(isThere)) ? limbs : [],
  };
}
