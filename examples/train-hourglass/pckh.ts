import { MPII_SKELETON } from '@pose/coco-dataset';
import { pck, type CocoKeypointResult } from '@pose/coco-eval';

const [NECK, HEAD_TOP] = ['upper_neck', 'head_top'].map(indexOf);

/** Keypoints that a person has on both sides, in the order of MPII's tables. */
const PAIRS = ['shoulder', 'elbow', 'wrist', 'hip', 'knee', 'ankle'];

/**
 * PCKh@0.5 (Andriluka et al. 2014), the share of keypoints that are nearer to the true ones than half the length of the
 * person's head. That length is the distance from neck to head top: MPII's tables take 0.6 times the diagonal of its
 * head boxes, which the annotation lists do not have, so that the numbers are near those and not the same. People without
 * both of these keypoints are left out.
 *
 * @param results  one per person, keypoints of MPII_SKELETON in image pixels
 * @param people   their flat [x, y, v] triplets as annotated, in the same order
 * @returns `PCKh`, the mean over keypoints, 0 to 1; then that of the head and of each pair (0 where nobody has them)
 * @throws CocoEvalError when the lists do not agree
 */
export function pckh(
  results: readonly Pick<CocoKeypointResult, 'keypoints'>[],
  people: readonly { keypoints: readonly number[] }[],
): Record<string, number> {
  const { average, perKeypoint } = pck(
    results.map(({ keypoints }) => keypoints),
    people.map(({ keypoints }) => keypoints),
    { lengths: people.map(({ keypoints }) => headLength(keypoints)), threshold: 0.5 },
  );
  const parts: Record<string, number> = { PCKh: average, head: Math.max(0, perKeypoint[HEAD_TOP]) };
  for (const name of PAIRS) {
    const known = ['left', 'right']
      .map((side) => perKeypoint[indexOf(`${side}_${name}`)])
      .filter((share) => share >= 0);
    parts[name] = known.reduce((sum, share) => sum + share, 0) / Math.max(1, known.length);
  }
  return parts;
}

/** In pixels; 0 where neck or head top is not annotated. */
function headLength(keypoints: readonly number[]): number {
  const [neckX, neckY, neckSeen] = keypoints.slice(3 * NECK);
  const [topX, topY, topSeen] = keypoints.slice(3 * HEAD_TOP);
  return neckSeen > 0 && topSeen > 0 ? Math.hypot(topX - neckX, topY - neckY) : 0;
}

function indexOf(name: string): number {
  return MPII_SKELETON.keypoints.indexOf(name);
}
