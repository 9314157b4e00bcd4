import type { Color, Image } from '../picture/image';
import type { Dash, Point } from './surface';

/**
 * Anti-aliased shapes. A shape is blended with the coverage clamp(radius - distance + 1/2, 0, 1), the share of a
 * pixel that lies within it as a straight edge would cut it. Pixel centres lie at whole coordinates, as OpenCV has
 * it. Loops run over what the shape can reach within the image, so far-away coordinates cost nothing.
 */

function blend(image: Image, x: number, y: number, color: Color, alpha: number): void {
  const { data } = image;
  const i = 3 * (y * image.width + x);
  data[i] = Math.round(data[i] + (color[0] - data[i]) * alpha);
  data[i + 1] = Math.round(data[i + 1] + (color[1] - data[i + 1]) * alpha);
  data[i + 2] = Math.round(data[i + 2] + (color[2] - data[i + 2]) * alpha);
}

const clamp01 = (t: number): number => (t < 0 ? 0 : t > 1 ? 1 : t);
const firstPixel = (low: number): number => Math.max(0, Math.floor(low));
const lastPixel = (high: number, side: number): number => Math.min(side - 1, Math.ceil(high));

/** A line of width 2 * radius with round ends, in place; dashes are cut straight. */
export function strokeLine(
  image: Image,
  [x0, y0]: Point,
  [x1, y1]: Point,
  radius: number,
  color: Color,
  alpha: number,
  dash?: Dash,
): void {
  const reach = radius + 1;
  const bottom = lastPixel(Math.max(y0, y1) + reach, image.height);
  const dx = x1 - x0;
  const dy = y1 - y0;
  const squared = dx * dx + dy * dy;
  const length = Math.sqrt(squared);
  for (let y = firstPixel(Math.min(y0, y1) - reach); y <= bottom; y++) {
    // Only the part of the line within reach of this row can cover its pixels.
    const ends = dy === 0 ? [0, 1] : [(y - reach - y0) / dy, (y + reach - y0) / dy];
    const a = x0 + dx * clamp01(ends[0]);
    const b = x0 + dx * clamp01(ends[1]);
    const right = lastPixel(Math.max(a, b) + reach, image.width);
    for (let x = firstPixel(Math.min(a, b) - reach); x <= right; x++) {
      const t = squared > 0 ? clamp01(((x - x0) * dx + (y - y0) * dy) / squared) : 0;
      const ex = x - x0 - t * dx;
      const ey = y - y0 - t * dy;
      let coverage = radius + 0.5 - Math.sqrt(ex * ex + ey * ey);
      if (!(coverage > 0)) continue;
      if (coverage > 1) coverage = 1;
      if (dash !== undefined) {
        const phase = (t * length) % (dash.on + dash.off);
        const inside =
          phase <= dash.on ? Math.min(phase, dash.on - phase) : -Math.min(phase - dash.on, dash.on + dash.off - phase);
        coverage = Math.min(coverage, inside + 0.5);
        if (!(coverage > 0)) continue;
      }
      blend(image, x, y, color, coverage * alpha);
    }
  }
}

/** A filled disc, in place. */
export function fillDisc(image: Image, cx: number, cy: number, radius: number, color: Color, alpha: number): void {
  strokeLine(image, [cx, cy], [cx, cy], radius, color, alpha);
}

/** A circle drawn with a line of width 2 * halfWidth around `radius`, in place. */
export function strokeCircle(
  image: Image,
  cx: number,
  cy: number,
  radius: number,
  halfWidth: number,
  color: Color,
  alpha: number,
): void {
  const reach = radius + halfWidth + 1;
  const right = lastPixel(cx + reach, image.width);
  const bottom = lastPixel(cy + reach, image.height);
  for (let y = firstPixel(cy - reach); y <= bottom; y++) {
    for (let x = firstPixel(cx - reach); x <= right; x++) {
      const coverage = halfWidth + 0.5 - Math.abs(Math.sqrt((x - cx) ** 2 + (y - cy) ** 2) - radius);
      if (coverage > 0) blend(image, x, y, color, Math.min(coverage, 1) * alpha);
    }
  }
}

/** The pixels x0 <= x < x1, y0 <= y < y1 (whole numbers) that lie in the image, in place. */
export function fillRect(
  image: Image,
  x0: number,
  y0: number,
  x1: number,
  y1: number,
  color: Color,
  alpha: number,
): void {
  const right = Math.min(x1, image.width);
  const bottom = Math.min(y1, image.height);
  for (let y = Math.max(0, y0); y < bottom; y++) {
    for (let x = Math.max(0, x0); x < right; x++) blend(image, x, y, color, alpha);
  }
}
