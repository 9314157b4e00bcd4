import { VizError } from '../viz-error';
import type { Image } from './image';
import { checkImage } from './image';

interface CanvasPixels {
  readonly data: { [index: number]: number };
  readonly width: number;
  readonly height: number;
}

/** What `putImage` needs of a canvas's 2D context. */
export interface PixelContext {
  createImageData(width: number, height: number): CanvasPixels;
  putImageData(pixels: CanvasPixels, x: number, y: number): void;
}

/**
 * Copies a picture (a panel, a mosaic, a chart) into a canvas. As with the context's `putImageData`, its transformation,
 * clip and opacity do not hold.
 *
 * @param x  left edge, canvas pixels, a whole number; default 0
 * @param y  top edge, canvas pixels, a whole number; default 0
 * @throws VizError when the picture is bad or a coordinate is not whole
 */
export function putImage(context: PixelContext, image: Image, x = 0, y = 0): void {
  checkImage(image, 'putImage');
  if (!Number.isInteger(x) || !Number.isInteger(y)) {
    throw new VizError(`putImage: expected a place of whole numbers, found (${x}, ${y})`);
  }
  const pixels = context.createImageData(image.width, image.height);
  const { data } = pixels;
  for (let i = 0, p = 0; i < image.data.length; i += 3, p += 4) {
    data[p] = image.data[i];
    data[p + 1] = image.data[i + 1];
    data[p + 2] = image.data[i + 2];
    data[p + 3] = 255;
  }
  context.putImageData(pixels, x, y);
}
