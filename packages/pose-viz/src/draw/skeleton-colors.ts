import type { Color } from '../picture/image';

/**
 * Keypoint names, and pairs of keypoint indices (0-based) that are joined by a limb. Sides are read from the names:
 * a name with the word `left` or `l` (`left_knee`, `l-knee`, `leftKnee`) is the person's left.
 */
export interface Skeleton {
  keypoints: readonly string[];
  limbs: readonly (readonly [number, number])[];
}

export type Side = 'left' | 'right' | 'center';

/** Blue and orange: told apart in grey too, and by people with any common colour blindness. */
export const SIDE_COLORS: Readonly<Record<Side, Color>> = {
  left: [20, 120, 255],
  right: [255, 150, 20],
  center: [235, 240, 220],
};

/** Around lines and joints, so that they are seen on any picture. */
export const RIM: Color = [16, 18, 24];

/** Of the label and the box of a person who has no colour. */
export const NO_PERSON_COLOR: Color = SIDE_COLORS.center;

const HEAD = new Set(['nose', 'eye', 'ear', 'head', 'neck', 'face', 'mouth', 'jaw']);

function words(name: string): string[] {
  return name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/);
}

/** The side that a keypoint's name tells. */
export function sideOf(name: string): Side {
  const parts = words(name);
  if (parts.includes('left') || parts.includes('l')) return 'left';
  if (parts.includes('right') || parts.includes('r')) return 'right';
  return 'center';
}

/** Whether a keypoint's name tells that it is one of the head, or the neck. */
export function isOfHead(name: string): boolean {
  return words(name).some((word) => HEAD.has(word));
}

/** The side of both ends; limbs across the body, and those of the head (small, and crowded), are `center`. */
export function limbSide(from: string, to: string): Side {
  if (isOfHead(from) || isOfHead(to)) return 'center';
  return sideOf(from) === sideOf(to) ? sideOf(from) : 'center';
}
