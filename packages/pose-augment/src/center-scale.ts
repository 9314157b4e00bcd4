import { checkFinite, checkPositive } from './argument-checks';
import { AugmentError } from './augment-error';
import { fitAspectRatio } from './fit-aspect-ratio';
import type { Box } from './types';

/** The region that a crop shows: its centre in image pixels, and its width and height in units of `pixelStd` pixels. */
export interface CenterScale {
  center: [number, number];
  scale: [number, number];
}

export interface CenterScaleOptions {
  /** width / height of the network input */
  aspectRatio: number;
  /** how much larger than the box the region is; default 1.25 */
  padding?: number;
  /** pixels per unit of scale; default 200, GluonCV uses 1 */
  pixelStd?: number;
}

/**
 * The region around a box: its shorter side is widened to the aspect ratio of the network input, then both are padded.
 * Results are rounded to float32 like the references' (deep-high-resolution-net.pytorch lib/dataset/coco.py `_xywh2cs`;
 * gluon-cv data/transforms/presets/simple_pose.py `_box_to_center_scale`), which leave out the padding when
 * center x is exactly -1, their mark for "no centre".
 *
 * @param box image pixels
 * @throws AugmentError when the box has a negative side, no extent at all, or numbers that are not finite
 */
export function boxToCenterScale(box: Box, options: CenterScaleOptions): CenterScale {
  const { aspectRatio, padding = 1.25, pixelStd = 200 } = options;
  checkFinite('box', box, 4);
  checkPositive('aspectRatio', aspectRatio);
  checkPositive('padding', padding);
  checkPositive('pixelStd', pixelStd);
  const [x, y, width, height] = box;
  if (width < 0 || height < 0 || width + height === 0) {
    throw new AugmentError(`Expected a box [x, y, width, height] with an extent but received [${box.join(', ')}]`);
  }
  const center: [number, number] = [Math.fround(x + width / 2), Math.fround(y + height / 2)];
  return { center, scale: scaleOf(width, height, aspectRatio, pixelStd, center[0] === -1 ? 1 : padding) };
}

/** Widens an extent in pixels to the aspect ratio, in units of pixelStd, padded; float32 after each step. */
export function scaleOf(
  width: number,
  height: number,
  aspectRatio: number,
  pixelStd: number,
  padding: number,
): [number, number] {
  const [w, h] = fitAspectRatio([width, height], aspectRatio);
  return [Math.fround(Math.fround(w / pixelStd) * padding), Math.fround(Math.fround(h / pixelStd) * padding)];
}
