import { AugmentError } from './augment-error';
import { cropFootprint } from './crop-footprint';
import { fullSizeOf, pixelsOf, type ImageRegion } from './image-region';
import type { Affine, Box, Point, Size } from './types';
import type { WarpOptions } from './warp-options';

/**
 * The pixels that a warp reads, as its loops see them: pixel (x, y) of the full image, of the mirrored one with `flip`,
 * begins at data[origin + y * stride + x * right].
 */
export interface WarpSource {
  data: Uint8Array;
  origin: number;
  /** the same, counted in pixels of `data`: column and row, perhaps outside of it */
  originPixel: Point;
  /** bytes from one row to the next */
  stride: number;
  /** bytes from one pixel to the next: 3, or -3 when the source is read mirrored */
  right: 3 | -3;
  /** of the full image, pixels */
  width: number;
  height: number;
  /** [x, y, width, height] of the pixels that are read, in `data`'s own rectangle of pixels; undefined for none */
  footprint?: Box;
}

/** @throws AugmentError when the image is a part of one and does not hold all that the warp reads */
export function warpSource(image: ImageRegion, matrix: Affine, size: Size, options: WarpOptions): WarpSource {
  const [width, height] = fullSizeOf(image);
  const [x, y] = pixelsOf(image);
  const needed = cropFootprint(matrix, size, [width, height], options);
  if (needed && !holds(image, needed)) {
    throw new AugmentError(
      `Expected a region that holds the pixels [${needed.join(', ')}] (x, y, width, height), which the warp reads, but ` +
        `received one of [${pixelsOf(image).join(', ')}]; cropFootprint tells what to cut out`,
    );
  }
  const stride = image.width * 3;
  const originPixel: Point = [options.flip ? width - 1 - x : -x, -y];
  return {
    data: image.data,
    origin: originPixel[1] * stride + originPixel[0] * 3,
    originPixel,
    stride,
    right: options.flip ? -3 : 3,
    width,
    height,
    footprint: needed && [needed[0] - x, needed[1] - y, needed[2], needed[3]],
  };
}

function holds(image: ImageRegion, [x, y, width, height]: Box): boolean {
  const [left, top, availableWidth, availableHeight] = pixelsOf(image);
  return x >= left && y >= top && x + width <= left + availableWidth && y + height <= top + availableHeight;
}
