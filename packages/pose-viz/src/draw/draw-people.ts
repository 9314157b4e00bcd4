import type { Color } from '../picture/image';
import { checkColor } from '../picture/image';
import { surfaceOf, type DrawTarget } from '../surface/surface';
import { checkBox, strokeBox, type Box } from './draw-box';
import { labelBox, labelPose, type Taken } from './label';
import { poseSize, readPose } from './read-pose';
import { NO_PERSON_COLOR, type Skeleton } from './skeleton-colors';
import { strokePose } from './stroke-pose';

export interface Person {
  /** Flat [x, y, third] triplets, as `drawPose` takes them. */
  keypoints: ArrayLike<number>;
  /** [x, y, width, height], drawn too where given. */
  box?: Box;
  /** Of limbs, box and label, to tell people apart (`personColor`); joints keep the colours of their sides. */
  color?: Color;
  /** One line of text above the box or the person, such as a track id or a score. */
  label?: string;
}

export interface DrawPeopleOptions {
  /** Given: the third values are scores, and keypoints below it are left out. Not given: they are visibilities. */
  scoreThreshold?: number;
}

/**
 * Draws the people of an image, in place, each as `drawPose` does: from the smallest, who are farthest away as a rule, to
 * the largest, and labels over all, none over another one.
 *
 * @param target    RGB picture, or the 2D context of a canvas
 * @param people    in pixels of `target`
 * @param skeleton  names (for the sides) and limbs; one name per keypoint
 * @throws VizError as `drawPose` and `drawBox`, with the person's place in the list; nothing is drawn then
 */
export function drawPeople(
  target: DrawTarget,
  people: readonly Person[],
  skeleton: Skeleton,
  options: DrawPeopleOptions = {},
): void {
  const surface = surfaceOf(target, 'drawPeople');
  const checked = people.map(({ keypoints, box, color, label }, i) => {
    const where = `drawPeople: people[${i}]`;
    if (color !== undefined) checkColor(color, `${where}.color`);
    if (box !== undefined) checkBox(box, `${where}.box`);
    const pose = readPose(keypoints, skeleton, options.scoreThreshold, where);
    return { pose, size: box ? Math.hypot(box[2], box[3]) : poseSize(pose), box, color, label };
  });
  checked.sort((a, b) => a.size - b.size);
  for (const { pose, box, color } of checked) {
    if (box) strokeBox(surface, box, { color: color ?? NO_PERSON_COLOR }, 'drawPeople');
    strokePose(surface, pose, skeleton, color);
  }
  const taken: Taken = [];
  for (const { pose, box, color = NO_PERSON_COLOR, label } of checked.reverse()) {
    if (label === undefined) continue;
    if (box) labelBox(surface, box, label, color, taken);
    else labelPose(surface, pose, label, color, taken);
  }
}
