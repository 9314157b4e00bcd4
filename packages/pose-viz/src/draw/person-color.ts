import type { Color } from '../picture/image';
import { VizError } from '../viz-error';

/**
 * Chosen greedily on a grid of sRGB: each as far as can be from those before it and from the colours of left, right and
 * centre, in CIELAB as it is seen with usual vision, protanopia and deuteranopia.
 */
const COLORS: readonly Color[] = [
  [200, 0, 80],
  [255, 160, 255],
  [0, 120, 160],
  [160, 255, 120],
  [200, 40, 0],
  [240, 240, 0],
  [160, 40, 200],
  [80, 200, 200],
  [240, 120, 160],
  [160, 200, 120],
];

/**
 * A colour for a person or a track: the same for the same id, ten of them in turn. None is near the colours of left and
 * right.
 *
 * @param id  a whole number, at least 0: a place in a list or a track id
 * @throws VizError when it is none
 */
export function personColor(id: number): Color {
  if (!Number.isSafeInteger(id) || id < 0) {
    throw new VizError(`personColor: expected a whole number from 0 on, found ${id}`);
  }
  return COLORS[id % COLORS.length];
}
