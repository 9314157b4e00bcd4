import { checkNumbers, fail } from '../input/json-checks';

const { max, min } = Math;

/**
 * Intersection over union of two boxes, as COCO measures a detection against a person (bbIou of cocodataset/cocoapi
 * common/maskApi.c; its order of operations gives its bits). A crowd covers people who are not boxed one by one, so a
 * detection is measured by how much of itself lies inside the crowd: the divisor is the detection's area alone.
 *
 * @param detection   [x, y, width, height], pixels of any space
 * @param groundTruth the same, same space
 * @param isCrowd     whether the ground truth is a crowd; default false
 * @returns 0 to 1; 0 where the boxes only touch, or one of them has no area
 * @throws CocoEvalError when a box is not four finite numbers, or a width or height is below 0
 */
export function boxIou(detection: ArrayLike<number>, groundTruth: ArrayLike<number>, isCrowd = false): number {
  checkBox('detections', 'detection', detection);
  checkBox('groundTruth', 'groundTruth', groundTruth);
  const [x1, y1, width1, height1] = Array.from(detection);
  const [x2, y2, width2, height2] = Array.from(groundTruth);
  return intersectionOverUnion(x1, y1, width1, height1, x2, y2, width2, height2, isCrowd);
}

/** The same without checks, for the loops over pairs: the first box is the detection. */
export function intersectionOverUnion(
  x1: number,
  y1: number,
  width1: number,
  height1: number,
  x2: number,
  y2: number,
  width2: number,
  height2: number,
  isCrowd: boolean,
): number {
  const width = min(x1 + width1, x2 + width2) - max(x1, x2);
  if (width <= 0) return 0;
  const height = min(y1 + height1, y2 + height2) - max(y1, y2);
  if (height <= 0) return 0;
  const intersection = width * height;
  return intersection / (isCrowd ? width1 * height1 : width1 * height1 + width2 * height2 - intersection);
}

/** @throws CocoEvalError unless the box is [x, y, width, height], finite, with no size below 0 */
export function checkBox(source: 'detections' | 'groundTruth', name: string, box: ArrayLike<number>): void {
  checkNumbers(source, () => name, box, 4);
  if (box[2] < 0) fail(source, `${name}[2]`, 'a width of at least 0', box[2]);
  if (box[3] < 0) fail(source, `${name}[3]`, 'a height of at least 0', box[3]);
}
