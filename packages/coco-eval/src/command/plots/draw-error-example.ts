import type * as poseViz from '@pose/pose-viz';
import type { Image, Skeleton } from '@pose/pose-viz';
import type { CocoGroundTruth, CocoKeypointAnnotation, CocoKeypointResult } from '../../input/coco-types';
import type { ErrorExample } from './error-examples';

/** Pixels of a side. */
const EXAMPLE_SIZE = 240;
/** Grey of the background. */
const GROUND = 40;

/** Neither side of a person has it. */
const ERROR_COLOR = [255, 225, 50] as const;

/**
 * The people of an example's image in faint colours, the detection over them in full, and a yellow line from where each
 * keypoint of the kind was found to where it is. What the person has not labelled is not drawn of the detection either.
 *
 * @returns a new square picture of the part of the image that holds the person and the detection
 */
export function drawErrorExample(
  { drawPolygon, drawPose }: Pick<typeof poseViz, 'drawPolygon' | 'drawPose'>,
  { kind, analyzed }: ErrorExample,
  groundTruth: CocoGroundTruth,
  { keypoints: found, category_id }: CocoKeypointResult,
  skeleton: Skeleton,
): Image {
  const people = groundTruth.annotations.filter(
    (person) => person.image_id === analyzed.imageId && person.category_id === category_id,
  );
  const person = people.find(({ id }) => id === analyzed.annotationId) as CocoKeypointAnnotation;
  const labelled = analyzed.kinds.flatMap((what, k) => (what === null ? [] : [k]));
  const place = placeOf(labelled.flatMap((k) => [found, person.keypoints].map((all) => [all[3 * k], all[3 * k + 1]])));
  const placed = (keypoints: ArrayLike<number>, visibility: (k: number) => number): number[] =>
    skeleton.keypoints.flatMap((_, k) => [...place(keypoints[3 * k], keypoints[3 * k + 1]), visibility(k)]);

  const image = emptyPicture();
  for (const { keypoints } of people) {
    drawPose(image, placed(keypoints, (k) => (keypoints[3 * k + 2] > 0 ? 2 : 0)), skeleton); // prettier-ignore
  }
  image.data.forEach((value, i) => (image.data[i] = GROUND + 0.4 * (value - GROUND)));
  drawPose(image, placed(found, (k) => (analyzed.kinds[k] === null ? 0 : 2)), skeleton); // prettier-ignore
  analyzed.kinds.forEach((what, k) => {
    if (what !== kind) return;
    const [from, to] = [found, person.keypoints].map((all) => place(all[3 * k], all[3 * k + 1]));
    drawPolygon(image, [...from, ...to], { color: ERROR_COLOR, lineWidth: 2.5 });
  });
  return image;
}

/** A picture of nothing. */
export function emptyPicture(): Image {
  const data = new Uint8Array(3 * EXAMPLE_SIZE ** 2).fill(GROUND);
  return { data, width: EXAMPLE_SIZE, height: EXAMPLE_SIZE, channels: 3 };
}

/** From image pixels to those of the picture, in which all of the points have a place with a margin. */
function placeOf(points: readonly (readonly number[])[]): (x: number, y: number) => [number, number] {
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const scale = (0.85 * EXAMPLE_SIZE) / Math.max(right - left, bottom - top, 1);
  return (x, y) => [
    EXAMPLE_SIZE / 2 + scale * (x - (left + right) / 2),
    EXAMPLE_SIZE / 2 + scale * (y - (top + bottom) / 2),
  ];
}
