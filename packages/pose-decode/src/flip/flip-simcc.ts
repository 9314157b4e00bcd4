import { DecodeError } from '../decode-error';
import { countOf, lengthOf, type SimccLines, type SimccShape } from '../lines/simcc-lines';
import { room } from '../room';
import { meanInto } from './mean-into';
import { type FlipPairs, mirroredKeypoints } from './mirrored-keypoints';

export interface FlipSimccOptions extends SimccShape {
  /** keypoints that change places when the image is mirrored */
  flipPairs: FlipPairs;
}

/**
 * SimCC's lines of a mirrored image, turned into those of the image itself: left and right exchanged, lines of x reversed
 * (mmpose mmpose/models/utils/tta.py `flip_vectors`).
 *
 * @param into room for the result, other arrays than the lines; default new ones
 * @throws DecodeError when the lengths are no multiples of batch * K, a pair names a keypoint that is not there, or `into`
 *   holds an array of the lines
 */
export function flipSimcc({ x, y }: SimccLines, options: FlipSimccOptions, into?: SimccLines): SimccLines {
  const count = countOf(options);
  const sources = mirroredKeypoints(options.flipPairs, options.keypoints);
  const flipped = { x: room(into?.x, x.length), y: room(into?.y, y.length) };
  if (flipped.x === x || flipped.y === y) throw new DecodeError('Expected into to hold other arrays than the lines');
  const [lengthX, lengthY] = [lengthOf('x', x, count), lengthOf('y', y, count)];
  for (let n = 0; n < count; n++) {
    const k = n % options.keypoints;
    const source = n - k + sources[k];
    flipped.y.set(y.subarray(source * lengthY, (source + 1) * lengthY), n * lengthY);
    for (let i = 0; i < lengthX; i++) flipped.x[n * lengthX + i] = x[(source + 1) * lengthX - 1 - i];
  }
  return flipped;
}

/**
 * The flip test for SimCC: the mean of the lines of an image and of those of the mirrored image, turned back by
 * `flipSimcc`, in float32.
 *
 * @param lines         of the image
 * @param mirroredLines of the mirrored image, as the network gave them; the same lengths
 * @param into          room for the result, other arrays than those of the lines; default new ones
 * @throws DecodeError as `flipSimcc`, or when the lengths of both differ
 */
export function mergeFlippedSimcc(
  lines: SimccLines,
  mirroredLines: SimccLines,
  options: FlipSimccOptions,
  into?: SimccLines,
): SimccLines {
  for (const axis of ['x', 'y'] as const) {
    if (lines[axis].length !== mirroredLines[axis].length) {
      throw new DecodeError(
        `Expected ${lines[axis].length} values in ${axis} of the mirrored lines, as in the others, but found ${mirroredLines[axis].length}`,
      );
    }
    if (into?.[axis] === lines[axis]) throw new DecodeError('Expected into to hold other arrays than the lines');
  }
  const { x, y } = flipSimcc(mirroredLines, options, into);
  return { x: meanInto(lines.x, x), y: meanInto(lines.y, y) };
}
