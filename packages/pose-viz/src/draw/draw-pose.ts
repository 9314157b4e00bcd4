import type { Color } from '../picture/image';
import { checkColor } from '../picture/image';
import { surfaceOf, type DrawTarget } from '../surface/surface';
import { labelPose } from './label';
import { readPose } from './read-pose';
import { NO_PERSON_COLOR, type Skeleton } from './skeleton-colors';
import { strokePose } from './stroke-pose';

export interface DrawPoseOptions {
  /** Given: the third values are scores, and keypoints below it are left out. Not given: they are visibilities. */
  scoreThreshold?: number;
  /** Of the limbs and the label, to tell people apart (`personColor`); joints keep the colours of their sides. */
  color?: Color;
  /** One line of text above the person, such as a track id or a score. */
  label?: string;
}

/**
 * Draws one person, in place: limbs as lines, joints as discs with a dark rim; the person's left is blue, the right
 * orange, the head and the links across the body pale. Widths follow the person's size (the diagonal of the box
 * around the drawn keypoints), within limits that keep the smallest readable. Hidden keypoints (v = 1) are rings, and
 * limbs that end in one are dashed. Keypoints outside the image are clipped, not an error.
 *
 * @param target     RGB picture, or the 2D context of a canvas
 * @param keypoints  flat [x, y, third] triplets in pixels of `target`; third is COCO's visibility (0 not labelled and
 *                   not drawn, 1 hidden, 2 visible), or a score when `options.scoreThreshold` is given
 * @param skeleton   names (for the sides) and limbs; one name per keypoint
 * @throws VizError when the image's or the keypoints' length does not fit, a limb names a keypoint that is not there,
 *         a coordinate or score is not finite, a visibility is not 0, 1 or 2, or an option is bad; nothing is drawn then
 */
export function drawPose(
  target: DrawTarget,
  keypoints: ArrayLike<number>,
  skeleton: Skeleton,
  options: DrawPoseOptions = {},
): void {
  const surface = surfaceOf(target, 'drawPose');
  const { scoreThreshold, color, label } = options;
  if (color !== undefined) checkColor(color, 'drawPose: options.color');
  const pose = readPose(keypoints, skeleton, scoreThreshold, 'drawPose');
  strokePose(surface, pose, skeleton, color);
  if (label !== undefined) labelPose(surface, pose, label, color ?? NO_PERSON_COLOR);
}
