import type { Point } from '../surface/surface';
import { VizError } from '../viz-error';
import type { Skeleton } from './skeleton-colors';

/** A person, checked. */
export interface Pose {
  /** One per keypoint. */
  points: Point[];
  /** COCO's, one per keypoint: 0 is not drawn, 1 hidden, 2 visible. */
  visibility: number[];
  /** Around the keypoints that are drawn, [left, top, right, bottom]; undefined where none is. */
  extent?: readonly [number, number, number, number];
}

/**
 * @param keypoints  flat [x, y, third] triplets; third is a visibility, or a score where there is a threshold: then
 *                   keypoints that reach it count as visible
 * @param where      the function that the message names
 * @throws VizError when a length does not fit, a limb names a keypoint that is not there, a number is not finite, or a
 *         visibility is not 0, 1 or 2
 */
export function readPose(
  keypoints: ArrayLike<number>,
  skeleton: Skeleton,
  scoreThreshold: number | undefined,
  where: string,
): Pose {
  checkSkeleton(skeleton, where);
  const count = skeleton.keypoints.length;
  if (keypoints?.length !== 3 * count) {
    const expected = `${3 * count} numbers for the ${count} keypoints of the skeleton`;
    throw new VizError(`${where}: expected ${expected}, found ${keypoints?.length}`);
  }
  if (scoreThreshold !== undefined && !Number.isFinite(scoreThreshold)) {
    throw new VizError(`${where}: expected a finite scoreThreshold, found ${scoreThreshold}`);
  }
  const points: Point[] = [];
  const visibility = skeleton.keypoints.map((name, k) => {
    const triplet = [keypoints[3 * k], keypoints[3 * k + 1], keypoints[3 * k + 2]];
    if (!triplet.every(Number.isFinite)) {
      throw new VizError(
        `${where}: expected finite numbers for keypoint ${k} (${name}), found [${triplet.join(', ')}]`,
      );
    }
    const [x, y, third] = triplet;
    points.push([x, y]);
    if (scoreThreshold !== undefined) return third >= scoreThreshold ? 2 : 0;
    if (![0, 1, 2].includes(third)) {
      const hint = 'give options.scoreThreshold when the third values are scores';
      throw new VizError(
        `${where}: expected a visibility of 0, 1 or 2 for keypoint ${k} (${name}), found ${third}; ${hint}`,
      );
    }
    return third;
  });
  const drawn = points.filter((_, k) => visibility[k] > 0);
  if (drawn.length === 0) return { points, visibility };
  const [xs, ys] = [drawn.map(([x]) => x), drawn.map(([, y]) => y)];
  return { points, visibility, extent: [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)] };
}

/** @throws VizError when a limb names a keypoint that is not there */
export function checkSkeleton({ keypoints, limbs }: Skeleton, where: string): void {
  limbs.forEach((limb, index) => {
    if (limb.length !== 2 || !limb.every((k) => Number.isInteger(k) && k >= 0 && k < keypoints.length)) {
      const found = `skeleton.limbs[${index}] = ${JSON.stringify(limb)}`;
      throw new VizError(`${where}: expected pairs of keypoint indices 0..${keypoints.length - 1}, found ${found}`);
    }
  });
}

/** Diagonal of the box around the drawn keypoints, pixels. */
export function poseSize({ extent }: Pose): number {
  return extent ? Math.hypot(extent[2] - extent[0], extent[3] - extent[1]) : 0;
}
