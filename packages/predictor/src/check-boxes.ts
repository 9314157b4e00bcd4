import type { Box, Image } from '@pose/pose-augment';
import type { PersonBox } from './person';
import { PredictorError } from './predictor-error';

/** A box with the score of its detector, or 1. */
export interface ScoredBox {
  box: Box;
  score: number;
  /** Whether a detector gave it. */
  isDetected: boolean;
}

/**
 * Boxes as a network can be given them.
 *
 * @param name  of the list, for the message
 * @throws PredictorError when a box has no extent, lies outside of the image, or holds numbers that are not finite
 */
export function checkBoxes(
  boxes: readonly PersonBox[],
  { width, height }: Pick<Image, 'width' | 'height'>,
  name = 'boxes',
): ScoredBox[] {
  return boxes.map((given, i) => {
    const [box, score] = 'box' in given ? [given.box, given.score] : [given, undefined];
    const refuse = (expected: string, found: string) =>
      new PredictorError(`${name}[${i}]: expected ${expected}, found ${found}`);
    if (box.length !== 4 || !box.every(Number.isFinite)) {
      throw refuse('four finite numbers [x, y, width, height] in image pixels', `[${box.join(', ')}]`);
    }
    if (score !== undefined && !Number.isFinite(score)) throw refuse('a finite score', String(score));
    const [x, y, boxWidth, boxHeight] = box;
    if (boxWidth <= 0 || boxHeight <= 0) {
      throw refuse('a width and height above 0; leave such boxes out', `[${box.join(', ')}]`);
    }
    if (x >= width || y >= height || x + boxWidth <= 0 || y + boxHeight <= 0) {
      throw refuse(
        `a box that lies in the image of ${width}x${height} pixels`,
        `[${box.join(', ')}]. Are its numbers shares of the image, or [x1, y1, x2, y2], or those of another size of it`,
      );
    }
    return { box, score: score ?? 1, isDetected: score !== undefined };
  });
}
