import type { PersonInstance } from '@pose/coco-dataset';
import { halfBody, type CenterScale, type Random } from '@pose/pose-augment';
import { PIXEL_STD, startRegion } from '../top-down/draw-sample';
import type { TopDownSettings } from '../top-down/top-down-settings';
import type { CropRegion } from './crop-cache-layout';

/** Bilinear interpolation looks one pixel further. */
const MARGIN = 2;

/**
 * The part of its image that a person's crops show, whatever is drawn: around the box, and around each half of the body
 * where that is an augmentation. Crops that reach further (a drawn shift, say) are made from the image itself.
 */
export function keptRegion(person: PersonInstance, settings: TopDownSettings): CropRegion {
  const { inputSize, augmentation } = settings;
  const aspectRatio = inputSize[0] / inputSize[1];
  const regions: CenterScale[] = [startRegion(person, settings)];
  if (augmentation?.halfBody) {
    const { upperBody } = augmentation.halfBody;
    for (const normal of [PREFER_UPPER, PREFER_LOWER]) {
      const half = halfBody(normal, person.keypoints, { upperBody, aspectRatio });
      if (half) regions.push(half);
    }
  }
  const grow = 1 + (augmentation?.scaleFactor ?? 0);
  const rotates = (augmentation?.rotationFactor ?? 0) > 0;
  const [imageWidth, imageHeight] = person.imageSize;
  let [left, top, right, bottom] = [imageWidth, imageHeight, 0, 0];
  for (const { center, scale } of regions) {
    const width = scale[0] * PIXEL_STD * grow;
    const height = width / aspectRatio;
    const diagonal = Math.hypot(width, height);
    const [reachX, reachY] = rotates ? [diagonal / 2, diagonal / 2] : [width / 2, height / 2];
    left = Math.min(left, center[0] - reachX);
    right = Math.max(right, center[0] + reachX);
    top = Math.min(top, center[1] - reachY);
    bottom = Math.max(bottom, center[1] + reachY);
  }
  const x = limit(Math.floor(left) - MARGIN, imageWidth);
  const y = limit(Math.floor(top) - MARGIN, imageHeight);
  return {
    x,
    y,
    width: limit(Math.ceil(right) + MARGIN, imageWidth) - x,
    height: limit(Math.ceil(bottom) + MARGIN, imageHeight) - y,
    imageSize: person.imageSize,
  };
}

/** halfBody takes one normal draw: below 0.5 the upper body is preferred. */
const PREFER_UPPER: Random = { uniform: () => 0, normal: () => 0 };
const PREFER_LOWER: Random = { uniform: () => 0, normal: () => 1 };

function limit(value: number, most: number): number {
  return Math.min(Math.max(value, 0), most);
}
