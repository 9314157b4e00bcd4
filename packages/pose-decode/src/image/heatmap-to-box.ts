import { DecodeError } from '../decode-error';
import type { Size } from '../heatmaps/heatmap-shape';
import { checkPositive } from '../check-arguments';
import { room } from '../room';

/** `[x, y, width, height]` in pixels. */
export type Box = readonly [number, number, number, number];

/**
 * One person's points from heatmap pixels to the box that the network saw, each axis by its own factor:
 * box x + point x * box width / heatmap width (gluon-cv gluoncv/data/transforms/pose.py `heatmap_to_coord`). With
 * [0, 0, input width, input height] it gives network input pixels (mmpose mmpose/codecs/msra_heatmap.py).
 *
 * @param points [K, 3] of a decoder: x, y and score
 * @param into   room for the result, may be `points` itself; default a new array
 * @returns shape [K, 3]: x, y in the box's pixels and the score
 * @throws DecodeError when the points are no triplets or the box has no width or height
 */
export function heatmapToBox(
  points: Float32Array,
  { box, heatmapSize }: { box: Box; heatmapSize: Size },
  into?: Float32Array,
): Float32Array {
  if (points.length % 3 !== 0) {
    throw new DecodeError(`Expected points as triplets [x, y, score, ...] but received ${points.length} numbers`);
  }
  const [left, top, width, height] = box;
  if (box.length !== 4 || !box.every(Number.isFinite) || width <= 0 || height <= 0) {
    throw new DecodeError(`Expected a box [x, y, width, height] with a positive size but received [${box.join(', ')}]`);
  }
  checkPositive({ 'heatmapSize[0]': heatmapSize[0], 'heatmapSize[1]': heatmapSize[1] });
  const image = room(into, points.length);
  for (let i = 0; i < points.length; i += 3) {
    image[i] = left + (points[i] * width) / heatmapSize[0];
    image[i + 1] = top + (points[i + 1] * height) / heatmapSize[1];
    image[i + 2] = points[i + 2];
  }
  return image;
}
