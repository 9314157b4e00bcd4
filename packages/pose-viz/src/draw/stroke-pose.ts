import type { Color } from '../picture/image';
import type { Surface } from '../surface/surface';
import { poseSize, type Pose } from './read-pose';
import { isOfHead, limbSide, RIM, SIDE_COLORS, sideOf, type Skeleton } from './skeleton-colors';

/**
 * Draws a checked person. Widths follow the person's size, within limits that keep the smallest readable and the
 * largest from hiding what it is drawn on.
 *
 * @param color  of the limbs; by default that of their sides
 */
export function strokePose(surface: Surface, pose: Pose, skeleton: Skeleton, color: Color | undefined): void {
  const { points, visibility } = pose;
  const least = Math.max(1.5, 0.003 * Math.max(surface.width, surface.height));
  const width = Math.min(Math.max(0.013 * poseSize(pose), least), 4 * least);
  const rim = Math.max(0.7, 0.22 * width);

  const limbs = skeleton.limbs.filter(([a, b]) => visibility[a] > 0 && visibility[b] > 0);
  // All rims lie under all limbs, so that a limb never has another one's rim across it.
  for (const pass of ['rim', 'limb'] as const) {
    for (const [a, b] of limbs) {
      const hidden = visibility[a] === 1 || visibility[b] === 1;
      const dash = hidden ? { on: 2.2 * width + 1, off: 1.5 * width + 1 } : undefined;
      const ink = color ?? SIDE_COLORS[limbSide(skeleton.keypoints[a], skeleton.keypoints[b])];
      if (pass === 'rim') surface.line(points[a], points[b], width / 2 + rim, RIM, 0.5, dash);
      else surface.line(points[a], points[b], width / 2, ink, 0.9, dash);
    }
  }
  const joined = new Set(limbs.flat());
  visibility.forEach((v, k) => {
    if (v === 0) return;
    const name = skeleton.keypoints[k];
    const ink = SIDE_COLORS[sideOf(name)];
    // Those of the head lie close together; one that no limb leads to would be overlooked.
    const share = !joined.has(k) ? 1.5 : isOfHead(name) ? 0.75 : 0.95;
    const joint = share * width;
    if (v === 1) {
      surface.ring(points[k], joint, width / 4 + rim, RIM, 0.85);
      surface.ring(points[k], joint, width / 4, ink, 1);
    } else {
      surface.disc(points[k], joint + rim, RIM, 0.85);
      surface.disc(points[k], joint, ink, 1);
    }
  });
}
