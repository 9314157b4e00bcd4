import { checkWhole } from '../check-arguments';
import { DecodeError } from '../decode-error';

/** How many lines there are. */
export interface SimccShape {
  /** number of keypoints K */
  keypoints: number;
  /** number of people; default 1 */
  batch?: number;
}

/** The lines of all keypoints along both axes: x of shape [batch, K, input width * splitRatio], y likewise of the height. */
export interface SimccLines {
  x: Float32Array;
  y: Float32Array;
}

/** Lines per axis. */
export function countOf({ keypoints, batch = 1 }: SimccShape): number {
  checkWhole({ keypoints, batch });
  return batch * keypoints;
}

/** Places per line; `name` is that of the array. */
export function lengthOf(name: string, lines: Float32Array, count: number): number {
  const length = lines.length / count;
  if (!(Number.isInteger(length) && length > 0)) {
    throw new DecodeError(`Expected ${count} lines of one length in ${name} but found ${lines.length} values`);
  }
  return length;
}
