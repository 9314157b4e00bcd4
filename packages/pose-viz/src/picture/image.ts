import { VizError } from '../viz-error';

/** RGB picture, row-major and interleaved: pixel (x, y) starts at `data[3 * (y * width + x)]`. */
export interface Image {
  data: Uint8Array;
  width: number;
  height: number;
  channels: 3;
}

/** `[width, height]` in pixels. */
export type Size = readonly [number, number];

/** `[red, green, blue]`, each 0..255. */
export type Color = readonly [number, number, number];

/** A new picture of one colour. */
export function createImage(width: number, height: number, color: Color): Image {
  const data = new Uint8Array(3 * width * height);
  for (let i = 0; i < data.length; i += 3) {
    data[i] = color[0];
    data[i + 1] = color[1];
    data[i + 2] = color[2];
  }
  return { data, width, height, channels: 3 };
}

/** @throws VizError when a side is not a positive integer */
export function checkSize(size: Size, where: string): void {
  if (size?.length !== 2 || !size.every((side) => Number.isInteger(side) && side > 0)) {
    throw new VizError(`${where}: expected [width, height], two positive integers, found ${JSON.stringify(size)}`);
  }
}

/** @throws VizError when the picture is not RGB or its data do not have width * height * 3 bytes */
export function checkImage(image: Image, where: string): void {
  checkSize([image?.width, image?.height], where);
  if (image.channels !== 3) {
    throw new VizError(`${where}: expected an image of 3 channels (RGB), found ${image.channels}`);
  }
  const expected = image.width * image.height * 3;
  if (image.data?.length !== expected) {
    const what = `${image.width}x${image.height}x3 = ${expected} bytes`;
    throw new VizError(`${where}: expected image data of ${what}, found ${image.data?.length}`);
  }
}

/** @throws VizError when a channel is not a number in 0..255 */
export function checkColor(color: Color, where: string): void {
  if (color?.length !== 3 || !color.every((c) => c >= 0 && c <= 255)) {
    throw new VizError(`${where}: expected a colour [red, green, blue] of 0..255, found ${JSON.stringify(color)}`);
  }
}
