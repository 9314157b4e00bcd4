import type { Color } from '../picture/image';
import type { Surface } from '../surface/surface';
import type { Box } from './draw-box';
import { LINE_HEIGHT, setText, textWidth } from './draw-text';
import type { Pose } from './read-pose';

const BLACK: Color = [0, 0, 0];
const WHITE: Color = [255, 255, 255];
/** Rec. 709 luma at which black and white stand out alike on sRGB colours, near enough. */
const MIDDLE = 128;

/** What labels cover, [left, top, right, bottom]; each adds its own. */
export type Taken = (readonly [number, number, number, number])[];

/** A label at the left top corner of a box: above it, or inside where the picture ends. */
export function labelBox(surface: Surface, [x, y, , height]: Box, text: string, color: Color, taken: Taken = []): void {
  const scale = labelScale(surface, height);
  const above = y - plateHeight(scale);
  drawPlate(surface, text, x, above >= 0 ? above : y, scale, color, taken);
}

/** A label above the middle of a person; none where no keypoint is drawn. */
export function labelPose(surface: Surface, { extent }: Pose, text: string, color: Color, taken: Taken = []): void {
  if (extent === undefined) return;
  const [left, top, right, bottom] = extent;
  const scale = labelScale(surface, bottom - top);
  const x = (left + right - plateWidth(text, scale)) / 2;
  // The topmost keypoints are eyes, as a rule: their joints and the forehead lie between them and the label.
  drawPlate(surface, text, x, top - 0.08 * (bottom - top) - 4 - plateHeight(scale), scale, color, taken);
}

/** Larger on large pictures, and on a small person of those no larger than it takes to read it. */
function labelScale(surface: Surface, height: number): number {
  const side = Math.max(surface.width, surface.height);
  const [least, most] = [Math.max(1, Math.round(side / 1000)), Math.max(1, Math.round(side / 320))];
  return Math.min(most, Math.max(least, Math.round(height / 100)));
}

const plateWidth = (text: string, scale: number): number => textWidth(text, scale) + 4 * scale;
const plateHeight = (scale: number): number => (LINE_HEIGHT + 2) * scale;

/**
 * Text in black or white, what stands out better, on a plate of `color` that is kept within the picture, and goes down
 * to where none is.
 */
function drawPlate(
  surface: Surface,
  text: string,
  x: number,
  y: number,
  scale: number,
  color: Color,
  taken: Taken,
): void {
  const [width, height] = [plateWidth(text, scale), plateHeight(scale)];
  const left = Math.round(Math.max(0, Math.min(x, surface.width - width)));
  let top = Math.round(Math.max(0, Math.min(y, surface.height - height)));
  // From the top down, so that one pass finds the first place that is free.
  for (const [otherLeft, otherTop, right, bottom] of taken.sort((a, b) => a[1] - b[1])) {
    const apart = left >= right || left + width <= otherLeft || top >= bottom || top + height <= otherTop;
    if (!apart) top = bottom;
  }
  taken.push([left, top, left + width, top + height]);
  const luma = 0.2126 * color[0] + 0.7152 * color[1] + 0.0722 * color[2];
  surface.rect(left, top, left + width, top + height, color, 1);
  setText(surface, text, left + 2 * scale, top + 2 * scale, scale, luma > MIDDLE ? BLACK : WHITE);
}
