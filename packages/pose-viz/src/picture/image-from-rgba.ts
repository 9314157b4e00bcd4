import { VizError } from '../viz-error';
import type { Image } from './image';
import { checkSize } from './image';

/** What a canvas gives of its pixels (`getImageData`): row-major, 4 bytes red, green, blue and alpha per pixel. */
export interface RgbaPixels {
  readonly data: ArrayLike<number>;
  readonly width: number;
  readonly height: number;
}

/**
 * An RGB picture of a canvas's pixels. What is transparent shows black behind it.
 *
 * @returns a new picture
 * @throws VizError when the data do not have width * height * 4 values
 */
export function imageFromRgba({ data: rgba, width, height }: RgbaPixels): Image {
  checkSize([width, height], 'imageFromRgba');
  if (rgba?.length !== 4 * width * height) {
    const expected = `${width}x${height}x4 = ${4 * width * height} bytes`;
    throw new VizError(`imageFromRgba: expected data of ${expected}, found ${rgba?.length}`);
  }
  const data = new Uint8Array(3 * width * height);
  for (let i = 0, p = 0; i < data.length; i += 3, p += 4) {
    const alpha = rgba[p + 3] / 255;
    data[i] = Math.round(rgba[p] * alpha);
    data[i + 1] = Math.round(rgba[p + 1] * alpha);
    data[i + 2] = Math.round(rgba[p + 2] * alpha);
  }
  return { data, width, height, channels: 3 };
}
