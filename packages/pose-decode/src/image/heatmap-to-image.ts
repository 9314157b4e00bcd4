import { checkPositive } from '../check-arguments';
import { DecodeError } from '../decode-error';
import type { Size } from '../heatmaps/heatmap-shape';
import { room } from '../room';

export interface ImageRegion {
  /** centre of the region that the network saw, image pixels: [x, y], of a batch those of each person one after the other */
  center: ArrayLike<number>;
  /** width and height of the region in units of pixelStd, of a batch like `center`; only the width counts, unless `udp` */
  scale: ArrayLike<number>;
  /** width and height of the heatmaps */
  heatmapSize: Size;
  /** pixels per unit of scale; default 200, GluonCV uses 1 */
  pixelStd?: number;
  /** the region goes from the centre of the outermost heatmap pixel to that of the other, as UDP has it; default false */
  udp?: boolean;
}

/**
 * Points from heatmap pixels back to image pixels, of one person or of a batch. The inverse of the crop without rotation
 * in closed form, (p - heatmapSize / 2) * regionWidth / heatmapWidth + center; deep-high-resolution-net.pytorch
 * lib/utils/transforms.py `transform_preds` solves it from three points rounded to float32, which differs by less than
 * 0.001 pixels. With `udp` it is (p / (heatmapSize - 1) - 1 / 2) * regionSize + center on each axis (Huang et al. 2020,
 * section 3; mmpose mmpose/structures/bbox/transforms.py `get_udp_warp_matrix`).
 *
 * @param points [batch, K, 3] of a decoder: x, y and score
 * @param into   room for the result, may be `points` itself; default a new array
 * @returns shape [batch, K, 3]: x, y in image pixels and the score
 * @throws DecodeError when the people are not as many in points, center and scale, the region has no width, or numbers
 *   are not finite
 */
export function heatmapToImage(points: Float32Array, region: ImageRegion, into?: Float32Array): Float32Array {
  const { center, scale, heatmapSize, pixelStd = 200, udp = false } = region;
  const people = center.length / 2;
  if (center.length === 0 || center.length % 2 !== 0 || scale.length !== center.length) {
    throw new DecodeError(
      `Expected [x, y] of each person in center and [width, height] in scale but received ${center.length} and ${scale.length} numbers`,
    );
  }
  if (points.length % (3 * people) !== 0) {
    const whose = people === 1 ? '' : ` of ${people} people`;
    throw new DecodeError(
      `Expected points${whose} as triplets [x, y, score, ...] but received ${points.length} numbers`,
    );
  }
  checkPositive({ 'heatmapSize[0]': heatmapSize[0], 'heatmapSize[1]': heatmapSize[1], pixelStd });
  if (udp && !heatmapSize.every((pixels) => pixels > 1)) {
    throw new DecodeError(
      `Expected at least 2x2 pixels for heatmapSize, as UDP needs, but received [${heatmapSize.join(', ')}]`,
    );
  }
  const image = room(into, points.length);
  const [right, bottom] = udp ? [heatmapSize[0] - 1, heatmapSize[1] - 1] : heatmapSize;
  const perPerson = points.length / people;
  for (let person = 0; person < people; person++) {
    const [x, y] = [center[2 * person], center[2 * person + 1]];
    const [width, height] = [scale[2 * person], scale[2 * person + 1]];
    checkRegion(person, x, y, width, udp ? height : width);
    const alongX = (width * pixelStd) / right;
    const alongY = udp ? (height * pixelStd) / bottom : alongX;
    for (let i = person * perPerson; i < (person + 1) * perPerson; i += 3) {
      image[i] = (points[i] - right / 2) * alongX + x;
      image[i + 1] = (points[i + 1] - bottom / 2) * alongY + y;
      image[i + 2] = points[i + 2];
    }
  }
  return image;
}

function checkRegion(person: number, x: number, y: number, width: number, height: number): void {
  if (!(Number.isFinite(x) && Number.isFinite(y))) {
    throw new DecodeError(`Expected two finite numbers for center but person ${person} has [${x}, ${y}]`);
  }
  if (!(width > 0 && width < Infinity && height > 0 && height < Infinity)) {
    throw new DecodeError(`Expected positive numbers for scale but person ${person} has [${width}, ${height}]`);
  }
}
