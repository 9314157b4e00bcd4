import { AugmentError } from './augment-error';
import type { Affine, Point } from './types';

/** Three points `[x0, y0, x1, y1, x2, y2]`, each number rounded to float32. */
export type Triangle = readonly [number, number, number, number, number, number];

/** The origin, the corner, and the origin turned by 90 degrees about the corner: clockwise on the screen. */
export function rightTriangle(origin: Point, corner: Point): Triangle {
  const [x0, y0, x1, y1] = [...origin, ...corner].map(Math.fround);
  return [x0, y0, x1, y1, Math.fround(x1 - Math.fround(y0 - y1)), Math.fround(y1 + Math.fround(x0 - x1))];
}

/** Three points of one's own choice. */
export function triangle(first: Point, second: Point, third: Point): Triangle {
  const [x0, y0, x1, y1, x2, y2] = [...first, ...second, ...third].map(Math.fround);
  return [x0, y0, x1, y1, x2, y2];
}

/**
 * The one affine map that takes the three points of `from` to those of `to`, in float64 (what cv2.getAffineTransform solves).
 *
 * @throws AugmentError when the points of `from` lie on a line
 */
export function threePointMap(from: Triangle, to: Triangle): Affine {
  const [ux, uy, vx, vy] = legs(from);
  const [px, py, qx, qy] = legs(to);
  const area = ux * vy - vx * uy;
  if (area === 0) {
    throw new AugmentError(
      'Expected a region wider than the float32 spacing at its centre but it collapses to a point',
    );
  }
  const a = (px * vy - qx * uy) / area;
  const b = (qx * ux - px * vx) / area;
  const d = (py * vy - qy * uy) / area;
  const e = (qy * ux - py * vx) / area;
  return [a, b, to[0] - a * from[0] - b * from[1], d, e, to[1] - d * from[0] - e * from[1]];
}

function legs([x0, y0, x1, y1, x2, y2]: Triangle): [number, number, number, number] {
  return [x1 - x0, y1 - y0, x2 - x0, y2 - y0];
}
