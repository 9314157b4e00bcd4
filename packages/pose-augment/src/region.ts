import { checkBox, checkFinite, checkPositive } from './argument-checks';
import type { CenterScale } from './center-scale';
import type { Box, Point, Size } from './types';

/** What a crop shows of an image. */
export interface Region {
  /** image pixels */
  readonly center: Point;
  /** width and height in units of pixelStd, which is the caller's to know: 200 for SimpleBaseline and HRNet, else 1 */
  readonly scale: Size;
}

/**
 * The region around a box in mmpose's manner: padded, in pixels, with the box's own shape; `fitAspectRatio` gives it the
 * network's. Rounded to float32 as there (mmpose mmpose/structures/bbox/transforms.py `bbox_xywh2cs`).
 *
 * @param box     image pixels; a line or a point makes a region that no crop can be made of
 * @param padding how much larger than the box the region is; default 1.25 (`GetBBoxCenterScale`)
 * @returns centre and scale, both in image pixels
 * @throws AugmentError when the box has a negative side or numbers that are not finite
 */
export function boxToRegion(box: Box, padding = 1.25): CenterScale {
  checkBox(box);
  checkPositive('padding', padding);
  const [x, y, width, height] = box;
  return {
    center: [Math.fround(x + width / 2), Math.fround(y + height / 2)],
    scale: [Math.fround(width * padding), Math.fround(height * padding)],
  };
}

/**
 * The box that `boxToRegion` made a region of (mmpose `bbox_cs2xywh`).
 *
 * @param region  centre and scale in image pixels
 * @param padding that of the region, to be taken off; default 1.25
 * @throws AugmentError when the padding is not positive or a number is not finite
 */
export function regionToBox({ center, scale }: Region, padding = 1.25): [number, number, number, number] {
  checkRegion({ center, scale });
  checkPositive('padding', padding);
  const [width, height] = [scale[0] / padding, scale[1] / padding];
  return [center[0] - width / 2, center[1] - height / 2, width, height];
}

/** Steps that compute with the region look at it first, so that no NaN is passed on. */
export function checkRegion({ center, scale }: Region): void {
  checkFinite('center', center, 2);
  checkFinite('scale', scale, 2);
}
