import type { Outline } from './outline';
import type { Color, Shape } from './scene';

/** What a pixel of a person shows. */
export const PARTS = [
  'torso',
  'neck',
  'head',
  'scalp',
  'hair',
  'skirt',
  'left_ear',
  'right_ear',
  'left_upper_arm',
  'right_upper_arm',
  'left_forearm',
  'right_forearm',
  'left_hand',
  'right_hand',
  'left_thigh',
  'right_thigh',
  'left_shank',
  'right_shank',
  'left_foot',
  'right_foot',
] as const;

export type Part = (typeof PARTS)[number];

/** One filled polygon in paint order, with what it belongs to. */
export interface Layer extends Shape {
  /** Colour of a thin contour. */
  edge?: Color;
  /** Open lines to draw as the contour instead of the whole outline, so that joints show no seam. */
  edgeLines?: Outline[];
  /** Index in scene.people, with `part`; 'prop' hides what is behind it; 'none' (background, shadow) hides nothing. */
  owner: number | 'prop' | 'none';
  part?: Part;
}
