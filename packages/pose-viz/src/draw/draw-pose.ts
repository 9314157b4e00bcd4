import type { Image } from '../picture/image';
import { checkImage } from '../picture/image';
import type { Skeleton } from './skeleton-colors';
import { limbSide, SIDE_COLORS, sideOf } from './skeleton-colors';
import { fillDisc, strokeCircle, strokeLine } from './stroke';
import { VizError } from '../viz-error';

export interface DrawPoseOptions {
  /** Given: the third values are scores, and keypoints below it are left out. Not given: they are visibilities. */
  scoreThreshold?: number;
}

const RIM = [16, 18, 24] as const;

/**
 * Draws one person, in place: limbs as lines, joints as discs with a dark rim; the person's left is blue, the right
 * orange, the head and the links across the body pale. Widths follow the person's size (the diagonal of the box
 * around the drawn keypoints), within limits that keep the smallest readable. Hidden keypoints (v = 1) are rings, and
 * limbs that end in one are dashed. Keypoints outside the image are clipped, not an error.
 *
 * @param image      drawn on
 * @param keypoints  flat [x, y, third] triplets in pixels of `image`; third is COCO's visibility (0 not labelled and
 *                   not drawn, 1 hidden, 2 visible), or a score when `options.scoreThreshold` is given
 * @param skeleton   names (for the sides) and limbs; one name per keypoint
 * @throws VizError when the image's or the keypoints' length does not fit, a limb names a keypoint that is not there,
 *         a coordinate or score is not finite, or a visibility is not 0, 1 or 2; nothing is drawn then
 */
export function drawPose(
  image: Image,
  keypoints: ArrayLike<number>,
  skeleton: Skeleton,
  options: DrawPoseOptions = {},
): void {
  checkImage(image, 'drawPose');
  checkSkeleton(skeleton);
  const visibility = visibilities(keypoints, skeleton, options.scoreThreshold);
  const at = (k: number): [number, number] => [keypoints[3 * k], keypoints[3 * k + 1]];

  const size = extent(keypoints, visibility);
  const least = Math.max(1.5, 0.003 * Math.max(image.width, image.height));
  const width = Math.min(Math.max(0.013 * size, least), 4 * least);
  const joint = 0.95 * width;
  const rim = Math.max(0.7, 0.22 * width);

  const limbs = skeleton.limbs.filter(([a, b]) => visibility[a] > 0 && visibility[b] > 0);
  // All rims lie under all limbs, so that a limb never has another one's rim across it.
  for (const pass of ['rim', 'limb'] as const) {
    for (const [a, b] of limbs) {
      const hidden = visibility[a] === 1 || visibility[b] === 1;
      const dash = hidden ? { on: 2.2 * width + 1, off: 1.5 * width + 1 } : undefined;
      const color = SIDE_COLORS[limbSide(skeleton.keypoints[a], skeleton.keypoints[b])];
      if (pass === 'rim') strokeLine(image, at(a), at(b), width / 2 + rim, RIM, 0.5, dash);
      else strokeLine(image, at(a), at(b), width / 2, color, 0.9, dash);
    }
  }
  visibility.forEach((v, k) => {
    if (v === 0) return;
    const [x, y] = at(k);
    const color = SIDE_COLORS[sideOf(skeleton.keypoints[k])];
    if (v === 1) {
      strokeCircle(image, x, y, joint, width / 4 + rim, RIM, 0.85);
      strokeCircle(image, x, y, joint, width / 4, color, 1);
    } else {
      fillDisc(image, x, y, joint + rim, RIM, 0.85);
      fillDisc(image, x, y, joint, color, 1);
    }
  });
}

function checkSkeleton(skeleton: Skeleton): void {
  const count = skeleton.keypoints.length;
  skeleton.limbs.forEach((limb, index) => {
    if (limb.length !== 2 || !limb.every((k) => Number.isInteger(k) && k >= 0 && k < count)) {
      const found = `skeleton.limbs[${index}] = ${JSON.stringify(limb)}`;
      throw new VizError(`drawPose: expected pairs of keypoint indices 0..${count - 1}, found ${found}`);
    }
  });
}

/** 0, 1 or 2 per keypoint: scores become 2 where they reach the threshold. */
function visibilities(keypoints: ArrayLike<number>, skeleton: Skeleton, threshold: number | undefined): number[] {
  const count = skeleton.keypoints.length;
  if (keypoints.length !== 3 * count) {
    const expected = `${3 * count} numbers for the ${count} keypoints of the skeleton`;
    throw new VizError(`drawPose: expected ${expected}, found ${keypoints.length}`);
  }
  if (threshold !== undefined && !Number.isFinite(threshold)) {
    throw new VizError(`drawPose: expected a finite scoreThreshold, found ${threshold}`);
  }
  return Array.from({ length: count }, (_, k) => {
    const triplet = [keypoints[3 * k], keypoints[3 * k + 1], keypoints[3 * k + 2]];
    const where = `keypoint ${k} (${skeleton.keypoints[k]})`;
    if (!triplet.every(Number.isFinite)) {
      throw new VizError(`drawPose: expected finite numbers for ${where}, found [${triplet.join(', ')}]`);
    }
    if (threshold !== undefined) return triplet[2] >= threshold ? 2 : 0;
    if (![0, 1, 2].includes(triplet[2])) {
      const hint = 'give options.scoreThreshold when the third values are scores';
      throw new VizError(`drawPose: expected a visibility of 0, 1 or 2 for ${where}, found ${triplet[2]}; ${hint}`);
    }
    return triplet[2];
  });
}

function extent(keypoints: ArrayLike<number>, visibility: readonly number[]): number {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  visibility.forEach((v, k) => {
    if (v === 0) return;
    left = Math.min(left, keypoints[3 * k]);
    right = Math.max(right, keypoints[3 * k]);
    top = Math.min(top, keypoints[3 * k + 1]);
    bottom = Math.max(bottom, keypoints[3 * k + 1]);
  });
  return left > right ? 0 : Math.hypot(right - left, bottom - top);
}
