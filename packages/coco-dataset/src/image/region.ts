/** [x, y, width, height] in pixels. */
export type Region = readonly [number, number, number, number];

/** The pixels that a region touches, as far as they lie in the image; undefined when none does. */
export function pixelRegion(
  [x, y, width, height]: Region,
  image: { width: number; height: number },
): Region | undefined {
  const left = Math.max(0, Math.floor(x));
  const top = Math.max(0, Math.floor(y));
  const right = Math.min(image.width, Math.ceil(x + width));
  const bottom = Math.min(image.height, Math.ceil(y + height));
  return right > left && bottom > top ? [left, top, right - left, bottom - top] : undefined;
}
