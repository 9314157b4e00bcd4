import { argMax } from '../heatmaps/arg-max';
import { checkPositive } from '../check-arguments';
import { DecodeError } from '../decode-error';
import { blurLine, gaussianKernel } from '../heatmaps/gaussian-blur';
import { room } from '../room';
import { countOf, lengthOf, type SimccLines, type SimccShape } from './simcc-lines';

export interface SimccDecodeOptions extends SimccShape {
  /** places of a line per network input pixel; default 2 */
  splitRatio?: number;
  /** refines positions as DARK does, on each axis by itself: the targets' sigma along x and y, places of the line */
  dark?: { sigma: readonly [number, number] };
}

/**
 * Keypoints from two lines of scores each (SimCC, Li et al. 2022, section 3; mmpose mmpose/codecs/simcc_label.py): the
 * first maximum of each line, divided by `splitRatio`; the score is the lower of the two maxima. Where it is not above 0,
 * both places in the lines are -1.
 *
 * @param into room for the result, to be used again; default a new array
 * @returns shape [batch, K, 3]: x, y in network input pixels and the score
 * @throws DecodeError when the lengths are no multiples of batch * K, or a line holds NaN or has no finite maximum
 */
export function decodeSimcc({ x, y }: SimccLines, options: SimccDecodeOptions, into?: Float32Array): Float32Array {
  const { splitRatio = 2, dark } = options;
  checkPositive({ splitRatio });
  const count = countOf(options);
  const points = room(into, 3 * count);
  const [onX, onY] = [lineDecoder('x', x, count, dark?.sigma[0]), lineDecoder('y', y, count, dark?.sigma[1])];
  for (let n = 0; n < count; n++) {
    const [columns, rows] = [onX(n), onY(n)];
    const score = Math.min(columns.maximum, rows.maximum);
    points[3 * n] = (score > 0 ? columns.refined() : -1) / splitRatio;
    points[3 * n + 1] = (score > 0 ? rows.refined() : -1) / splitRatio;
    points[3 * n + 2] = score;
  }
  return points;
}

/** A function of a line's number that gives its maximum and, where that is asked for, the place of it. */
function lineDecoder(name: string, lines: Float32Array, count: number, sigma: number | undefined) {
  const length = lengthOf(name, lines, count);
  const refine = sigma === undefined ? undefined : lineRefinement(lines, length, sigma);
  return (n: number) => {
    const at = argMax(lines, n * length, 1, length);
    const maximum = at < 0 ? NaN : lines[n * length + at];
    if (!Number.isFinite(maximum)) {
      throw new DecodeError(
        `Expected finite lines but line ${n} of ${name} holds ${at < 0 ? 'NaN, or nothing above -Infinity' : `${maximum} at place ${at}`}`,
      );
    }
    return { maximum, refined: () => (refine ? refine(n * length, at, maximum) : at) };
  };
}

const { floor, log, max, min } = Math;

/** DARK in one dimension (mmpose mmpose/codecs/utils/refinement.py `refine_simcc_dark`, kernel of simcc_label.py). */
function lineRefinement(lines: Float32Array, length: number, sigma: number) {
  if (!(sigma > 0 && sigma < Infinity))
    throw new DecodeError(`Expected positive numbers for dark.sigma but received ${sigma}`);
  const whole = floor((sigma * 20 - 7) / 3);
  const kernel = gaussianKernel(max(whole % 2 === 0 ? whole - 1 : whole, 1));
  const [line, blurred] = [new Float64Array(length), new Float64Array(length)];
  const padded = new Float64Array(length + kernel.length - 1);
  return (start: number, place: number, maximum: number) => {
    for (let i = 0; i < length; i++) line[i] = lines[start + i];
    blurLine(line, blurred, 0, length, kernel, 'zero', padded);
    let largest = -Infinity;
    for (let i = 0; i < length; i++) if (blurred[i] > largest) largest = blurred[i];
    if (!(largest > 0)) return place; // blurred away by negative values
    const at = (offset: number) => {
      const value = (blurred[min(max(place + offset, 0), length - 1)] * maximum) / largest;
      return log(min(max(value, 0.001), 50));
    };
    const slope = (at(1) - at(-1)) / 2;
    const curvature = (at(2) - 2 * at(0) + at(-2)) / 4;
    return place - slope / (1e-9 + curvature);
  };
}
