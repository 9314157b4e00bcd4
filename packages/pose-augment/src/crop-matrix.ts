import { checkFinite, checkPositive, checkSize } from './argument-checks';
import { AugmentError } from './augment-error';
import type { Affine, Point, Size } from './types';

export interface CropOptions {
  /** centre of the region, image pixels */
  center: Point;
  /** width and height of the region in units of pixelStd; only the width counts, the height follows from outputSize */
  scale: Size;
  /** degrees; default 0 */
  rotation?: number;
  /** width and height of the crop, pixels */
  outputSize: Size;
  /** pixels per unit of scale; default 200, GluonCV uses 1 */
  pixelStd?: number;
  /** moves the centre, in units of the region's width and height; default [0, 0] */
  shift?: Point;
  /** crop to image instead of image to crop; default false */
  inverse?: boolean;
}

/**
 * The matrix that maps the region of an image onto a crop of `outputSize`. The centre of the region lands on
 * (width / 2, height / 2). Three point pairs, rounded to float32, fix the matrix, as in human-pose-estimation.pytorch
 * and deep-high-resolution-net.pytorch lib/utils/transforms.py `get_affine_transform` (the same rule with pixelStd 1 in
 * gluon-cv data/transforms/pose.py); the rounding is kept because crops are compared with the references' to the pixel.
 *
 * @returns image pixels to crop pixels, or the reverse with `inverse`
 * @throws AugmentError when the region has no width or a number is not finite
 */
export function cropMatrix(options: CropOptions): Affine {
  const { center, scale, rotation = 0, outputSize, pixelStd = 200, shift = [0, 0], inverse = false } = options;
  checkFinite('center', center, 2);
  checkFinite('scale', scale, 2);
  checkFinite('rotation', [rotation], 1);
  checkFinite('shift', shift, 2);
  checkSize('outputSize', outputSize);
  checkPositive('pixelStd', pixelStd);
  checkPositive('scale[0]', scale[0]);

  const regionWidth = Math.fround(scale[0] * pixelStd);
  const [shiftX, shiftY] = [
    Math.fround(regionWidth * shift[0]),
    Math.fround(Math.fround(scale[1] * pixelStd) * shift[1]),
  ];
  const [centerX, centerY] = [Math.fround(center[0]), Math.fround(center[1])];
  const angle = (Math.PI * rotation) / 180;
  const region = frame(
    [centerX + shiftX, centerY + shiftY],
    [centerX + (regionWidth / 2) * Math.sin(angle) + shiftX, centerY - (regionWidth / 2) * Math.cos(angle) + shiftY],
  );
  const [width, height] = outputSize;
  const crop = frame([width / 2, height / 2], [width / 2, height / 2 - width / 2]);
  return inverse ? solve(crop, region) : solve(region, crop);
}

/** Three corners of a right-angled, equal-sided triangle, flat; the third is the second turned about the first's leg. */
type Frame = readonly [number, number, number, number, number, number];

function frame(origin: Point, top: Point): Frame {
  const [x0, y0, x1, y1] = [...origin, ...top].map(Math.fround);
  return [x0, y0, x1, y1, Math.fround(x1 - Math.fround(y0 - y1)), Math.fround(y1 + Math.fround(x0 - x1))];
}

/** The one affine map that takes the three points of `from` to those of `to`, in float64. */
function solve(from: Frame, to: Frame): Affine {
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

function legs([x0, y0, x1, y1, x2, y2]: Frame): [number, number, number, number] {
  return [x1 - x0, y1 - y0, x2 - x0, y2 - y0];
}
