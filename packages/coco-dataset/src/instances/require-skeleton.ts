import type { CocoKeypoints } from '../coco-types';
import { DatasetError } from '../dataset-error';
import type { Skeleton } from '../skeletons/skeleton';

/** @throws DatasetError unless every category has exactly the keypoints of the skeleton, in its order */
export function requireSkeleton(coco: CocoKeypoints, skeleton: Skeleton): void {
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
