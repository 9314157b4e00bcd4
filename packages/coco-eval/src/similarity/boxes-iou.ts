import { fail, isFiniteNumber } from '../input/json-checks';
import { checkBox, intersectionOverUnion } from './box-iou';

/** A predicted box among others of an image. */
export interface ScoredBox {
  /** [x, y, width, height] in image pixels. */
  readonly bbox: ArrayLike<number>;
  readonly score: number;
}

/**
 * Intersection over union between predicted boxes, as a function of two indices.
 *
 * @param margin added to widths and heights: 1 where the far corner is a pixel that belongs to the box
 * @throws CocoEvalError when a number is missing or not finite, or a width or height is below 0
 */
export function boxesIou(boxes: readonly ScoredBox[], margin = 0): (one: number, other: number) => number {
  const columns = new Float64Array(4 * boxes.length);
  boxes.forEach(({ bbox, score }, i) => {
    checkBox('detections', `[${i}].bbox`, bbox);
    if (!isFiniteNumber(score)) fail('detections', `[${i}].score`, 'a finite number', score);
    columns.set([bbox[0], bbox[1], bbox[2] + margin, bbox[3] + margin], 4 * i);
  });
  return (one, other) => {
    const [a, b] = [4 * one, 4 * other];
    return intersectionOverUnion(
      columns[a],
      columns[a + 1],
      columns[a + 2],
      columns[a + 3],
      columns[b],
      columns[b + 1],
      columns[b + 2],
      columns[b + 3],
      false,
    );
  };
}
