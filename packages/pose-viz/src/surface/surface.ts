import type { Color, Image } from '../picture/image';
import { checkImage } from '../picture/image';
import { VizError } from '../viz-error';
import type { CanvasContext } from './canvas-context';
import { canvasSurface } from './canvas-surface';
import { rasterSurface } from './raster-surface';

/** What can be drawn on: an RGB picture, which is changed in place, or the 2D context of a canvas. */
export type DrawTarget = Image | CanvasContext;

export type Point = readonly [number, number];

/** Repeats along a line: `on` pixels drawn, then `off` pixels left out, from its first point. */
export interface Dash {
  on: number;
  off: number;
}

/**
 * The shapes that everything is drawn of, clipped to the picture and blended with opacity `alpha` (0..1). Pixel centres
 * lie at whole coordinates; those of a canvas at halves, which its surface sees to.
 */
export interface Surface {
  /** In the pixels that coordinates count; whole numbers but for a scaled canvas. */
  readonly width: number;
  readonly height: number;
  /** A line of width 2 * radius: with round ends, or dashed. */
  line(from: Point, to: Point, radius: number, color: Color, alpha: number, dash?: Dash): void;
  /** A filled disc. */
  disc(center: Point, radius: number, color: Color, alpha: number): void;
  /** A circle drawn with a line of width 2 * halfWidth around `radius`. */
  ring(center: Point, radius: number, halfWidth: number, color: Color, alpha: number): void;
  /** The pixels x0 <= x < x1, y0 <= y < y1 (whole numbers). */
  rect(x0: number, y0: number, x1: number, y1: number, color: Color, alpha: number): void;
}

/**
 * @param where  the function that the message names
 * @throws VizError when the target is neither a picture nor a 2D context, or the picture is bad
 */
export function surfaceOf(target: DrawTarget, where: string): Surface {
  if (isContext(target)) return canvasSurface(target);
  if (typeof target !== 'object' || target === null || !('data' in target)) {
    throw new VizError(`${where}: expected an RGB image or the 2D context of a canvas, found ${String(target)}`);
  }
  checkImage(target, where);
  return rasterSurface(target);
}

function isContext(target: DrawTarget): target is CanvasContext {
  return typeof (target as Partial<CanvasContext> | null)?.setLineDash === 'function';
}
