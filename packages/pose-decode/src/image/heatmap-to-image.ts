import { DecodeError } from '../decode-error';
import { type Point, room, type Size } from '../heatmaps/heatmap-shape';

export interface ImageRegion {
  /** centre of the region that the network saw, image pixels */
  center: Point;
  /** width and height of the region in units of pixelStd; only the width counts, unless `udp` */
  scale: Size;
  /** width and height of the heatmaps */
  heatmapSize: Size;
  /** pixels per unit of scale; default 200, GluonCV uses 1 */
  pixelStd?: number;
  /** the region goes from the centre of the outermost heatmap pixel to that of the other, as UDP has it; default false */
  udp?: boolean;
}

/**
 * One person's points from heatmap pixels back to image pixels. The inverse of the crop without rotation in closed form,
 * (p - heatmapSize / 2) * regionWidth / heatmapWidth + center; deep-high-resolution-net.pytorch lib/utils/transforms.py
 * `transform_preds` solves it from three points rounded to float32, which differs by less than 0.001 pixels. With `udp`
 * it is (p / (heatmapSize - 1) - 1 / 2) * regionSize + center on each axis (Huang et al. 2020, section 3; mmpose
 * mmpose/structures/bbox/transforms.py `get_udp_warp_matrix`).
 *
 * @param points [x, y, score] triplets, as `decodeHeatmaps` gives for one person
 * @param into   room for the result, may be `points` itself; default a new array
 * @returns [x, y, score] triplets in image pixels
 * @throws DecodeError when the region has no width or numbers are not finite
 */
export function heatmapToImage(points: Float32Array, region: ImageRegion, into?: Float32Array): Float32Array {
  const { center, scale, heatmapSize, pixelStd = 200, udp = false } = region;
  if (points.length % 3 !== 0) {
    throw new DecodeError(`Expected points as triplets [x, y, score, ...] but received ${points.length} numbers`);
  }
  if (center.length !== 2 || !center.every(Number.isFinite)) {
    throw new DecodeError(`Expected two finite numbers for center but received [${center.join(', ')}]`);
  }
  for (const [name, value] of Object.entries({
    'scale[0]': scale[0],
    ...(udp && { 'scale[1]': scale[1] }),
    'heatmapSize[0]': heatmapSize[0],
    'heatmapSize[1]': heatmapSize[1],
    pixelStd,
  })) {
    if (!(value > 0 && value < Infinity)) {
      throw new DecodeError(`Expected a positive number for ${name} but received ${value}`);
    }
  }
  if (udp && !heatmapSize.every((pixels) => pixels > 1)) {
    throw new DecodeError(
      `Expected at least 2x2 pixels for heatmapSize, as UDP needs, but received [${heatmapSize.join(', ')}]`,
    );
  }
  const image = room(into, points.length);
  const [right, bottom] = udp ? [heatmapSize[0] - 1, heatmapSize[1] - 1] : heatmapSize;
  const alongX = (scale[0] * pixelStd) / right;
  const alongY = udp ? (scale[1] * pixelStd) / bottom : alongX;
  for (let i = 0; i < points.length; i += 3) {
    image[i] = (points[i] - right / 2) * alongX + center[0];
    image[i + 1] = (points[i + 1] - bottom / 2) * alongY + center[1];
    image[i + 2] = points[i + 2];
  }
  return image;
}
